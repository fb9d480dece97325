using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Users and roles for one activity, and users who come to it by two ways.</summary>
[TestFixture]
public sealed class Chapter01MixedDestinations
{
    private static readonly ProcessField<int> Count = new("Count", initial: 1);

    private static Task<WorkflowTestBed> CreateAsync(Func<ActivityBuilder, ActivityBuilder> plan, params Field[] fields) => WorkflowTestBed.CreateAsync(
        Worklists.Deciding(activity => plan(activity).Chooses().OutcomesFromActions(), fields),
        options => options.DestinationResolver = new StaticDestinations { { Destination.Role("R"), "B", "T" }, { Destination.Role("S"), "A", "B" } });

    [Test]
    [Statement("1.15")]
    [Statement("4.5")]
    public async Task In_turn_a_role_has_its_turn_for_all_its_members()
    {
        await using var bed = await CreateAsync(activity => activity.Destinations(to => to.Users("A").Role("R").Users("C")).PlanPerDestinationInTurn());
        var id = await bed.BeginAsync();

        (await bed.SeenByAsync(id, "A", "B", "T", "C")).ShouldBe("A");
        await bed.ActAsync("A", "Approve");
        (await bed.SeenByAsync(id, "A", "B", "T", "C")).ShouldBe("BT");
        await bed.ActAsync("T", "Approve");
        (await bed.SeenByAsync(id, "A", "B", "T", "C")).ShouldBe("C");
        await bed.ActAsync("C", "Approve");

        (await bed.PathAsync(id)).ShouldBe("Decide Done");
    }

    [Test]
    [Statement("1.15")]
    [Statement("4.4")]
    public async Task All_at_once_a_role_has_one_task_with_one_slot_for_all_its_members()
    {
        await using var bed = await CreateAsync(activity => activity.Destinations(to => to.Users("A").Role("R")).PlanPerDestination());
        var id = await bed.BeginAsync();
        (await bed.StandingAsync(id, "A", "B", "T")).ShouldBe("Av Av Av");

        await bed.OpenAsync("B", new SerialNumber(id, 2));
        (await bed.StandingAsync(id, "A", "B", "T")).ShouldBe("Av Op Al");
        await bed.ActAsync("B", new SerialNumber(id, 2), "Approve");
        (await bed.StandingAsync(id, "A", "B", "T")).ShouldBe("Av -- --");
        await bed.ActAsync("A", "Approve");

        (await bed.PathAsync(id)).ShouldBe("Decide Done");
    }

    [Test]
    [Statement("1.14")]
    public async Task Planned_once_who_comes_by_two_ways_takes_part_once()
    {
        await using var bed = await CreateAsync(activity => activity.Destinations(to => to.Users("A").Role("S")).PlanJustOnce(Slots.Number(2)));
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);

        await bed.ActAsync("A", serial, "Approve");

