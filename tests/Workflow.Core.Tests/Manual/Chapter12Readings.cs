using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Records;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;
using static Workflow.Core.Tests.Support.Orders;

namespace Workflow.Core.Tests.Manual;

/// <summary>Activity instances that are read from the history, and the short history for people.</summary>
[TestFixture]
public sealed class Chapter12Readings
{
    private static readonly ProcessField<decimal> _amount = new("Amount");
    private static readonly ActivityField<string> _place = new("Place");
    private static readonly DestinationField<string> _note = new("Note");
    private static readonly DestinationField<string> _secret = new("Secret") { KeepAudit = false };

    /// <code>
    /// ► Approval (two of three) ──Approved──► Pay (waits for the bank) ──►
    /// </code>
    private static readonly ProcessDefinition _claim = Define(process =>
    {
        process.Fields(_amount);
        var approval = process.Activity("Approval", activity => activity
            .Fields(_place, _note, _secret)
            .Destinations(to => to.Users("ann", "bob", "cy"))
            .PlanPerDestination()
            .Client("Decide", task => task.Action("Approve").Action("Decline").Update("Save"))
            .Outcome("Approved", when: Answers.AtLeast(2) == "Approve")
            .Outcome("Declined", when: Answers.AtLeast(1) == "Decline"));
        var pay = process.Activity("Pay", activity => activity.Waits("Order the transfer", answers: ["Paid", "Rejected"]).OutcomesFromActions());
        process.StartsWith(approval);
        approval.On("Approved", pay);
    });

    private static Task<WorkflowTestBed> BedAsync() => WorkflowTestBed.CreateAsync(_claim, options => options.SilencedFindings = FindingIds.All);

    private static async Task<ProcessInstanceId> CompletedAsync(WorkflowTestBed bed)
    {
        var id = (await bed.StartAsync("dora", start => start.Folio("Train to Lisbon").Set(_amount, 240m))).Id;
        await bed.AdvanceAsync(TimeSpan.FromHours(1));
        await bed.Engine.As("ann").Worklist.OpenAsync(id.Task(1));
        await bed.ActAsync("ann", id.Task(1), "Save", answer => answer.Set(_note, "Not yet."));
        await bed.ActAsync("ann", id.Task(1), "Approve", answer => answer.Set(_note, "Fine.").Set(_secret, "Hm.").Set(_place, "Lisbon"));
        await bed.AdvanceAsync(TimeSpan.FromHours(1));
        await bed.ActAsync("cy", id.Task(3), "Approve");
        await bed.FinishAsync("bank", id.Task(4), "Paid", result => result.Set(_amount, 239m));
        return id;
    }

    [Test]
    [Statement("12.1")]
    [Statement("12.2")]
    public async Task An_instance_that_has_ended_tells_its_activities_with_outcomes_answers_and_copies([Values] bool isDeleted)
    {
        await using var bed = await BedAsync();
        var id = await CompletedAsync(bed);
        if (isDeleted)
        {
            await bed.Admin().DeleteAsync(id);
        }

        var activities = await bed.Engine.As("dora").ReadActivitiesAsync(id);

        activities.Select(activity => (activity.Number, activity.Name, activity.Status, activity.Outcome)).ShouldBe(
            [(1, "Approval", ActivityInstanceStatus.Completed, "Approved"), (2, "Pay", ActivityInstanceStatus.Completed, "Paid")]);
        var (approval, pay) = (activities[0], activities[1]);
        (approval.StartedAt, approval.EndedAt, approval.Expiry).ShouldBe((WorkflowTestBed.Beginning, WorkflowTestBed.Beginning.AddHours(2), null));
        approval.Fields["Place"].ShouldBe(FieldValue.From("Lisbon"));
        approval.Answers.Select(answer => (answer.Serial, answer.Event, answer.User, answer.Action, answer.At)).ShouldBe(
        [
            (id.Task(1), "Decide", "ann", "Approve", WorkflowTestBed.Beginning.AddHours(1)),
            (id.Task(3), "Decide", "cy", "Approve", WorkflowTestBed.Beginning.AddHours(2)),
        ]);
        approval.Answers[0].Fields.ShouldBe(
            new Dictionary<string, FieldValue> { ["Note"] = FieldValue.From("Fine."), ["Action Result"] = FieldValue.From("Approve") }, ignoreOrder: true);
        approval.Answers[1].Fields.Keys.ShouldBe(["Action Result"]);
        pay.Answers.Select(answer => (answer.Serial, answer.Event, answer.User, answer.Action)).ShouldBe(
            [(id.Task(4), "Order the transfer", "bank", "Paid")]);
    }

