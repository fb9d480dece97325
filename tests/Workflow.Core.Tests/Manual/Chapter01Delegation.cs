using Workflow.Core.Client;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter01Delegation
{
    private static readonly StaticDestinations Known = new()
    {
        { Destination.Role("R"), "T", "J" },
        { Destination.Group("G"), "X", "Y" },
    };

    private static Task<WorkflowTestBed> OnceAsync(int people, int slots) => WorkflowTestBed.CreateAsync(
        Worklists.Asking(activity => activity.Once(people, slots).Chooses()), options => options.DestinationResolver = Known);

    /// <summary>A slot that was taken by a delegation belongs to nobody's delegation any more once another goes on with it.</summary>
    [Test]
    [Statement("1.11")]
    [Statement("1.12")]
    public async Task A_slot_that_was_handed_over_is_not_freed_by_what_its_new_holder_takes_back()
    {
        await using var bed = await OnceAsync(1, 1);
        var id = await bed.BeginAsync();
        await bed.DelegateAsync("A", id, "D");
        await bed.OpenAsync("D", new SerialNumber(id, 1));
        await bed.Engine.AsSystem().ManageWorklists().RedirectAsync(new SerialNumber(id, 1), Destination.User("A"), "N", keepOpen: true);
        await bed.DelegateAsync("N", id, "D");

        await (await bed.ItemAsync("N", id)).UndelegateAsync(Destination.User("D"));

        (await bed.StandingAsync(id, "N")).ShouldBe("Op");
    }

    [Test]
    [Statement("1.12")]
    public async Task Both_see_the_item_and_the_slots_stay_as_many()
    {
        await using var bed = await OnceAsync(2, 1);
        var id = await bed.BeginAsync();

        await bed.DelegateAsync("A", id, "D");

        (await bed.StandingAsync(id, "A", "B", "D")).ShouldBe("Av Av Av");
        var item = await bed.ItemAsync("D", id);
        (item.ActingFor, item.SlotTotal, item.SlotsFree, item.Serial).ShouldBe(("A", 1, 1, new SerialNumber(id, 1)));
        (await bed.ItemAsync("A", id)).ActingFor.ShouldBeNull();
        (await bed.CountAsync(id, JournalKind.EventStarted)).ShouldBe(1);
        var delegated = (await bed.HistoryAsync(id))[^1];
        (delegated.Kind, delegated.Name, delegated.User).ShouldBe((JournalKind.Delegated, "user D", "A"));
    }

    [Test]
    [Statement("1.5")]
    [Statement("1.12")]
    public async Task An_administrator_sees_the_delegates_with_their_actions_as_long_as_the_delegation_is_in_force()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Asking(activity => activity.PlanJustOnce().Destinations(to => to.Role("R")).Chooses()), options => options.DestinationResolver = Known);
        var id = await bed.BeginAsync();
        var item = await bed.ItemAsync("T", id);
        await item.DelegateAsync(Destination.User("D"), [item.Actions[0].Name]);
        var worklists = bed.Engine.AsSystem().ManageWorklists();

        (await worklists.ListAsync()).Select(entry => $"{entry.Destination} for {entry.ActingFor}: {string.Join(", ", entry.Actions ?? ["all"])}")
            .ShouldBe(["role R for : all", $"user D for T: {item.Actions[0].Name}"]);
        (await bed.ReadAsync(id)).Activities[0].Destinations[0].Destinations.Select(entry => entry.ToString()).ShouldBe(["role R", "user D for T"]);

        await worklists.RedirectAsync(new SerialNumber(id, 1), Destination.Role("R"), "N");

        (await worklists.ListAsync()).Select(entry => entry.Destination).ShouldBe([Destination.User("N")]);
        (await bed.ReadAsync(id)).Activities[0].Destinations[0].Destinations.Select(entry => entry.ToString()).ShouldBe(["user N"]);
    }

    [Statement("1.12")]
    [TestCase("A", "Op Av Al")]
    [TestCase("D", "Al Av Op")]
    public async Task The_two_hold_one_slot_between_them(string first, string expected)
    {
        await using var bed = await OnceAsync(2, 2);
        var id = await bed.BeginAsync();
        await bed.DelegateAsync("A", id, "D");

        await bed.OpenAsync(first, new SerialNumber(id, 1));

        (await bed.StandingAsync(id, "A", "B", "D")).ShouldBe(expected);
        (await bed.ItemAsync("B", id)).SlotsFree.ShouldBe(1);
        await bed.ReleaseAsync(first, id);
        (await bed.StandingAsync(id, "A", "B", "D")).ShouldBe("Av Av Av");
    }

    [Statement("1.12")]
    [Statement("1.14")]
    [TestCase("A", "D", null)]
    [TestCase("D", "A", "A")]
    public async Task A_finish_by_either_ends_the_part_of_both(string first, string other, string? onBehalfOf)
    {
        await using var bed = await OnceAsync(2, 2);
        var id = await bed.BeginAsync();
        await bed.DelegateAsync("A", id, "D");

        await bed.ActAsync(first, "Approve");

        (await bed.StandingAsync(id, "A", "B", "D")).ShouldBe("-- Av --");
        await bed.ShouldRefuseAsync<WorklistItemNotFoundException>(id, () => bed.OpenAsync(other, new SerialNumber(id, 1)));
        var completed = (await bed.HistoryAsync(id)).Single(fact => fact.Kind is JournalKind.SlotCompleted);
        (completed.User, completed.Detail).ShouldBe((first, onBehalfOf));
        var slot = (await bed.ActiveAsync(id, "Ask")).Destinations[0].Slots.ShouldHaveSingleItem();
        (slot.User, slot.Party).ShouldBe((first, "A"));
        await bed.ActAsync("B", "Approve");
        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }

    [Test]
    [Statement("1.12")]
    public async Task The_other_may_take_only_the_actions_that_were_delegated()
    {
        await using var bed = await OnceAsync(1, 1);
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);
        await bed.DelegateAsync("A", id, "D", "Reject", "Save");

        (await bed.ItemAsync("D", id)).Actions.Select(action => action.Name).ShouldBe(["Reject", "Save"]);
        (await bed.ItemAsync("A", id)).Actions.Select(action => action.Name).ShouldBe(["Approve", "Reject", "Save"]);
        var refusal = await bed.ShouldRefuseAsync<ActionNotAllowedException>(id, () => bed.ActAsync("D", serial, "Approve"));
        (refusal.User, refusal.Action).ShouldBe(("D", "Approve"));
        await bed.ActAsync("D", serial, "Reject");

        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }

    [Test]
    [Statement("1.12")]
    public async Task Actions_that_do_not_exist_cannot_be_delegated([Values("approve", "Burn", "")] string action)
    {
        await using var bed = await OnceAsync(1, 1);
        var id = await bed.BeginAsync();
        var item = await bed.ItemAsync("A", id);

        await bed.ShouldRefuseAsync<ActionNotAllowedException>(id, async () => await item.DelegateAsync(Destination.User("D"), ["Approve", action]));

        (await bed.StandingAsync(id, "D")).ShouldBe("--");
    }

    [Test]
    [Statement("1.12")]
    public async Task Actions_that_the_user_may_not_take_cannot_be_delegated()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Once(2, 1).Client("Decision", task => task
            .Action("Approve", action => action.AllowedFor(Destination.User("B"))).Action("Reject"))));
        var id = await bed.BeginAsync();
        var item = await bed.ItemAsync("A", id);

        await bed.ShouldRefuseAsync<ActionNotAllowedException>(id, async () => await item.DelegateAsync(Destination.User("D"), ["Approve"]));
        await item.DelegateAsync(Destination.User("D"));

        (await bed.ItemAsync("D", id)).Actions.Select(action => action.Name).ShouldBe(["Reject"]);
        await bed.ShouldRefuseAsync<ActionNotAllowedException>(id, () => bed.ActAsync("D", new SerialNumber(id, 1), "Approve"));
    }

    [Test]
    [Statement("1.12")]
    public async Task To_a_role_or_a_group_is_to_each_of_its_members()
    {
        await using var bed = await OnceAsync(1, 1);
        var id = await bed.BeginAsync();
        var item = await bed.ItemAsync("A", id);

        await item.DelegateAsync(Destination.Role("R"));
        await item.DelegateAsync(Destination.Group("G"));

        (await bed.StandingAsync(id, "A", "T", "J", "X", "Y", "Z")).ShouldBe("Av Av Av Av Av --");
        await bed.OpenAsync("X", new SerialNumber(id, 1));
        (await bed.StandingAsync(id, "A", "T", "J", "X", "Y", "Z")).ShouldBe("Al Al Al Op Al --");
        (await bed.ItemAsync("X", id)).ActingFor.ShouldBe("A");
    }

    [Test]
    [Statement("1.12")]
    public async Task Undelegate_takes_the_right_back_and_frees_the_slot_that_the_other_holds([Values] bool isOpen)
    {
        await using var bed = await OnceAsync(2, 1);
        var id = await bed.BeginAsync();
        await bed.DelegateAsync("A", id, "D");
        if (isOpen)
        {
            await bed.OpenAsync("D", new SerialNumber(id, 1));
            (await bed.StandingAsync(id, "A", "B", "D")).ShouldBe("Al Al Op");
        }

        await (await bed.ItemAsync("A", id)).UndelegateAsync(Destination.User("D"));

        (await bed.StandingAsync(id, "A", "B", "D")).ShouldBe("Av Av --");
        await bed.ShouldRefuseAsync<WorklistItemNotFoundException>(id, () => bed.OpenAsync("D", new SerialNumber(id, 1)));
        (await bed.CountAsync(id, JournalKind.Undelegated)).ShouldBe(1);
    }

    [Test]
    [Statement("1.12")]
    public async Task A_task_that_was_not_delegated_cannot_be_taken_back()
    {
        await using var bed = await OnceAsync(2, 1);
        var id = await bed.BeginAsync();
        await bed.DelegateAsync("A", id, "D");
        var (a, b) = (await bed.ItemAsync("A", id), await bed.ItemAsync("B", id));

        await bed.ShouldRefuseAsync<WorklistItemRefusedException>(id, async () => await a.UndelegateAsync(Destination.User("E")));
        await bed.ShouldRefuseAsync<WorklistItemRefusedException>(id, async () => await a.UndelegateAsync(Destination.Role("D")));
        await bed.ShouldRefuseAsync<WorklistItemRefusedException>(id, async () => await b.UndelegateAsync(Destination.User("D")));
        await a.UndelegateAsync(Destination.User("d"));
        await bed.ShouldRefuseAsync<WorklistItemRefusedException>(id, async () => await a.UndelegateAsync(Destination.User("D")));
    }

    [Test]
    [Statement("1.12")]
    public async Task Nobody_delegates_to_themselves_or_a_task_that_was_delegated_to_them()
    {
        await using var bed = await OnceAsync(2, 1);
        var id = await bed.BeginAsync();
        await bed.DelegateAsync("A", id, "D");
        var (a, d) = (await bed.ItemAsync("A", id), await bed.ItemAsync("D", id));

        await bed.ShouldRefuseAsync<WorklistItemRefusedException>(id, async () => await a.DelegateAsync(Destination.User("a")));
        await bed.ShouldRefuseAsync<WorklistItemRefusedException>(id, async () => await d.DelegateAsync(Destination.User("E")));
    }

    [Test]
    [Statement("1.12")]
    [Statement("1.14")]
    public async Task A_destination_that_is_a_delegate_too_takes_part_twice_once_for_each()
    {
        await using var bed = await OnceAsync(2, 2);
        var id = await bed.BeginAsync();
        await bed.DelegateAsync("A", id, "B");

        var items = await bed.ItemsAsync("B", id);
        items.Select(item => item.ActingFor).ShouldBe([null, "A"], ignoreOrder: true);
        await items.Single(item => item.ActingFor == "A").ExecuteAsync("Approve");
        (await bed.StandingAsync(id, "A", "B")).ShouldBe("-- Av");
        await items.Single(item => item.ActingFor is null).ExecuteAsync("Reject");

        (await bed.PathAsync(id)).ShouldBe("Ask After");
        var completed = (await bed.HistoryAsync(id)).Where(fact => fact.Kind is JournalKind.SlotCompleted);
        completed.Select(fact => $"{fact.Name} {fact.User} {fact.Detail}").ShouldBe(["Approve B A", "Reject B "]);
    }

    [Test]
    [Statement("1.12")]
    [Statement("2.9")]
    public async Task A_user_who_was_delegated_or_redirected_to_has_the_rights_of_the_task([Values] bool redirected)
    {
        await using var bed = await OnceAsync(2, 1);
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);
        await bed.Boss().SetActionRightAsync(serial, "Approve", Destination.User("A"), isAllowed: true);

        await (redirected ? bed.RedirectAsync("A", id, "D") : bed.DelegateAsync("A", id, "D"));

        await bed.ShouldRefuseAsync<ActionNotAllowedException>(id, () => bed.ActAsync("B", serial, "Approve"));
        await bed.ActAsync("D", serial, "Approve");
        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }
}
