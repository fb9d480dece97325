using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter09OutOfOffice
{
    private static readonly ProcessInstanceId _id = new(1);

    private static async Task<WorkflowTestBed> BedAsync(Action<ActivityBuilder> plan)
    {
        var bed = await WorkflowTestBed.CreateAsync(
            Staff.Deciding(plan), options => options.DestinationResolver = new StaticDestinations { { Destination.Role("R"), "C", "B" } });
        await bed.StartAsync("dora");
        return bed;
    }

    private static Task<WorkflowTestBed> ThreeAsync(int slots) =>
        BedAsync(activity => activity.Destinations(to => to.Users("A", "B", "C")).PlanJustOnce(Slots.Number(slots)));

    private static Task LeaveAsync(WorkflowTestBed bed, string user, params string[] substitutes) =>
        bed.Engine.As(user).OutOfOffice.LeaveAsync(absence => absence.ForwardTo(substitutes)).AsTask();

    private static Task<WorklistItem> ForAsync(WorkflowTestBed bed, string user, string absent, int destination = 1) =>
        bed.Engine.As(user).Worklist.OpenSharedAsync(absent, _id.Task(destination)).AsTask();

    [Test]
    [Statement("9.4")]
    public async Task Tasks_that_are_there_already_are_shared_and_shared_no_more_when_the_user_is_back()
    {
        await using var bed = await ThreeAsync(slots: 1);
        (await bed.SeesAsync("D")).ShouldBe("");

        await LeaveAsync(bed, "C", "D");
        (await bed.SeesAsync("D")).ShouldBe("1_1 Available for C");
        (await bed.SeesAsync("C")).ShouldBe("1_1 Available");

        await bed.Engine.As("C").OutOfOffice.ReturnAsync();
        (await bed.SeesAsync("D")).ShouldBe("");
        (await bed.SeesAsync("C")).ShouldBe("1_1 Available");
        await bed.ShouldHaveNoAccessAsync("D", _id.Task(1));
        await Should.ThrowAsync<NotSharedException>(() => ForAsync(bed, "D", "C"));
    }

    [Test]
    [Statement("9.4")]
    public async Task The_answer_of_a_substitute_counts_as_the_absent_users_slot()
    {
        await using var bed = await ThreeAsync(slots: 2);
        await LeaveAsync(bed, "C", "D");

        await bed.ActAsync("A", "Approve");
        (await bed.OpenActivitiesAsync(_id)).ShouldBe(["Work"]);
        await (await ForAsync(bed, "D", "C")).ExecuteAsync("Approve");

        (await bed.OutcomeAsync(_id)).ShouldBe("Approve");
        (await bed.CompletedAsync(_id)).ShouldBe(["Work", "Done"]);
        (await bed.AnsweredAsync(_id)).ShouldBe("A Approve, D Approve for C");
    }

    [Test]
    [Statement("9.4")]
    [Statement("1.14")]
    public async Task The_part_of_an_absent_user_is_done_when_their_substitute_has_answered()
    {
        await using var bed = await ThreeAsync(slots: 3);
        await LeaveAsync(bed, "C", "D", "E");

        await (await ForAsync(bed, "D", "C")).ExecuteAsync("Approve");

        var slot = (await bed.ActiveAsync(_id)).Destinations.ShouldHaveSingleItem().Slots.ShouldHaveSingleItem();
        slot.User.ShouldBe("D");
        slot.Party.ShouldBe("C");
        slot.Entry.ShouldBe(Destination.User("C"));
        slot.Status.ShouldBe(SlotStatus.Completed);
        await bed.ShouldNotFindAsync("C", _id.Task(1), WorklistItemEnd.PartDone);
        (await Should.ThrowAsync<WorklistItemNotFoundException>(() => ForAsync(bed, "E", "C"))).Reason.ShouldBe(WorklistItemEnd.PartDone);
        (await bed.SeesAsync("C")).ShouldBe("");
        (await bed.SeesAsync("E")).ShouldBe("");
        (await bed.SeesAsync("A")).ShouldBe("1_1 Available");
    }

    [Test]
    [Statement("9.4")]
    public async Task One_of_an_absent_user_and_their_substitutes_has_the_slot_however_many_are_free([Values("C", "D", "E")] string first)
    {
        await using var bed = await ThreeAsync(slots: 3);
        await LeaveAsync(bed, "C", "D", "E");

        await (await bed.WorklistAsync(first)).ShouldHaveSingleItem().OpenAsync();

        foreach (var user in (string[])["C", "D", "E"])
        {
            (await bed.SeesAllAsync(user)).ShouldBe($"1_1 {(user == first ? "Open" : "Allocated")}{(user == "C" ? "" : " for C")}");
        }

        var second = first == "D" ? "E" : "D";
        await Should.ThrowAsync<WorklistItemNotFoundException>(() => ForAsync(bed, second, "C"));
        (await bed.SeesAsync("A")).ShouldBe("1_1 Available");
        (await bed.ActiveAsync(_id)).Destinations[0].Slots.Count.ShouldBe(1);
    }

    [Test]
    [Statement("9.4")]
    public async Task A_user_who_is_a_destination_themselves_answers_for_themselves_and_for_one_who_is_absent()
    {
        await using var bed = await ThreeAsync(slots: 3);
        await LeaveAsync(bed, "C", "A");
        (await bed.SeesAsync("A")).Split(", ").ShouldBe(["1_1 Available", "1_1 Available for C"], ignoreOrder: true);

        await bed.ActAsync("A", _id.Task(1), "Approve");
        (await bed.SeesAsync("A")).ShouldBe("1_1 Available for C");
        await (await ForAsync(bed, "A", "C")).ExecuteAsync("Approve");
        await bed.ActAsync("B", _id.Task(1), "Approve");

        (await bed.AnsweredAsync(_id)).ShouldBe("A Approve, A Approve for C, B Approve");
        (await bed.CompletedAsync(_id)).ShouldBe(["Work", "Done"]);
    }

    [Test]
    [Statement("9.4")]
    public async Task An_absent_members_role_tasks_are_shared_with_the_substitute()
    {
        await using var bed = await BedAsync(activity => activity.Destinations(to => to.Role("R")));
        await LeaveAsync(bed, "C", "D");
        (await bed.SeesAsync("D")).ShouldBe("1_1 Available for C");

        await (await ForAsync(bed, "D", "C")).ExecuteAsync("Approve");

        (await bed.AnsweredAsync(_id)).ShouldBe("D Approve for C");
        (await bed.CompletedAsync(_id)).ShouldBe(["Work", "Done"]);
    }

    [Test]
    [Statement("9.4")]
    public async Task In_a_plan_per_destination_only_the_absent_users_task_is_shared([Values] bool inTurn)
    {
        await using var bed = await BedAsync(activity => (inTurn ? activity.PlanPerDestinationInTurn() : activity.PlanPerDestination())
            .Destinations(to => to.Users("C", "A")));
        await LeaveAsync(bed, "C", "D");
        (await bed.SeesAsync("D")).ShouldBe("1_1 Available for C");

        await (await ForAsync(bed, "D", "C")).ExecuteAsync("Approve");

        (await bed.SeesAllAsync("D")).ShouldBe("");
        (await bed.SeesAsync("A")).ShouldBe("1_2 Available");
        await bed.ShouldHaveNoAccessAsync("D", _id.Task(2));
    }

    [Test]
    [Statement("9.4")]
    public async Task The_administrators_list_names_the_absent_user_and_not_the_substitutes()
    {
        await using var bed = await ThreeAsync(slots: 1);
        await LeaveAsync(bed, "C", "D");
        (await bed.EverybodyAsync()).ShouldBe("1_1 user A Available, 1_1 user B Available, 1_1 user C Available");

        await ForAsync(bed, "D", "C");

        (await bed.EverybodyAsync()).ShouldBe("1_1 user A Allocated, 1_1 user B Allocated, 1_1 user C by D Open");
    }

    [Test]
    [Statement("9.4")]
    public async Task Every_step_of_a_substitute_is_in_the_history_with_both_names()
    {
        await using var bed = await ThreeAsync(slots: 2);
        await LeaveAsync(bed, "C", "D");

        var item = await ForAsync(bed, "D", "C");
        item.ActingFor.ShouldBe("C");
        item.Destination.ShouldBe(Destination.User("C"));
        await item.ReleaseAsync();
        await item.ExecuteAsync("Reject");

        var steps = (await bed.HistoryAsync(_id)).Where(entry => entry.Kind is JournalKind.SlotOpened or JournalKind.SlotReleased or JournalKind.SlotCompleted);
        steps.Select(entry => $"{entry.Kind} {entry.Name} {entry.User} {entry.Detail}").ShouldBe(
            ["SlotOpened Decide D C", "SlotReleased Decide D C", "SlotOpened Decide D C", "SlotCompleted Reject D C"]);
    }

    [Test]
    [Statement("9.4")]
    [Statement("1.11")]
    public async Task A_substitute_may_give_the_absent_users_part_to_another()
    {
        await using var bed = await ThreeAsync(slots: 3);
        await LeaveAsync(bed, "C", "D");
        var item = await ForAsync(bed, "D", "C");

        await item.RedirectAsync("E");

        (await bed.SeesAsync("E")).ShouldBe("1_1 Available");
        (await bed.SeesAllAsync("C")).ShouldBe("");
        (await bed.SeesAllAsync("D")).ShouldBe("");
        var fact = (await bed.HistoryAsync(_id)).Where(entry => entry.Kind is JournalKind.Redirected).ShouldHaveSingleItem();
        $"{fact.Detail} to {fact.Name} by {fact.User}".ShouldBe("user C to E by D");
    }

    [Test]
    [Statement("9.4")]
    [Statement("2.9")]
    public async Task A_substitute_may_take_the_absent_users_actions()
    {
        var definition = ProcessDefinition.Define("Strict", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Work", activity => activity
                .Destinations(to => to.Users("C"))
                .Client("Decide", task => task.Action("Approve").Action("Reject", action => action.DeniedFor(Destination.User("C"))))));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        await bed.StartAsync("dora");
        await LeaveAsync(bed, "C", "D");

        var item = await ForAsync(bed, "D", "C");

        item.Actions.Select(action => action.Name).ShouldBe(["Approve"]);
        await Should.ThrowAsync<ActionNotAllowedException>(() => item.ExecuteAsync("Reject").AsTask());
        await item.ExecuteAsync("Approve");
        (await bed.AnsweredAsync(_id)).ShouldBe("D Approve for C");
    }

    /// <summary>The user has access (statement 1.8), and takes the part of the absent user.</summary>
    [Test]
    [Statement("9.4")]
    [Statement("1.8")]
    public async Task A_substitute_has_access_by_the_serial_number_alone([Values] bool opensFirst)
    {
        await using var bed = await ThreeAsync(slots: 2);
        await LeaveAsync(bed, "C", "D");

        if (opensFirst)
        {
            (await bed.OpenAsync("D", _id.Task(1))).ActingFor.ShouldBe("C");
        }

        await bed.ActAsync("D", "Approve");

        (await bed.AnsweredAsync(_id)).ShouldBe("D Approve for C");
    }
}
