using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Roles that are resolved and kept synchronized: when they are asked for again, and what becomes of a task that is planned just once.</summary>
[TestFixture]
public sealed class Chapter04SynchronizedRoles
{
    private static readonly ProcessInstanceId _id = new(1);
    private static readonly TimeSpan _interval = TimeSpan.FromMinutes(10);

    private readonly StaticDestinations _directory = [];

    private async Task<WorkflowTestBed> BedAsync(
        SlotAllocation slots, string members, Action<DestinationBuilder>? to = null, Action<Workflow.Core.Runtime.WorkflowOptions>? configure = null)
    {
        Members("R", members);
        Members("S", "S1");
        var bed = await WorkflowTestBed.CreateAsync(
            Staff.Deciding(activity => activity
                .Destinations(to ?? (all => all.Role("R").ResolvedToUsers(keepSynchronized: true))).PlanJustOnce(slots)),
            options =>
            {
                options.DestinationResolver = _directory;
                configure?.Invoke(options);
            });
        await bed.StartAsync("dora");
        return bed;
    }

    private void Members(string role, string members) =>
        _directory.Replace(Destination.Role(role), members.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private async Task SynchronizeAsync(WorkflowTestBed bed, string members)
    {
        Members("R", members);
        await bed.AdvanceAsync(_interval);
    }

    private static async Task<string> DestinationsAsync(WorkflowTestBed bed)
    {
        var work = await bed.ActiveAsync(_id);
        return $"{string.Join(' ', work.Names())} / {work.SlotTotal}";
    }

    [Test]
    [Statement("4.9")]
    public async Task At_each_role_interval_and_not_before_the_destinations_follow_the_role([Values(null, 90)] int? seconds)
    {
        var interval = seconds is null ? _interval : TimeSpan.FromSeconds(seconds.Value);
        await using var bed = await BedAsync(
            Slots.PerDestination, "A B", configure: options => options.RoleInterval = seconds is null ? options.RoleInterval : interval);
        Members("R", "A B D");

        await bed.AdvanceAsync(interval - TimeSpan.FromTicks(1));
        (await bed.SeesAsync("D")).ShouldBe("");
        await bed.AdvanceAsync(TimeSpan.FromTicks(1));
        (await bed.SeesAsync("D")).ShouldBe("1_1 Available");

        Members("R", "A B E");
        await bed.AdvanceAsync(interval - TimeSpan.FromTicks(1));
        (await bed.SeesAsync("D")).ShouldBe("1_1 Available");
        await bed.AdvanceAsync(TimeSpan.FromTicks(1));
        (await bed.SeesAllAsync("D")).ShouldBe("");
        (await bed.SeesAsync("E")).ShouldBe("1_1 Available");
        (await DestinationsAsync(bed)).ShouldBe("A+B+E / 3");
    }

    [Test]
    [Statement("4.9")]
    public async Task The_history_says_who_joined_and_who_left_and_nothing_when_nobody_did()
    {
        await using var bed = await BedAsync(Slots.PerDestination, "A B");
        await SynchronizeAsync(bed, "A B");
        (await bed.CountAsync(_id, JournalKind.RolesSynchronized)).ShouldBe(0);

        await SynchronizeAsync(bed, "A D");

        var fact = (await bed.HistoryAsync(_id)).Where(entry => entry.Kind is JournalKind.RolesSynchronized).ShouldHaveSingleItem();
        fact.Name.ShouldBe("Work");
        fact.Detail.ShouldNotBeNull().ShouldContain("D", Case.Sensitive);
        fact.Detail.ShouldContain("B", Case.Sensitive);
        fact.Time.ShouldBe(WorkflowTestBed.Beginning + (2 * _interval));
    }

    [Test]
    [Statement("4.8")]
    public async Task Roles_that_are_not_kept_synchronized_stay_as_they_were_planned_and_arm_no_timer()
    {
        await using var bed = await BedAsync(Slots.PerDestination, "A B", to => to.Role("R").ResolvedToUsers());
        (await bed.Store.NextDueAsync(after: null, default)).ShouldBeNull();

        await SynchronizeAsync(bed, "D");

        (await DestinationsAsync(bed)).ShouldBe("A+B / 2");
        (await bed.SeesAllAsync("D")).ShouldBe("");
        (await bed.SeesAsync("B")).ShouldBe("1_1 Available");
    }

    [Test]
    [Statement("4.9")]
    public async Task Nothing_is_asked_for_any_more_when_the_activity_has_ended()
    {
        await using var bed = await BedAsync(Slots.Number(1), "A B");
        (await bed.Store.NextDueAsync(after: null, default)).ShouldBe(WorkflowTestBed.Beginning + _interval);

        await bed.ActAsync("A", "Approve");

        (await bed.Store.NextDueAsync(after: null, default)).ShouldBeNull();
    }

    [Test]
    [Statement("4.9")]
    [Statement("14.5")]
    public async Task Synchronizing_goes_on_after_a_restart()
    {
        await using var bed = await BedAsync(Slots.PerDestination, "A B");
        await bed.RestartAsync();

        await SynchronizeAsync(bed, "A B D");

        (await DestinationsAsync(bed)).ShouldBe("A+B+D / 3");
    }

    [Statement("4.9")]
    [TestCase(false, "A B C", "A B C D", "A+B+C+D / 4")]
    [TestCase(false, "A B C", "A", "A / 1")]
    [TestCase(false, "A B C", "C D", "C+D / 2")]
    [TestCase(true, "A B C", "A B C D", "A+B+C+D / 2")]
    [TestCase(true, "A B C", "A", "A / 2")]
    [TestCase(true, "A B C", "C D", "C+D / 2")]
    [TestCase(false, "A B C", "c B a", "A+B+C / 3")]
    public async Task Slots_are_adjusted_only_with_a_slot_per_destination(bool isFixed, string before, string after, string destinations)
    {
        await using var bed = await BedAsync(isFixed ? Slots.Number(2) : Slots.PerDestination, before);

        await SynchronizeAsync(bed, after);

        (await DestinationsAsync(bed)).ShouldBe(destinations);
        (await bed.WorklistAsync(after.Split(' ')[0])).ShouldHaveSingleItem().SlotsFree.ShouldBe((await bed.ActiveAsync(_id)).SlotTotal);
    }

    [Test]
    [Statement("4.9")]
    public async Task A_joiner_has_to_answer_too_with_a_slot_per_destination()
    {
        await using var bed = await BedAsync(Slots.PerDestination, "A B");
        await bed.ActAsync("A", "Approve");
        await SynchronizeAsync(bed, "A B D");

        await bed.ActAsync("B", "Approve");
        (await bed.OpenActivitiesAsync(_id)).ShouldBe(["Work"]);
        await bed.ActAsync("D", "Approve");

        (await bed.OutcomeAsync(_id)).ShouldBe("Approve");
        (await bed.CompletedAsync(_id)).ShouldBe(["Work", "Done"]);
    }

    [Test]
    [Statement("4.9")]
    public async Task A_leaver_who_has_answered_keeps_their_slot()
    {
        await using var bed = await BedAsync(Slots.PerDestination, "A B C");
        await bed.ActAsync("A", "Approve");

        await SynchronizeAsync(bed, "B C");

        (await bed.ActiveAsync(_id)).Destinations[0].Slots.ShouldHaveSingleItem().User.ShouldBe("A");
        await bed.ActAsync("B", "Approve");
        (await bed.OpenActivitiesAsync(_id)).ShouldBe(["Work"]);
        await bed.ActAsync("C", "Approve");
        (await bed.AnsweredAsync(_id)).ShouldBe("A Approve, B Approve, C Approve");
        (await bed.OutcomeAsync(_id)).ShouldBe("Approve");
    }

    [Test]
    [Statement("4.9")]
    public async Task The_open_slot_of_a_leaver_expires()
    {
        await using var bed = await BedAsync(Slots.Number(1), "A B C");
        await bed.OpenAsync("B", _id.Task(1));
        (await bed.SeesAsync("A")).ShouldBe("");

        await SynchronizeAsync(bed, "A C");

        (await bed.ActiveAsync(_id)).Destinations[0].Slots.ShouldBeEmpty();
        (await bed.SeesAsync("A")).ShouldBe("1_1 Available");
        (await bed.SeesAllAsync("B")).ShouldBe("");
        await Should.ThrowAsync<WorkflowException>(() => bed.ActAsync("B", _id.Task(1), "Approve"));
        await bed.ActAsync("C", "Approve");
        (await bed.AnsweredAsync(_id)).ShouldBe("C Approve");
    }

    [Test]
    [Statement("4.9")]
    public async Task After_a_shrink_with_an_answer_the_rule_is_asked_again()
    {
        await using var bed = await BedAsync(Slots.PerDestination, "A B C");
        await bed.ActAsync("A", "Approve");

        await SynchronizeAsync(bed, "A");

        (await bed.OutcomeAsync(_id)).ShouldBe("Approve");
        (await bed.CompletedAsync(_id)).ShouldBe(["Work", "Done"]);
        (await bed.Store.NextDueAsync(after: null, default)).ShouldBeNull();
    }

    [Test]
    [Statement("4.9")]
    public async Task A_user_who_is_a_destination_by_another_way_stays_when_they_leave_the_role()
    {
        await using var bed = await BedAsync(
            Slots.PerDestination, "A B S1", to => to.Users("a").Role("R").Role("S").ResolvedToUsers(keepSynchronized: true));
        (await DestinationsAsync(bed)).ShouldBe("a+B+S1 / 3");

        await SynchronizeAsync(bed, "");

        (await DestinationsAsync(bed)).ShouldBe("a+S1 / 2");
    }

    [Test]
    [Statement("4.9")]
    [Statement("4.10")]
    public async Task A_user_who_is_excepted_does_not_join()
    {
        await using var bed = await BedAsync(
            Slots.PerDestination, "A B", to => to.Role("R").ResolvedToUsers(keepSynchronized: true).Except("E").ExceptOriginator());

        await SynchronizeAsync(bed, "A B E dora D");

        (await DestinationsAsync(bed)).ShouldBe("A+B+D / 3");
    }

    [Test]
    [Statement("4.9")]
    public async Task All_sets_follow_when_one_says_so()
    {
        await using var bed = await BedAsync(
            Slots.PerDestination,
            "A",
            to => to.Set("Follows").Role("R").ResolvedToUsers(keepSynchronized: true).Set("Follows too").Role("S").ResolvedToUsers());
        Members("S", "S2");

        await SynchronizeAsync(bed, "A D");

        (await bed.ActiveAsync(_id)).Destinations[0].Destinations.Select(one => one.Name).ShouldBe(["A", "S2", "D"], ignoreOrder: true);
    }

    [Test]
    [Statement("4.9")]
    [Statement("0.3")]
    public async Task When_nobody_is_left_for_a_slot_it_stalls_and_goes_on_with_who_joins()
    {
        await using var bed = await BedAsync(Slots.Number(2), "A B");
        await bed.ActAsync("A", "Approve");
        (await bed.CountAsync(_id, JournalKind.ActivityStalled)).ShouldBe(0);

        await SynchronizeAsync(bed, "A");
        (await bed.CountAsync(_id, JournalKind.ActivityStalled)).ShouldBe(1);
        (await bed.OpenActivitiesAsync(_id)).ShouldBe(["Work"]);
        await SynchronizeAsync(bed, "A D");
        await bed.ActAsync("D", "Approve");

        (await bed.OutcomeAsync(_id)).ShouldBe("Approve");
        (await bed.AnsweredAsync(_id)).ShouldBe("A Approve, D Approve");
    }

    [Test]
    [Statement("4.9")]
    public async Task Groups_are_followed_as_roles_are_and_a_role_of_the_same_name_is_another()
    {
        _directory.Replace(Destination.Group("R"), "X", "Y");
        await using var bed = await BedAsync(Slots.PerDestination, "A", to => to.Group("R").ResolvedToUsers(keepSynchronized: true));

        _directory.Replace(Destination.Group("R"), "Y", "Z");
        await SynchronizeAsync(bed, "B");

        (await DestinationsAsync(bed)).ShouldBe("Y+Z / 2");
    }
}
