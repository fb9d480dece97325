using Workflow.Core.Client;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter02ActionRights
{
    private static readonly StaticDestinations Known = new() { { Destination.Role("R"), "A", "B" }, { Destination.Group("G"), "B", "C" } };

    private static Task<WorkflowTestBed> CreateAsync(Action<ActionBuilder>? approve = null) => WorkflowTestBed.CreateAsync(
        Worklists.Asking(activity => activity.Once(3, 3).Client("Decision", task => task.Action("Approve", approve).Action("Reject"))),
        options => options.DestinationResolver = Known);

    /// <summary>The users who are shown the action; nobody else can take it.</summary>
    private static async Task<string> AllowedAsync(WorkflowTestBed bed, ProcessInstanceId id)
    {
        var allowed = "";
        foreach (var user in Worklists.First(3))
        {
            var actions = (await bed.ItemAsync(user, id)).Actions.Select(action => action.Name).ToArray();
            actions.ShouldContain("Reject");
            if (actions.Contains("Approve"))
            {
                allowed += user;
            }
            else
            {
                var refusal = await bed.ShouldRefuseAsync<ActionNotAllowedException>(id, () => bed.ActAsync(user, new SerialNumber(id, 1), "Approve"));
                (refusal.User, refusal.Action).ShouldBe((user, "Approve"));
            }
        }

        foreach (var user in allowed)
        {
            await bed.ActAsync($"{user}", new SerialNumber(id, 1), "Approve");
        }

        return allowed;
    }

    [Test]
    [Statement("2.9")]
    public async Task Without_an_entry_every_destination_may()
    {
        await using var bed = await CreateAsync();

        (await AllowedAsync(bed, await bed.BeginAsync())).ShouldBe("ABC");
    }

    [Test]
    [Statement("2.9")]
    public async Task With_entries_that_allow_only_those_may()
    {
        await using var user = await CreateAsync(action => action.AllowedFor(Destination.User("b")));
        await using var role = await CreateAsync(action => action.AllowedFor(Destination.Role("R")));
        await using var several = await CreateAsync(action => action.AllowedFor(Destination.User("A")).AllowedFor(Destination.Group("G")));
        await using var stranger = await CreateAsync(action => action.AllowedFor(Destination.User("Z")));

        (await AllowedAsync(user, await user.BeginAsync())).ShouldBe("B");
        (await AllowedAsync(role, await role.BeginAsync())).ShouldBe("AB");
        (await AllowedAsync(several, await several.BeginAsync())).ShouldBe("ABC");
        (await AllowedAsync(stranger, await stranger.BeginAsync())).ShouldBe("");
    }

    [Test]
    [Statement("2.9")]
    public async Task With_entries_that_deny_alone_everybody_but_those_may()
    {
        await using var user = await CreateAsync(action => action.DeniedFor(Destination.User("B")));
        await using var group = await CreateAsync(action => action.DeniedFor(Destination.Group("G")));

        (await AllowedAsync(user, await user.BeginAsync())).ShouldBe("AC");
        (await AllowedAsync(group, await group.BeginAsync())).ShouldBe("A");
    }

    [Test]
    [Statement("2.9")]
    public async Task Denied_beats_allowed()
    {
        await using var bed = await CreateAsync(action => action.AllowedFor(Destination.Role("R"), Destination.User("C")).DeniedFor(Destination.Group("G")));

        (await AllowedAsync(bed, await bed.BeginAsync())).ShouldBe("A");
    }

    [Test]
    [Statement("2.9")]
    public async Task The_rights_of_the_task_count_for_that_task_only()
    {
        await using var bed = await CreateAsync();
        var (first, second) = (await bed.BeginAsync(), await bed.BeginAsync());

        await bed.Boss().SetActionRightAsync(new SerialNumber(first, 1), "Approve", Destination.User("B"), isAllowed: false);

        (await AllowedAsync(bed, first)).ShouldBe("AC");
        (await AllowedAsync(bed, second)).ShouldBe("ABC");
    }

    [Test]
    [Statement("2.9")]
    public async Task An_action_allowed_on_the_task_is_allowed_to_nobody_else()
    {
        await using var bed = await CreateAsync();
        var id = await bed.BeginAsync();

        await bed.Boss().SetActionRightAsync(new SerialNumber(id, 1), "Approve", Destination.Role("R"), isAllowed: true);

        (await AllowedAsync(bed, id)).ShouldBe("AB");
    }

    [Test]
    [Statement("2.9")]
    public async Task Both_layers_must_let_the_user_through()
    {
        await using var bed = await CreateAsync(action => action.AllowedFor(Destination.Role("R")));
        var (both, denied) = (await bed.BeginAsync(), await bed.BeginAsync());

        await bed.Boss().SetActionRightAsync(new SerialNumber(both, 1), "Approve", Destination.Group("G"), isAllowed: true);
        await bed.Boss().SetActionRightAsync(new SerialNumber(denied, 1), "Approve", Destination.User("A"), isAllowed: false);

        (await AllowedAsync(bed, both)).ShouldBe("B");
        (await AllowedAsync(bed, denied)).ShouldBe("B");
    }

    [Test]
    [Statement("2.9")]
    public async Task The_task_cannot_allow_an_action_that_the_definition_denies()
    {
        await using var bed = await CreateAsync(action => action.DeniedFor(Destination.User("B")));
        var id = await bed.BeginAsync();

        await bed.Boss().SetActionRightAsync(new SerialNumber(id, 1), "Approve", Destination.User("B"), isAllowed: true);

        (await AllowedAsync(bed, id)).ShouldBe("");
    }

    [Test]
    [Statement("2.9")]
    public async Task An_entry_can_be_taken_back([Values] bool isAllowed)
    {
        await using var bed = await CreateAsync();
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);
        await bed.Boss().SetActionRightAsync(serial, "Approve", Destination.User("B"), isAllowed);
        (await bed.ItemAsync("B", id)).Actions.Select(action => action.Name).ShouldBe(isAllowed ? ["Approve", "Reject"] : ["Reject"]);

        await bed.Boss().SetActionRightAsync(serial, "Approve", Destination.User("b"), isAllowed: null);

        (await bed.CountAsync(id, JournalKind.ActionRightChanged)).ShouldBe(2);
        (await AllowedAsync(bed, id)).ShouldBe("ABC");
    }

    [Test]
    [Statement("2.9")]
    [Statement("14.7")]
    public async Task Only_an_administrator_changes_the_rights_of_a_task_and_only_to_actions_that_exist()
    {
        await using var bed = await CreateAsync();
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);

        await bed.ShouldRefuseAsync<WorkflowAccessDeniedException>(
            id, async () => await bed.Engine.As("A").ManageWorklists().SetActionRightAsync(serial, "Approve", Destination.User("A"), isAllowed: true));
        await bed.ShouldRefuseAsync<ActionNotAllowedException>(
            id, async () => await bed.Boss().SetActionRightAsync(serial, "Burn", Destination.User("A"), isAllowed: true));
        await bed.ShouldRefuseAsync<WorklistItemNotFoundException>(
            id, async () => await bed.Boss().SetActionRightAsync(new SerialNumber(id, 9), "Approve", Destination.User("A"), isAllowed: true));
    }

    [Test]
    [Statement("2.9")]
    [Statement("2.11")]
    public async Task The_right_is_checked_after_the_item_and_before_the_fields()
    {
        await using var bed = await CreateAsync(action => action.DeniedFor(Destination.User("A")).NotBatchable());
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);

        await bed.ShouldRefuseAsync<WorklistItemRefusedException>(id, () => bed.ActAsync("A", serial, "Approve"));
        await bed.OpenAsync("A", serial);
        await bed.ShouldRefuseAsync<ActionNotAllowedException>(
            id, () => bed.ActAsync("A", serial, "Approve", answer => answer.Set("Unknown", FieldValue.From(1))));
    }

    [Test]
    [Statement("2.9")]
    public async Task A_user_who_may_take_no_action_may_still_open()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Once(2, 1)
            .Client("Decision", task => task.Action("Approve", action => action.DeniedFor(Destination.User("A"))))));
        var id = await bed.BeginAsync();

        var item = await bed.OpenAsync("A", new SerialNumber(id, 1));

        (item.Status, item.Actions.Count).ShouldBe((WorklistItemStatus.Open, 0));
    }
}
