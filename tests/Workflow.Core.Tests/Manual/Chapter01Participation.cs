using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Shows who takes part, as whom, and how often.</summary>
[TestFixture]
public sealed class Chapter01Participation
{
    private static StaticDestinations Members() => new() { { Destination.Role("R"), "B", "T", "J" }, { Destination.Group("G"), "X", "Y" } };

    private static Task<WorkflowTestBed> RoleAsync(int slots, StaticDestinations members) => WorkflowTestBed.CreateAsync(
        Worklists.Asking(activity => activity.Destinations(to => to.Role("R")).PlanJustOnce(Slots.Number(slots)).Chooses()),
        options => options.DestinationResolver = members);

    [Test]
    [Statement("1.14")]
    public async Task Planned_once_nobody_takes_part_twice_even_when_slots_are_left()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Once(3, 3).Chooses()));
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);

        await bed.ActAsync("A", serial, "Approve");

        (await bed.ItemAsync("B", id)).SlotsFree.ShouldBe(2);
        await bed.ShouldNotFindAsync("A", serial, WorklistItemEnd.PartDone);
        await bed.ShouldNotFindAsync("a", serial, WorklistItemEnd.PartDone);
    }

    [Test]
    [Statement("1.14")]
    public async Task In_the_next_run_of_the_activity_everybody_may_take_part_again()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Looping", process =>
        {
            process.Managed();
            var ask = process.Activity("Ask", activity => activity.Once(1, 1).Chooses().OutcomesFromActions());
            process.StartsWith(ask);
            ask.On("Reject", ask).On("Approve", process.Activity("Done"));
        }));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Reject");
        (await bed.ItemAsync("A", id)).Serial.ShouldBe(new SerialNumber(id, 2));
        await bed.ActAsync("A", "Reject");
        await bed.ActAsync("A", new SerialNumber(id, 3), "Approve");

        (await bed.OutcomesAsync(id)).ShouldBe(["Reject", "Reject", "Approve"]);
        (await bed.PathAsync(id)).ShouldBe("Ask Ask Ask Done");
    }

    [Test]
    [Statement("1.15")]
    public async Task A_member_acts_and_the_history_names_them()
    {
        await using var bed = await RoleAsync(1, Members());
        var id = await bed.BeginAsync();

        await bed.ActAsync("T", "Approve");

        var completed = (await bed.HistoryAsync(id)).Single(fact => fact.Kind is JournalKind.SlotCompleted);
        (completed.Name, completed.User).ShouldBe(("Approve", "T"));
        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }

    [Test]
    [Statement("1.15")]
    public async Task Several_members_may_hold_a_slot_each()
    {
        await using var bed = await RoleAsync(2, Members());
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);

        await bed.OpenAsync("B", serial);
        (await bed.StandingAsync(id, "B", "T", "J")).ShouldBe("Op Av Av");
        await bed.OpenAsync("J", serial);

        (await bed.StandingAsync(id, "B", "T", "J")).ShouldBe("Op Al Op");
        var entries = await bed.ManagedAsync(id);
        entries.ShouldContain("R B Open");
        entries.ShouldContain("R J Open");
        await bed.ActAsync("B", serial, "Approve");
        await bed.ShouldNotFindAsync("B", serial, WorklistItemEnd.PartDone);
        await bed.ActAsync("J", serial, "Approve");
        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }

    [Test]
    [Statement("1.15")]
    public async Task The_members_of_a_group_see_its_task_and_the_group_itself_is_nobody()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Asking(activity => activity.Destinations(to => to.Group("G")).PlanJustOnce().Chooses()),
            options => options.DestinationResolver = Members());
        var id = await bed.BeginAsync();

        (await bed.StandingAsync(id, "X", "Y", "G", "B")).ShouldBe("Av Av -- --");
        (await bed.ItemAsync("X", id)).Destination.ShouldBe(Destination.Group("G"));
        await bed.ShouldRefuseAsync<WorklistAccessDeniedException>(id, () => bed.OpenAsync("G", new SerialNumber(id, 1)));
    }

    [Test]
    [Statement("1.15")]
    [Statement("4.8")]
    public async Task A_user_who_joins_the_role_sees_the_task_and_one_who_leaves_does_not_once_the_interval_is_over()
    {
        var members = Members();
        await using var bed = await RoleAsync(1, members);
        var id = await bed.BeginAsync();
        (await bed.StandingAsync(id, "B", "T", "J", "N")).ShouldBe("Av Av Av --");

        members.Replace(Destination.Role("R"), "B", "N");
        await bed.AdvanceAsync(TimeSpan.FromMinutes(11));

        (await bed.StandingAsync(id, "B", "T", "J", "N")).ShouldBe("Av -- -- Av");
        await bed.ActAsync("N", "Approve");
        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }

    [Test]
    [Statement("1.15")]
    [Statement("4.12")]
    public async Task The_task_of_an_empty_role_waits_for_somebody_to_join()
    {
        var members = Members();
        members.Replace(Destination.Role("R"));
        await using var bed = await RoleAsync(1, members);
        var id = await bed.BeginAsync();
        (await bed.PathAsync(id)).ShouldBe("Active: Ask");
        (await bed.StandingAsync(id, "B")).ShouldBe("--");

        members.Replace(Destination.Role("R"), "B");
        await bed.AdvanceAsync(TimeSpan.FromMinutes(11));

        (await bed.StandingAsync(id, "B")).ShouldBe("Av");
    }

    [Test]
    [Statement("1.15")]
    public async Task Users_and_roles_can_be_destinations_of_one_task()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Asking(activity => activity.Destinations(to => to.Users("A").Role("R")).PlanJustOnce(Slots.Number(2)).Chooses()),
            options => options.DestinationResolver = Members());
        var id = await bed.BeginAsync();

        (await bed.StandingAsync(id, "A", "B", "T", "J")).ShouldBe("Av Av Av Av");
        (await bed.ManagedAsync(id)).ShouldBe(["A - Available", "R - Available"]);
        await bed.ActAsync("A", "Approve");
        await bed.ActAsync("J", "Approve");

        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }
}