    [Test]
    [Statement("12.1")]
    public async Task An_activity_that_is_active_or_has_expired_says_so()
    {
        await using var bed = await BedAsync();
        var id = (await bed.StartAsync("dora")).Id;
        (await bed.Engine.As("dora").ReadActivitiesAsync(id)).Select(activity => (activity.Status, activity.EndedAt, activity.Outcome))
            .ShouldBe([(ActivityInstanceStatus.Active, null, null)]);

        await bed.Admin().GoToAsync(id, "Approval");

        (await bed.Engine.As("dora").ReadActivitiesAsync(id)).Select(activity => (activity.Number, activity.Status, activity.Expiry)).ShouldBe(
            [(1, ActivityInstanceStatus.Expired, ExpiryReason.Goto), (2, ActivityInstanceStatus.Active, null)]);
    }

    [Test]
    [Statement("9.4")]
    [Statement("12.1")]
    public async Task An_answer_of_a_substitute_names_the_one_on_whose_behalf_it_is()
    {
        await using var bed = await BedAsync();
        var id = (await bed.StartAsync("dora")).Id;
        await bed.Engine.As("ann").OutOfOffice.LeaveAsync(away => away.ForwardTo("zoe"));
        await bed.ActAsync("zoe", id.Task(1), "Decline");

        var answer = (await bed.Engine.As("dora").ReadActivitiesAsync(id)).Single().Answers.Single();

        (answer.User, answer.OnBehalfOf, answer.Action).ShouldBe(("zoe", "ann", "Decline"));
        (await bed.HistoryAsync(id)).Where(entry => entry.Action is not null).Select(entry => (entry.User, entry.Action, entry.OnBehalfOf))
            .ShouldBe([("zoe", "Decline", "ann")]);
        (await LinesAsync(bed, id)).ShouldContain("zoe, on behalf of ann, answered 'Decline' to 'Decide' of 'Approval'.");
    }

    [Test]
    [Statement("13.10")]
    public async Task The_pages_together_are_the_whole_list_however_large_they_are([Values(1, 2, 3, 500)] int limit)
    {
        await using var bed = await BedAsync();
        var id = (await bed.StartAsync("dora")).Id;
        for (var number = 0; number < 6; number++)
        {
            await bed.Admin().GoToAsync(id, "Approval");
        }

        var system = bed.Engine.AsSystem();
        var found = new List<ActivityRecord>();
        IReadOnlyList<ActivityRecord> page;
        do
        {
            page = await system.ReadActivitiesAsync(id, found.LastOrDefault(), limit);
            found.AddRange(page);
        }
        while (page.Count == limit);

        found.Select(activity => activity.Number).ShouldBe(Enumerable.Range(1, 7));
        found.Select(activity => activity.Status).ShouldBe(
            [.. Enumerable.Repeat(ActivityInstanceStatus.Expired, 6), ActivityInstanceStatus.Active]);
    }

    /// <summary>An activity that stays active while others run again and again must not make each reading of it longer.</summary>
    [Test]
    [Statement("12.1")]
    [Statement("14.6")]
    public async Task A_page_reads_a_limited_part_of_the_history_and_says_what_it_has_cut()
    {
        await using var bed = await BedAsync();
        var id = (await bed.StartAsync("dora")).Id;
        var item = await bed.Engine.As("ann").Worklist.SingleAsync(id);
        for (var number = 0; number < 5_100; number++)
        {
            await item.OpenAsync();
            await item.ReleaseAsync();
        }

        await bed.Admin().GoToAsync(id, "Approval");

        var system = bed.Engine.AsSystem();
        var cut = (await system.ReadActivitiesAsync(id)).ShouldHaveSingleItem();
        (cut.Status, cut.IsCut).ShouldBe((ActivityInstanceStatus.Active, true));
        var next = (await system.ReadActivitiesAsync(id, cut)).ShouldHaveSingleItem();
        (next.Number, next.IsCut).ShouldBe((cut.Number + 1, false));
        (await system.ReadActivitiesAsync(id, next)).ShouldBeEmpty();
    }