        await bed.ShouldNotFindAsync("A", serial, WorklistItemEnd.PartDone);
        (await bed.StandingAsync(id, "A", "B")).ShouldBe("-- Av");
        await bed.ActAsync("B", serial, "Approve");
        (await bed.PathAsync(id)).ShouldBe("Decide Done");
    }

    [Test]
    [Statement("1.14")]
    public async Task All_at_once_who_comes_by_two_ways_has_two_tasks()
    {
        await using var bed = await CreateAsync(activity => activity.Destinations(to => to.Users("A").Role("S")).PlanPerDestination());
        var id = await bed.BeginAsync();

        (await bed.StandingAsync(id, "A", "B")).ShouldBe("Av/Av Av");
        await bed.ActAsync("A", new SerialNumber(id, 2), "Approve");
        (await bed.StandingAsync(id, "A", "B")).ShouldBe("Av --");
        await bed.ActAsync("A", new SerialNumber(id, 1), "Approve");

        (await bed.PathAsync(id)).ShouldBe("Decide Done");
    }

    [Statement("4.11")]
    [TestCase(true)]
    [TestCase(false)]
    public async Task A_name_that_is_given_twice_is_one_destination_in_any_case_of_letters(bool once)
    {
        await using var bed = await CreateAsync(activity => once
            ? activity.Destinations(to => to.Users("A", "a", "B")).PlanJustOnce(Slots.PerDestination)
            : activity.Destinations(to => to.Users("A", "a", "B")).PlanPerDestination());
        var id = await bed.BeginAsync();
        (await bed.ActiveAsync(id, "Decide")).SlotTotal.ShouldBe(2);

        await bed.ActAsync("a", "Approve");
        await bed.ActAsync("b", "Approve");

        (await bed.PathAsync(id)).ShouldBe("Decide Done");
    }

    [Test]
    [Statement("1.12")]
    [Statement("1.15")]
    public async Task A_member_delegates_their_own_part_and_the_other_members_keep_theirs()
    {
        await using var bed = await CreateAsync(activity => activity.Destinations(to => to.Role("R")).PlanJustOnce(Slots.Number(2)));
        var id = await bed.BeginAsync();
        await bed.DelegateAsync("B", id, "D");

        await bed.OpenAsync("D", new SerialNumber(id, 1));
        (await bed.StandingAsync(id, "B", "T", "D")).ShouldBe("Al Av Op");
        await bed.ActAsync("D", "Approve");
        (await bed.StandingAsync(id, "B", "T", "D")).ShouldBe("-- Av --");
        var slot = (await bed.ActiveAsync(id, "Decide")).Destinations[0].Slots.ShouldHaveSingleItem();
        (slot.User, slot.Party, slot.Entry).ShouldBe(("D", "B", Destination.Role("R")));
        await bed.ActAsync("T", "Approve");

        (await bed.PathAsync(id)).ShouldBe("Decide Done");
    }

    [Test]
    [Statement("1.12")]
    public async Task Several_delegates_and_the_one_for_whom_they_act_hold_one_slot_between_them()
    {
        await using var bed = await CreateAsync(activity => activity.Once(2, 2));
        var id = await bed.BeginAsync();
        await bed.DelegateAsync("A", id, "D");
        await bed.DelegateAsync("A", id, "E");
        (await bed.StandingAsync(id, "A", "B", "D", "E")).ShouldBe("Av Av Av Av");

        await bed.OpenAsync("E", new SerialNumber(id, 1));

        (await bed.StandingAsync(id, "A", "B", "D", "E")).ShouldBe("Al Av Al Op");
        await bed.ShouldNotFindAsync("D", new SerialNumber(id, 1), WorklistItemEnd.NoSlotLeft);
    }

    [Test]
    [Statement("2.10")]
    public async Task Where_anybody_may_act_a_stranger_takes_a_slot_as_others_do()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Asking(activity => activity.Once(2, 2).Chooses(more: task => task.AllowAnyUser())));
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);

        var item = await bed.OpenAsync("Z", serial);
        (await bed.ItemAsync("A", id)).SlotsFree.ShouldBe(1);
        await item.ReleaseAsync();
        (await bed.ItemAsync("A", id)).SlotsFree.ShouldBe(2);
        await bed.ActAsync("Z", serial, "Approve");
        await bed.ShouldNotFindAsync("Z", serial, WorklistItemEnd.PartDone);
        await bed.ActAsync("Y", serial, "Approve");

        (await bed.PathAsync(id)).ShouldBe("Ask After");
        await bed.ShouldNotFindAsync("A", serial, WorklistItemEnd.Completed);
    }

    [Test]
    [Statement("4.4")]
    public async Task The_number_of_slots_can_come_from_a_field([Range(1, 3)] int count)
    {
        await using var bed = await CreateAsync(activity => activity.Destinations(to => to.Users("A", "B", "C")).PlanJustOnce(Slots.Number(Count)), Count);
        var id = await bed.BeginAsync(start => start.Set(Count, count));

        foreach (var user in Worklists.First(count))
        {
            (await bed.PathAsync(id)).ShouldBe("Active: Decide");
            await bed.ActAsync(user, "Approve");
        }

        (await bed.PathAsync(id)).ShouldBe("Decide Done");
    }

    [Statement("3.7")]
    [TestCase(100, 1)]
    [TestCase(1000, 2)]
    [TestCase(5000, 2)]
    public async Task The_number_of_approvals_can_depend_on_data(int amount, int needed)
    {
        var money = new ProcessField<int>("Money", initial: 0);
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Deciding(
            activity => activity.Once(3, 3).Chooses().Outcome("Approve", when: Answers.AtLeast(Rule.Choose(money >= 1000, 2, 1)) == "Approve"), money));
        var id = await bed.BeginAsync(start => start.Set(money, amount));

        foreach (var user in Worklists.First(needed))
        {
            (await bed.PathAsync(id)).ShouldBe("Active: Decide");
            await bed.ActAsync(user, "Approve");
        }

        (await bed.PathAsync(id)).ShouldBe("Decide Done");
    }
}
