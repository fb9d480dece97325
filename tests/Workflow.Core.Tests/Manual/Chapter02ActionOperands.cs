using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Operands that actions set, and rights to actions of people whom the instance names.</summary>
[TestFixture]
public sealed class Chapter02ActionOperands
{
    private static readonly ProcessField<string> By = new("By");
    private static readonly ProcessField<string> For = new("For");
    private static readonly ProcessField<DateTimeOffset> At = new("At");
    private static readonly ProcessField<int> Asked = new("Asked", 1);
    private static readonly ProcessField<int> Granted = new("Granted", 2);
    private static readonly ProcessField<IReadOnlyList<string>> Team = new("Team");
    private static readonly StaticDestinations Known = new() { { Destination.Role("R"), "A", "B" }, { Destination.Group("G"), "B", "C" } };

    private static Task<WorkflowTestBed> BedAsync(Action<ActionBuilder> approve, Action<ClientEventBuilder>? more = null) => WorkflowTestBed.CreateAsync(
        ProcessDefinition.Define("Asking", process =>
        {
            process.OpenToAll().Fields(By, For, At, Asked, Granted, Team);
            process.StartsWith(process.Activity("Ask", activity => activity.Once(3, 3).Client("Decision", task =>
            {
                task.Action("Approve", approve).Action("Reject");
                more?.Invoke(task);
            })));
            process.Activity("After");
        }),
        options =>
        {
            options.DestinationResolver = Known;
            options.SilencedFindings = FindingIds.All;
        });

    [Test]
    [Statement("2.1")]
    public async Task An_action_sets_who_acts_for_whom_and_when()
    {
        await using var bed = await BedAsync(action => action.Sets(By, Acting.User).Sets(For, Acting.OnBehalfOf).Sets(At, Acting.Now));
        var id = await bed.BeginAsync(start => start.Set(For, "before"));
        await bed.DelegateAsync("A", id, "E");
        await bed.AdvanceAsync(TimeSpan.FromHours(3));
        var now = bed.Clock.GetUtcNow();

        await bed.ActAsync("B", id.Task(1), "Approve");
        var byItself = (await bed.ReadAsync(id)).Fields;
        (byItself.Get<string>("By"), byItself["For"].IsNull, byItself.Get<DateTimeOffset>("At")).ShouldBe(("B", true, now));

        await bed.ActAsync("E", id.Task(1), "Approve");
        var fields = (await bed.ReadAsync(id)).Fields;
        (fields.Get<string>("By"), fields.Get<string>("For")).ShouldBe(("E", "A"));
    }

    [Test]
    [Statement("2.1")]
    [Statement("2.11")]
    public async Task Operands_are_read_behind_the_changes_of_the_user_and_before_anything_is_set()
    {
        await using var bed = await BedAsync(action => action.Sets(Asked, Granted).Sets(Granted, Asked));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", id.Task(1), "Approve", answer => answer.Set(Asked, 5));

        var fields = (await bed.ReadAsync(id)).Fields;
        (fields.Get<int>("Asked"), fields.Get<int>("Granted")).ShouldBe((2, 5));
        (await bed.HistoryAsync(id)).Where(fact => fact.Kind is JournalKind.FieldChanged && fact.Name is "Asked" or "Granted")
            .Select(fact => $"{fact.Name} {fact.Value}").ShouldBe(["Asked 5", "Asked 2", "Granted 5"]);
    }

    [Test]
    [Statement("2.1")]
    public async Task Any_kind_of_action_sets_operands()
    {
        await using var bed = await BedAsync(
            _ => { },
            task => task.Update("Save", action => action.Sets(By, Acting.User)).GoTo("Skip", to: "After", define: action => action.Sets(For, Acting.User)));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", id.Task(1), "Save");
        (await bed.ReadAsync(id)).Fields.Get<string>("By").ShouldBe("A");
        await bed.ActAsync("B", id.Task(1), "Skip");

        (await bed.ReadAsync(id)).Fields.Get<string>("For").ShouldBe("B");
    }

    [Test]
    [Statement("2.1")]
    public async Task An_operand_that_fails_makes_the_action_refused_and_nothing_is_done()
    {
        await using var bed = await BedAsync(action => action
            .Sets(By, Rule.Choose(Rule.Named("Odd", _ => throw new InvalidOperationException("The scales are broken")), By, For)));
        var id = await bed.BeginAsync();

        var refusal = await bed.ShouldRefuseAsync<WorklistItemRefusedException>(
            id, () => bed.ActAsync("A", id.Task(1), "Approve", answer => answer.Set(For, "new")));

        refusal.Message.ShouldContain("'Approve'");
        refusal.Message.ShouldContain("The scales are broken");
        (await bed.ReadAsync(id)).Fields["For"].IsNull.ShouldBeTrue();
        await bed.ActAsync("A", id.Task(1), "Reject");
    }

