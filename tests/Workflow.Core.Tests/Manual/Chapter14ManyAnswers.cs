using System.Globalization;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Among many answers, counts answer a slot function. The result is the same as from a look at every slot,
/// whether the instance stays in memory or is loaded for every command.</summary>
[TestFixture(0)]
[TestFixture(1_000)]
public sealed class Chapter14ManyAnswers(int resident)
{
    private const int People = 40;

    private static readonly string[] Users = [.. Enumerable.Range(1, People).Select(User)];

    /// <summary>Every third declines.</summary>
    private static string ActionOf(int number) => number % 3 == 0 ? "Decline" : "Approve";

    private static IEnumerable<TestCaseData> Functions()
    {
        foreach (var isJustOnce in (bool[])[true, false])
        {
            yield return new TestCaseData(Answers.AtLeast(20) == "Approve", 29, isJustOnce);
            yield return new TestCaseData(Answers.AtLeast(20) != "Decline", 29, isJustOnce);
            yield return new TestCaseData(Answers.AtLeast(12) == "Decline", 36, isJustOnce);
            yield return new TestCaseData(Answers.AtLeast(20) == "Approve" & Answers.AtLeast(12) != "Approve", 36, isJustOnce);
            yield return new TestCaseData(
                Answers.CountOf(ActionResult.Field == "Approve") - Answers.CountOf(ActionResult.Field != "Approve") == 10, 26, isJustOnce);
            yield return new TestCaseData(Answers.AtLeast(20).Satisfy(ActionResult.Field == "Approve" | ActionResult.Field == "Neither"), 29, isJustOnce);
        }
    }

    [TestCaseSource(nameof(Functions))]
    [Statement("14.6")]
    [Statement("3.7")]
    public async Task The_activity_ends_with_the_answer_that_makes_the_rule_true(Rule rule, int last, bool isJustOnce)
    {
        await using var bed = await BedAsync(activity => Deciding(activity, isJustOnce, "Decide").Outcome("Decided", when: rule));
        var id = await bed.BeginAsync();

        for (var number = 1; number < last; number++)
        {
            await ActAsync(bed, id, isJustOnce ? 1 : number, number, ActionOf(number));
        }

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        await ActAsync(bed, id, isJustOnce ? 1 : last, last, ActionOf(last));

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("14.6")]
    [Statement("1.6")]
    public async Task The_answers_to_an_earlier_event_count_no_more_when_the_next_begins()
    {
        await using var bed = await BedAsync(activity => Deciding(activity, isJustOnce: false, "Read", "Decide")
            .Outcome("Decided", when: Answers.AtLeast(20) == "Approve"));
        var id = await bed.BeginAsync();
        for (var number = 1; number <= People; number++)
        {
            await ActAsync(bed, id, number, number, "Approve");
            await ActAsync(bed, id, number, number, ActionOf(number));
            (await bed.StatusAsync(id)).ShouldBe(number < 29 ? ProcessInstanceStatus.Active : ProcessInstanceStatus.Completed);
            if (number == 29)
            {
                return;
            }
        }
    }

    [Test]
    [Statement("14.6")]
    [Statement("0.3")]
    public async Task When_the_last_of_many_people_has_answered_nobody_is_left_though_slots_are()
    {
        await using var bed = await BedAsync(activity => activity
            .Destinations(to => to.Users(Users))
            .PlanJustOnce(Slots.Number(People + 5))
            .Client("Decide", task => task.Action("Approve").Action("Decline"))
            .Outcome("Decided", when: Answers.AtLeast(People + 1) == "Approve")
            .WhenUnresolved(WhenUnresolved.Fail));
        var id = await bed.BeginAsync();
        for (var number = 1; number < People; number++)
        {
            await ActAsync(bed, id, destination: 1, number, "Approve");
        }

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        await ActAsync(bed, id, destination: 1, People, "Approve");

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);
    }

    private static string User(int number) => string.Create(CultureInfo.InvariantCulture, $"user {number}");

    private static ActivityBuilder Deciding(ActivityBuilder activity, bool isJustOnce, params IReadOnlyList<string> events)
    {
        activity.Destinations(to => to.Users(Users));
        _ = isJustOnce ? activity.PlanJustOnce(Slots.PerDestination) : activity.PlanPerDestination();
        foreach (var name in events)
        {
            activity.Client(name, task => task.Action("Approve").Action("Decline").Action("Neither"));
        }

        return activity;
    }

    private static Task ActAsync(WorkflowTestBed bed, ProcessInstanceId id, int destination, int number, string action) =>
        bed.ActAsync(User(number), new SerialNumber(id, destination), action);

    private Task<WorkflowTestBed> BedAsync(Action<ActivityBuilder> define) => WorkflowTestBed.CreateAsync(
        ProcessDefinition.Define("Many answers", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Decide", define));
        }),
        options => options.ResidentInstances = resident);
}
