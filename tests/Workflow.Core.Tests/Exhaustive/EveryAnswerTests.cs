using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Exhaustive;

/// <summary>Tries every plan, number of destinations, number of slots, role treatment, slot function and order of answers within small bounds. After every step
/// an oracle says where the activity stands, what every user sees on their worklist, and what happens when they act.</summary>
[TestFixture]
[NonParallelizable]
public sealed class EveryAnswerTests
{
    private static readonly string[] People = ["ann", "bob", "cy", "dan"];
    private static readonly string[] Couple = ["rita", "sam"];

    private static readonly AskedFunction?[] Functions =
        [null, AskedFunction.All, AskedFunction.AllSlots, AskedFunction.AllCompleted, AskedFunction.None, AskedFunction.AtLeast, AskedFunction.AtMost];

    /// <summary>Users; a role of them, resolved or not; a user who belongs to the resolved role too; users and an unresolved role of two.</summary>
    private static IEnumerable<PeopleCase> For(PlanOption plan, int count, int? slots, AskedFunction? function)
    {
        yield return new PeopleCase(plan, People[..count], Role: null, IsRoleResolved: false, slots, function);
        yield return new PeopleCase(plan, [], People[..count], IsRoleResolved: true, slots, function);
        yield return new PeopleCase(plan, [], People[..count], IsRoleResolved: false, slots, function);
        if (count > 0)
        {
            yield return new PeopleCase(plan, [People[0]], [People[0].ToUpperInvariant(), .. People[1..count]], IsRoleResolved: true, slots, function);
            yield return new PeopleCase(plan, People[..(count - 1)], Couple, IsRoleResolved: false, slots, function);
        }
    }

    private static IEnumerable<PeopleCase> Cases(PlanOption plan, int most) =>
        from count in Enumerable.Range(0, most + 1)
        from slots in Enumerable.Range(1, 5).Select(number => (int?)number).Append(null)
        from function in Functions
        from wanted in function is AskedFunction.AtLeast ? Enumerable.Range(1, 4) : function is AskedFunction.AtMost ? Enumerable.Range(0, 4) : [0]
        from asked in For(plan, count, slots, function)
        select asked with { Wanted = wanted };

    /// <summary>The users who are asked do nothing but answer. Users for whom the task is not there try to act too, without a rule and with All Slots. The rule
    /// makes no difference to that.</summary>
    [TestCase(PlanOption.JustOnce, 85_102, Category = ExhaustiveAttribute.Category)]
    [TestCase(PlanOption.PerDestination, 42_080, Category = ExhaustiveAttribute.Category)]
    [TestCase(PlanOption.PerDestinationInTurn, 11_284, Category = ExhaustiveAttribute.Category)]
    [Statement("0.1")]
    [Statement("0.2")]
    [Statement("1.4")]
    [Statement("1.8")]
    [Statement("1.14")]
    [Statement("1.15")]
    [Statement("2.6")]
    [Statement("2.7")]
    [Statement("3.1")]
    [Statement("3.2")]
    [Statement("3.7")]
    [Statement("4.4")]
    [Statement("4.5")]
    [Statement("4.6")]
    [Statement("4.8")]
    [Statement("4.11")]
    [Statement("4.14")]
    public async Task Every_order_of_answers_is_as_the_documents_say(PlanOption plan, int orders) =>
        await PlayAsync(Cases(plan, most: 4), asked => asked.Function is null or AskedFunction.AllSlots, opens: false, orders);

    /// <summary>Everybody may open each task once before they answer, and release it.</summary>
    [TestCase(PlanOption.JustOnce, 30_110, Category = ExhaustiveAttribute.Category)]
    [TestCase(PlanOption.PerDestination, 9_050, Category = ExhaustiveAttribute.Category)]
    [TestCase(PlanOption.PerDestinationInTurn, 2_130)]
    [Statement("0.1")]
    [Statement("1.4")]
    [Statement("1.6")]
    [Statement("1.7")]
    [Statement("1.9")]
    public async Task Every_order_of_opening_releasing_and_answering_is_as_the_documents_say(PlanOption plan, int orders)
    {
        var cases = from asked in Cases(plan, most: 2) where asked.Slots is null or < 3 && asked.Function is null or AskedFunction.All select asked;
        await PlayAsync(cases, _ => true, opens: true, orders);
    }

    [TestCase(PlanOption.JustOnce, 5_568)]
    [TestCase(PlanOption.PerDestination, 3_544)]
    [TestCase(PlanOption.PerDestinationInTurn, 2_976)]
    [Statement("0.3")]
    public async Task Every_end_of_what_cannot_be_resolved_is_as_the_documents_say(PlanOption plan, int orders)
    {
        var cases =
            from asked in Cases(plan, most: 2)
            where asked.Function is null or AskedFunction.AllSlots || asked is { Function: AskedFunction.AtLeast, Wanted: 2 }
            from policy in Enum.GetValues<WhenUnresolved>()
            where policy is not WhenUnresolved.ByPlan
            select asked with { Unresolved = policy };
        await PlayAsync(cases, _ => true, opens: false, orders);
    }

    [TestCase(PlanOption.JustOnce)]
    [TestCase(PlanOption.PerDestination)]
    [TestCase(PlanOption.PerDestinationInTurn)]
    [Statement("4.12")]
    public async Task Every_activity_that_finds_nobody_is_as_the_documents_say(PlanOption plan)
    {
        var cases =
            from asked in Cases(plan, most: 0)
            where asked.Role is null || asked.IsRoleResolved
            from policy in Enum.GetValues<NoDestinations>()
            select asked with { Nobody = policy };
        await PlayAsync(cases, _ => true, opens: false, 2 * 6 * 13 * 3);
    }

    [Test]
    [Statement("1.5")]
    public async Task A_completed_item_is_not_listed_even_when_it_is_asked_for()
    {
        var definition = ProcessDefinition.Define("Asking", process => process.OpenToAll().StartsWith(process.Activity("Work", activity => activity
            .Destinations(to => to.Users(People)).PlanJustOnce(Slots.PerDestination).Client("Decide", task => task.Action("Approve")))));
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        await bed.BeginAsync();

        await bed.ActAsync("ann", "Approve");

        var query = new WorklistQuery { Statuses = Enum.GetValues<WorklistItemStatus>() };
        (await bed.Engine.As("ann").Worklist.ListAsync(query)).ShouldBeEmpty();
        (await bed.Engine.As("bob").Worklist.ListAsync(query)).ShouldHaveSingleItem().Status.ShouldBe(WorklistItemStatus.Available);
    }

    private static async Task PlayAsync(IEnumerable<PeopleCase> cases, Func<PeopleCase, bool> trespasses, bool opens, int orders)
    {
        var (played, compared, refused) = (0, 0, 0);
        await Parallel.ForEachAsync(cases, async (asked, _) =>
        {
            var run = new PeopleRun(asked) { Opens = opens, Trespasses = trespasses(asked) };
            Interlocked.Add(ref played, await run.PlayAllAsync());
            Interlocked.Add(ref compared, run.Compared);
            Interlocked.Add(ref refused, run.Refused);
        });
        await TestContext.Out.WriteLineAsync($"{played} cases, {compared} states and {refused} refused attempts compared");
        played.ShouldBe(orders);
    }
}