    [Test]
    [Statement("2.1")]
    [Statement("13.4")]
    public void The_acting_user_is_read_by_actions_only()
    {
        var problem = Should.Throw<ProcessDefinitionException>(() => Worklists.Asking(activity => activity
            .Once(1, 1).Chooses().SucceedingRule(Acting.User == "A"))).Problems.ShouldHaveSingleItem();

        (problem.Statement, problem.Element).ShouldBe(("2.1", "succeeding rule of activity 'Ask'"));
    }

    [Test]
    [Statement("2.1")]
    [Statement("13.4")]
    public void A_wrong_operand_is_told_with_the_action()
    {
        var foreign = new ProcessField<int>("Foreign");
        var problem = Should.Throw<ProcessDefinitionException>(() => Worklists.Asking(
            activity => activity.Once(1, 1).Client("Decision", task => task.Action("Approve", action => action.Sets(Asked, foreign))), Asked))
            .Problems.ShouldHaveSingleItem();

        problem.Element.ShouldContain("'Approve'");
        problem.Message.ShouldContain("'Foreign'");
    }

    [Test]
    [Statement("2.5")]
    [Statement("13.4")]
    public void An_outcome_that_data_tell_may_be_compared_with_anything()
    {
        var definition = ProcessDefinition.Define("Told", process =>
        {
            process.Managed().Fields(By);
            var ask = process.Activity("Ask", activity => activity.Once(1, 1).OutcomesFromActions()
                .Client("Decision", task => task.Action("Approve").Update("Tell", action => action.Sets(Outcome.Field, By))));
            process.StartsWith(ask);
            ask.On("Whatever", process.Activity("After"));
        });

        definition.Lines.Count.ShouldBe(2);
    }

    private static readonly (string What, Action<ActionBuilder> Approve, string May)[] Rights =
    [
        ("allowed for the originator", action => action.AllowedForOriginator(), "A"),
        ("denied for the originator", action => action.DeniedForOriginator(), "BC"),
        ("allowed for a user in a field", action => action.AllowedForUsers(By), "B"),
        ("allowed for one more", action => action.AllowedForUsers(By).AllowedFor(Destination.User("C")), "BC"),
        ("denied for a user in a field", action => action.DeniedForUsers(By), "AC"),
        ("allowed for users in a list", action => action.AllowedForUsers(Team), "BC"),
        ("denied for users in a list", action => action.DeniedForUsers(Team), "A"),
        ("allowed for a role in a field", action => action.AllowedForRole(For), "AB"),
        ("denied for a role in a field", action => action.DeniedForRole(For), "C"),
        ("denied beats allowed", action => action.AllowedForOriginator().AllowedForUsers(By).DeniedForOriginator(), "B"),
        ("allowed for a group of another name", action => action.AllowedForGroup(For), ""),
        ("denied for a group of another name", action => action.DeniedForGroup(For), "ABC"),
    ];

    private static IEnumerable<TestCaseData> Cases => Rights.Select((right, index) => new TestCaseData(index).SetArgDisplayNames(right.What));

    [TestCaseSource(nameof(Cases))]
    [Statement("2.9")]
    public async Task People_whom_the_instance_names_have_the_right_or_lack_it(int index)
    {
        await using var bed = await BedAsync(Rights[index].Approve);
        var id = (await bed.StartAsync("A", start => start.Set(By, "B").Set(Team, ["b", "C"]).Set(For, "R"))).Id;

        var may = "";
        foreach (var user in Worklists.First(3))
        {
            var isShown = (await bed.ItemAsync(user, id)).Actions.Any(action => action.Name == "Approve");
            if (isShown)
            {
                may += user;
            }
            else
            {
                await bed.ShouldRefuseAsync<ActionNotAllowedException>(id, () => bed.ActAsync(user, id.Task(1), "Approve"));
            }
        }

        may.ShouldBe(Rights[index].May);
        foreach (var user in may)
        {
            await bed.ActAsync($"{user}", id.Task(1), "Approve");
        }
    }

    [Test]
    [Statement("2.9")]
    public async Task A_right_by_data_follows_the_data()
    {
        await using var bed = await BedAsync(action => action.AllowedForUsers(By), task => task.Update("Save"));
        var id = await bed.BeginAsync();

        (await bed.ItemAsync("A", id)).Actions.Select(action => action.Name).ShouldBe(["Reject", "Save"]);
        (await Should.ThrowAsync<ActionNotAllowedException>(() => bed.ActAsync("A", id.Task(1), "Approve"))).Message
            .ShouldContain("nobody at present, because the data that name them are empty");
        await bed.ActAsync("B", id.Task(1), "Save", answer => answer.Set(By, "A"));

        (await bed.ItemAsync("A", id)).Actions.Select(action => action.Name).ShouldBe(["Approve", "Reject", "Save"]);
        await bed.ShouldRefuseAsync<ActionNotAllowedException>(id, () => bed.ActAsync("B", id.Task(1), "Approve"));
        await bed.ActAsync("A", id.Task(1), "Approve");
    }
}
