using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter02Outcomes
{
    private static readonly ProcessField<int> Amount = new("Amount", initial: 0);

    /// <code>
    ///             ┌── Approve ──► Done ──►
    /// ► Decide ───┼── Reject ───► Refused ──►
    ///             └── always ───► Always ──►
    /// </code>
    private static ProcessDefinition Deciding(Action<ActivityBuilder> plan) => ProcessDefinition.Define("Deciding", process =>
    {
        process.Managed().Fields(Amount);
        var decide = process.Activity("Decide", plan);
        process.StartsWith(decide);
        decide.On("Approve", process.Activity("Done")).On("Reject", process.Activity("Refused")).To(process.Activity("Always"));
    });

    [Test]
    [Statement("2.4")]
    public async Task A_task_with_outcomes_brings_two_hidden_fields_along()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Deciding(activity => activity.Once(2, 2).Chooses().OutcomesFromActions()));

        var decide = await bed.ActiveAsync(await bed.BeginAsync(), "Decide");

        decide.Fields["Outcome"].ShouldBe(FieldValue.Null);
        decide.Destinations[0].Fields["Action Result"].ShouldBe(FieldValue.Null);
        (Outcome.Field.IsHidden, Outcome.Field.Name, ActionResult.Field.IsHidden, ActionResult.Field.Name).ShouldBe((true, "Outcome", true, "Action Result"));
    }

    [Test]
    [Statement("2.5")]
    public async Task Outcomes_from_actions_are_those_of_the_actions_that_finish_in_their_order()
    {
        var definition = ProcessDefinition.Define("Drawing", process =>
        {
            process.Managed();
            var decide = process.Activity("Decide", activity => activity.Once(1, 1)
                .Client("Decision", task => task.Action("Yes").Update("Save").Action("No").Action("Perhaps")).OutcomesFromActions());
            process.StartsWith(decide);
            decide.OnEachOutcome(process.Activity("To yes"), process.Activity("To no"), process.Activity("To perhaps"));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        foreach (var (action, next) in new[] { ("Yes", "To yes"), ("No", "To no"), ("Perhaps", "To perhaps") })
        {
            var id = await bed.BeginAsync();

            await bed.ActAsync("A", "Save");
            (await bed.OutcomesAsync(id)).ShouldBeEmpty();
            await bed.ActAsync("A", action);

            (await bed.OutcomesAsync(id)).ShouldBe([action]);
            (await bed.PathAsync(id)).ShouldBe($"Decide {next}");
        }
    }

    [Test]
    [Statement("2.5")]
    public void A_line_for_each_outcome_needs_as_many_activities()
    {
        Should.Throw<ArgumentException>(() => ProcessDefinition.Define("Drawing", process =>
        {
            var decide = process.Activity("Decide", activity => activity.Once(1, 1).Chooses().OutcomesFromActions());
            process.StartsWith(decide);
            decide.OnEachOutcome(process.Activity("Only one"));
        })).Message.ShouldContain("Name one for each outcome");
    }

    [Statement("2.5")]
    [TestCase(true, "Approve Approve", "Active: Decide", "Decide Done Always")]
    [TestCase(true, "Reject Reject", "Active: Decide", "Decide Refused Always")]
    [TestCase(false, "Approve Approve", "Active: Decide", "Decide Done Always")]
    public async Task The_rule_of_a_generated_outcome_asks_all_slots(bool once, string actions, string between, string path)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Deciding(activity => (once ? activity.Once(2, 2) : activity.Each(2)).Chooses().OutcomesFromActions()));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", actions.Split(' ')[0]);
        (await bed.PathAsync(id)).ShouldBe(between);
        await bed.ActAsync("B", actions.Split(' ')[1]);

        (await bed.PathAsync(id)).ShouldBe(path);
    }

    [Test]
    [Statement("2.6")]
    public async Task An_outcome_without_a_rule_is_true_when_none_before_it_is()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Deciding(activity => activity.Once(1, 1).Chooses().Outcome("Approve", when: Answers.AllSlots == "Approve").Outcome("Reject")));
        var (first, second) = (await bed.BeginAsync(), await bed.BeginAsync());

        await bed.ActAsync("A", new SerialNumber(first, 1), "Approve");
        await bed.ActAsync("A", new SerialNumber(second, 1), "Reject");

        (await bed.OutcomesAsync(first)).ShouldBe(["Approve"]);
        (await bed.OutcomesAsync(second)).ShouldBe(["Reject"]);
    }

    [Statement("2.6")]
    [Statement("0.3")]
    [TestCase(null)]
    [TestCase("Reject")]
    public async Task When_no_outcome_is_true_the_field_keeps_what_it_held_at_first(string? atFirst)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Deciding(activity =>
        {
            activity.Each(2).Chooses().OutcomesFromActions();
            if (atFirst is not null)
            {
                activity.OutcomeAtFirst(atFirst);
            }
        }));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve");
        await bed.ActAsync("B", "Reject");

        (await bed.OutcomesAsync(id)).ShouldBeEmpty();
        (await bed.PathAsync(id)).ShouldBe(atFirst is null ? "Decide Always" : "Decide Refused Always");
    }

    [Test]
    [Statement("2.7")]
    public async Task Planned_once_the_task_ends_with_the_first_true_outcome_and_per_destination_each_ends_their_own([Values] bool once)
    {
        var mails = new List<string>();
        await using var bed = await WorkflowTestBed.CreateAsync(Deciding(activity => (once ? activity.Once(3, 3) : activity.Each(3))
            .Chooses().Logs("Mail", mails)
            .Outcome("Approve", when: Answers.AtLeast(2) == "Approve").Outcome("Reject", when: Answers.AtLeast(1) == "Reject")));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve");
        mails.Count.ShouldBe(once ? 0 : 1);
        (await bed.CountAsync(id, JournalKind.EventCompleted)).ShouldBe(once ? 0 : 2, "decision and mail");
        await bed.ActAsync("B", "Approve");

        mails.Count.ShouldBe(once ? 1 : 2);
        (await bed.PathAsync(id)).ShouldBe("Decide Done Always");
    }

    [Statement("2.8")]
    [TestCase(999, "Small")]
    [TestCase(1000, "Large")]
    public async Task One_action_feeds_several_outcomes_by_data(int amount, string outcome)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(
            activity => activity.Once(1, 1).Client("Decision", task => task.Action("Submit"))
                .Outcome("Small", when: Answers.AllSlots == "Submit" & Amount < 1000)
                .Outcome("Large", when: Answers.AllSlots == "Submit" & Amount >= 1000),
            Amount));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Submit", answer => answer.Set(Amount, amount));

        (await bed.OutcomesAsync(id)).ShouldBe([outcome]);
    }

    [Statement("2.8")]
    [TestCase(999, "Decide Small")]
    [TestCase(1000, "Decide Large")]
    public async Task One_outcome_can_have_two_lines_that_exclude_each_other(int amount, string path)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Splitting", process =>
        {
            process.Managed().Fields(Amount);
            var decide = process.Activity("Decide", activity => activity.Once(1, 1).Chooses().OutcomesFromActions());
            process.StartsWith(decide);
            decide.On("Approve", process.Activity("Small"), and: Amount < 1000).On("Approve", process.Activity("Large"), and: Amount >= 1000);
        }));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve", answer => answer.Set(Amount, amount));

        (await bed.PathAsync(id)).ShouldBe(path);
    }
}