    [Test]
    [Statement("13.10")]
    public async Task A_page_behind_an_activity_of_another_instance_is_refused()
    {
        await using var bed = await BedAsync();
        var (one, other) = ((await bed.StartAsync("dora")).Id, (await bed.StartAsync("dora")).Id);
        var last = (await bed.Engine.As("dora").ReadActivitiesAsync(one)).Single();

        var refusal = await Should.ThrowAsync<ArgumentException>(() => bed.Engine.As("dora").ReadActivitiesAsync(other, last).AsTask());

        refusal.Message.ShouldContain($"process instance {one}");
    }

    [Test]
    [Statement("9.1")]
    public async Task Nobody_without_the_right_reads_activities_or_the_short_history()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Order", process =>
        {
            process.Rights(rights => rights.Start("dora"));
            process.StartsWith(process.Activity("Wait", activity => activity.Waits()));
        }));
        var id = (await bed.StartAsync("dora")).Id;

        await Should.ThrowAsync<WorkflowAccessDeniedException>(() => bed.Engine.As("eve").ReadActivitiesAsync(id).AsTask());
        await Should.ThrowAsync<WorkflowAccessDeniedException>(() => bed.Engine.As("eve").ReadTimelineAsync(id).ToListAsync().AsTask());
        await Should.ThrowAsync<ProcessInstanceNotFoundException>(
            () => bed.Engine.AsSystem().ReadActivitiesAsync(new ProcessInstanceId(99)).AsTask());
    }

    [Test]
    [Statement("12.2")]
    public async Task The_short_history_says_who_did_what_and_leaves_the_rest_out()
    {
        await using var bed = await BedAsync();
        var id = await CompletedAsync(bed);
        await bed.Admin().DeleteAsync(id, reason: "It was a test.");

        (await LinesAsync(bed, id)).ShouldBe(
        [
            "dora started 'Order' for 'Train to Lisbon'.",
            "ann saved 'Decide' of 'Approval' with 'Save'.",
            "ann answered 'Approve' to 'Decide' of 'Approval'.",
            "cy answered 'Approve' to 'Decide' of 'Approval'.",
            "bank finished 'Order the transfer' of 'Pay' with 'Paid'.",
            "'Order' was completed.",
            "boss deleted it: It was a test.",
        ]);
        var entries = await bed.Engine.As("dora").ReadTimelineAsync(id).ToListAsync();
        var last = entries[^1];
        (last.Kind, last.User, last.Reason, last.Time).ShouldBe(
            (JournalKind.ProcessDeleted, "boss", "It was a test.", WorkflowTestBed.Beginning.AddHours(2)));
        var answer = entries[2];
        (answer.User, answer.Action, answer.Event, answer.Activity).ShouldBe(("ann", "Approve", "Decide", "Approval"));
    }

    [Test]
    [Statement("12.2")]
    public async Task The_short_history_tells_of_errors_escalations_and_administrators()
    {
        var fails = true;
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            var decide = process.Activity("Decide", activity => activity
                .Destinations(to => to.Users("ann"))
                .Client("Decide it", task => task.Action("Yes"))
                .Escalation("Hand over", DueTime.After(TimeSpan.FromDays(1)), then => then.RedirectTo("bob")));
            process.StartsWith(decide);
            decide.To(process.Activity("Export", activity => activity.Server("Write", _ => FailIf(fails))));
        }));
        var id = (await bed.StartAsync("dora")).Id;
        await bed.AdvanceAsync(TimeSpan.FromDays(1));
        await bed.Admin().StopAsync(id, "Wait.");
        await bed.Admin().ResumeAsync(id);
        await bed.Admin().ChangeFolioAsync(id, "Order 7");
        await bed.Engine.As("bob").Worklist.RedirectAsync(id.Task(1), "cy");
        await bed.ActAsync("cy", id.Task(1), "Yes");
        fails = false;
        await bed.Admin().RetryAsync(id, reason: "The disk is empty.");

        (await LinesAsync(bed, id)).ShouldBe(
        [
            "dora started 'Order'.",
            "The escalation 'Hand over' fired.",
            "'Decide it' of 'Decide' went from user ann to bob.",
            "boss stopped it: Wait.",
            "boss resumed it.",
            "boss changed the folio to 'Order 7'.",
            "bob redirected 'Decide it' of 'Decide' from user bob to cy.",
            "cy answered 'Yes' to 'Decide it' of 'Decide'.",
            "It went into Error, because server event 'Write' of 'Export' failed.",
            "boss retried server event 'Write' of 'Export': The disk is empty.",
            "'Order' was completed.",
        ]);
    }

    /// <summary>A new kind of fact has to be entered in one of the two lists.</summary>
    [Test]
    [Statement("12.6")]
    public void Every_kind_of_fact_is_told_to_people_or_is_known_to_be_left_out()
    {
        JournalKind[] leftOut =
        [
            JournalKind.LineEvaluated, JournalKind.ActivityStarted, JournalKind.DestinationCreated, JournalKind.EventStarted, JournalKind.EventRepeated,
            JournalKind.ServerItemCreated, JournalKind.FinishStored, JournalKind.FinishDropped, JournalKind.EventCompleted, JournalKind.EventExpired,
            JournalKind.EventFailed, JournalKind.DestinationCompleted, JournalKind.DestinationExpired, JournalKind.ActivityCompleted,
            JournalKind.ActivityExpired, JournalKind.ActivityStalled, JournalKind.FieldChanged, JournalKind.Goto, JournalKind.SlotOpened,
            JournalKind.SlotReleased, JournalKind.SlotExpired, JournalKind.ItemSlept, JournalKind.ItemWoken, JournalKind.RolesSynchronized,
            JournalKind.EndedWithoutOutcome, JournalKind.NoLineFollowed, JournalKind.UnknownRole, JournalKind.NobodyInRole, JournalKind.StartAwaited,
            JournalKind.StartReached, JournalKind.EscalationNotArmed, JournalKind.EscalationPassedOver, JournalKind.EscalationChangedNothing,
            JournalKind.EscalationFailed, JournalKind.EscalationRepeated, JournalKind.EscalationDropped, JournalKind.GotoRefused,
            JournalKind.ExceptionPassed, JournalKind.RetryAwaited, JournalKind.TimerMoved, JournalKind.JoinPassed, JournalKind.JoinUnfinished,
            JournalKind.GroupAwaited, JournalKind.GroupEntered, JournalKind.MilestoneAwaited, JournalKind.MilestoneReached, JournalKind.RestKept,
            JournalKind.Added, JournalKind.SignalKept, JournalKind.SignalDropped, JournalKind.SubProcessStarted, JournalKind.SubProcessEnded,
            JournalKind.SubProcessDeleted, JournalKind.SubProcessEndIgnored, JournalKind.SubProcessEndKept,
        ];

        var told = Enum.GetValues<JournalKind>().Where(kind => new Timeline().Add(new JournalEntry
        {
            Kind = kind, Time = WorkflowTestBed.Beginning, Name = "X", Detail = "Y", User = "ann",
        }) is not null);

        told.Concat(leftOut).Order().ShouldBe(Enum.GetValues<JournalKind>().Order());
    }

    private static void FailIf(bool fails)
    {
        if (fails)
        {
            throw new IOException("full");
        }
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(WorkflowTestBed bed, ProcessInstanceId id) =>
        [.. (await bed.Engine.AsSystem().ReadTimelineAsync(id).ToListAsync()).Select(entry => entry.ToString())];
}
