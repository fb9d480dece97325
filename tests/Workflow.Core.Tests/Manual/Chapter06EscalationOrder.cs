using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>The order of firings, and the answers and ends that come before one.</summary>
[TestFixture]
public sealed class Chapter06EscalationOrder
{
    private static ProcessDefinition Deciding(Action<ActivityBuilder> more) =>
        Worklists.Deciding(activity => more(activity.Once(1, 1).Chooses().OutcomesFromActions().OutcomeAtFirst("Reject")));

    [Test]
    [Statement("6.5b")]
    public async Task E2_05_escalations_due_at_one_instant_fire_in_their_order_of_definition([Values] bool mailFirst)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Deciding(activity =>
        {
            if (mailFirst)
            {
                activity.Escalation("Mail", after: TimeSpan.FromDays(3), then => then.Mails());
            }

            activity.Escalation("Expire", after: TimeSpan.FromDays(3), then => then.ExpireActivity());
            if (!mailFirst)
            {
                activity.Escalation("Mail", after: TimeSpan.FromDays(3), then => then.Mails());
            }
        }));
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(TimeSpan.FromDays(9));

        (await bed.FiringsAsync(id)).ShouldBe(mailFirst ? ["Mail 01-08 08:00", "Expire 01-08 08:00"] : ["Expire 01-08 08:00"]);
        (await bed.PathAsync(id)).ShouldBe("Refused");
    }

    [Test]
    [Statement("6.5b")]
    public async Task Process_activity_and_event_were_armed_in_this_order_and_fire_in_it()
    {
        var definition = ProcessDefinition.Define("Levels", process =>
        {
            process.Managed();
            process.StartsWith(process.Activity("Ask", activity => activity
                .Once(1, 1)
                .Chooses(more: task => task
                    .Escalation("Event", after: TimeSpan.FromHours(1), then => then.Mails())
                    .Escalation("Event too", after: TimeSpan.FromHours(1), then => then.Mails()))
                .Escalation("Activity", after: TimeSpan.FromHours(1), then => then.Mails())));
            process.Escalation("Process", after: TimeSpan.FromHours(1), then => then.Mails());
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(TimeSpan.FromHours(1));

        (await bed.FiringsAsync(id)).ShouldBe(["Process 01-05 09:00", "Activity 01-05 09:00", "Event 01-05 09:00", "Event too 01-05 09:00"]);
    }

    [Test]
    [Statement("6.5b")]
    public async Task The_escalation_that_was_due_first_fires_first_when_the_host_comes_back()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Deciding(activity => activity
            .Escalation("Later", after: TimeSpan.FromHours(3), then => then.Mails())
            .Escalation("Give up", after: TimeSpan.FromHours(2), then => then.ExpireActivity())
            .Escalation("Sooner", after: TimeSpan.FromHours(1), then => then.Mails())));
        var id = await bed.BeginAsync();
        bed.PassWithoutHost("2026-01-06T08:00Z");

        await bed.FireDueAsync();

        (await bed.FiringsAsync(id)).ShouldBe(["Sooner 01-06 08:00", "Give up 01-06 08:00"]);
        (await bed.PathAsync(id)).ShouldBe("Refused");
    }

    [Test]
    [Statement("6.6")]
    public async Task An_element_that_completes_before_it_is_due_never_escalates()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity
            .Once(1, 1)
            .Chooses(more: task => task.Escalation("Event", after: TimeSpan.FromHours(1), then => then.Mails()))
            .Escalation("Activity", after: TimeSpan.FromHours(2), then => then.Mails())
            .Waits()));
        var id = await bed.BeginAsync();
        await bed.AdvanceAsync(TimeSpan.FromMinutes(59));
        await bed.ActAsync("A", "Approve");
        await bed.AdvanceAsync(TimeSpan.FromMinutes(59));
        (await bed.TimersAsync(id)).ShouldBe(["01-05 10:00 Activity"], "that of the event is gone, and the activity goes on");

        await bed.FinishAsync(id, "Ask");

        (await bed.TimersAsync(id)).ShouldBeEmpty();
        (await bed.AdvanceAsync(TimeSpan.FromDays(90))).ShouldBe(0);
        (await bed.EscalationFactsAsync(id)).ShouldBeEmpty();
    }

    [Test]
    [Statement("6.6")]
    public async Task E2_24_a_process_that_completes_a_minute_before_never_escalates_and_leaves_no_timer()
    {
        var definition = ProcessDefinition.Define("Old", process =>
        {
            process.Managed().Escalation("Stale", after: TimeSpan.FromDays(60), then => then.Mails());
            process.StartsWith(process.Activity("Ask", activity => activity.Once(1, 1).Chooses()));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        var id = await bed.BeginAsync();
        await bed.AdvanceAsync(TimeSpan.FromDays(60) - TimeSpan.FromMinutes(1));
        await bed.ActAsync("A", "Approve");

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.Engine.FindTimersAsync()).ShouldBeEmpty();
        (await bed.AdvanceAsync(TimeSpan.FromDays(60))).ShouldBe(0);
        (await bed.EscalationFactsAsync(id)).ShouldBeEmpty();
    }

    [Test]
    [Statement("6.6b")]
    public async Task E2_06_an_answer_that_is_committed_before_the_firing_wins_although_it_comes_later()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Deciding(activity => activity
            .Escalation("Give up", after: TimeSpan.FromHours(2), then => then.ExpireActivity())));
        var id = await bed.BeginAsync();
        await bed.AdvanceToAsync("2026-01-05T09:59Z");
        bed.PassWithoutHost("2026-01-05T10:00:04Z");

        await bed.ActAsync("A", "Approve");

        (await bed.PathAsync(id)).ShouldBe("Decide Done");
        (await bed.TimersAsync(id)).ShouldBeEmpty();
        (await bed.AdvanceAsync(TimeSpan.FromDays(1))).ShouldBe(0);
        (await bed.EscalationFactsAsync(id)).ShouldBeEmpty();
    }

    [Test]
    [Statement("6.6b")]
    public async Task A_finish_that_is_committed_before_the_firing_wins_too()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity
            .Waits().Escalation("Give up", after: TimeSpan.FromHours(2), then => then.ExpireActivity())));
        var id = await bed.BeginAsync();
        bed.PassWithoutHost("2026-01-05T11:00Z");

        await bed.FinishAsync(id, "Ask");
        await bed.FireDueAsync();

        (await bed.PathAsync(id)).ShouldBe("Ask After");
        (await bed.EscalationFactsAsync(id)).ShouldBeEmpty();
    }

    [Test]
    [Statement("6.6")]
    [Statement("1.10")]
    public async Task W09_an_item_that_sleeps_escalates()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Once(2, 1).Chooses(
            more: task => task.Escalation("Mail", after: TimeSpan.FromSeconds(60), then => then.Mails()))));
        var id = await bed.BeginAsync();
        await bed.OpenAsync("A", id.Task(1));
        await bed.SleepAsync("A", id, seconds: 300);

        await bed.AdvanceAsync(TimeSpan.FromSeconds(60));

        (await bed.FiringsAsync(id)).ShouldBe(["Mail 01-05 08:01"]);
        (await bed.StandingAsync(id, "A", "B")).ShouldBe("Sl Al");
        (await bed.SeenByAsync(id, "A")).ShouldBe("");
        await bed.AdvanceAsync(TimeSpan.FromSeconds(239));
        (await bed.StandingAsync(id, "A", "B")).ShouldBe("Sl Al");
        await bed.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await bed.StandingAsync(id, "A", "B")).ShouldBe("Op Al");
    }

    /// <code>
    /// ►─┬─► Ask (A; all kinds of escalations)
    ///   └─► Book (waits; then its code throws)
    /// </code>
    [Test]
    [Statement("6.6")]
    public async Task Nothing_escalates_while_the_instance_is_in_error()
    {
        var definition = ProcessDefinition.Define("Failing", process =>
        {
            process.Managed().Escalation("Process", after: TimeSpan.FromHours(1), then => then.GoTo("Cancelled"));
            process.StartsWith(process.Activity("Ask", activity => activity
                .Once(1, 1)
                .Chooses(more: task => task.Escalation("Event", after: TimeSpan.FromHours(1), then => then.ExpireEvent()))
                .Escalation("Activity", after: TimeSpan.FromHours(1), then => then.ExpireActivity(), repeat: 3)));
            process.StartsWith(process.Activity("Book", activity => activity.Waits().Server("Fail", _ => throw new InvalidOperationException("No seat."))));
            process.Activity("Cancelled");
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        var id = await bed.BeginAsync();
        await bed.FinishAsync(id, "Book");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);

        await bed.AdvanceAsync(TimeSpan.FromDays(9));

        (await bed.EscalationFactsAsync(id)).ShouldBeEmpty();
        var failed = await bed.ReadAsync(id);
        failed.Status.ShouldBe(ProcessInstanceStatus.Error);
        failed.Escalations.ShouldHaveSingleItem().Name.ShouldBe("Process");
        var ask = failed.Activities.Single(activity => activity.Name == "Ask");
        ask.Escalations.ShouldHaveSingleItem().Name.ShouldBe("Activity");
        ask.Destinations.ShouldHaveSingleItem().Escalations.ShouldHaveSingleItem().Name.ShouldBe("Event");
    }

    /// <summary>The start rule and the escalation of the process are due at the same instant. The escalation was armed first.</summary>
    [Test]
    [Statement("6.5b")]
    [Statement("5.3")]
    public async Task A_start_that_is_due_with_an_escalation_comes_behind_what_was_armed_before_it()
    {
        var definition = ProcessDefinition.Define("Start", process =>
        {
            process.Managed().Escalation("Cancel", after: TimeSpan.FromHours(2), then => then.GoTo("Cancelled"));
            process.StartsWith(process.Activity("Ask", activity => activity
                .StartRule(DueTime.After(TimeSpan.FromHours(2))).Once(1, 1).Chooses()));
            process.Activity("Cancelled");
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(TimeSpan.FromHours(2));

        (await bed.PathAsync(id)).ShouldBe("Cancelled");
        (await bed.CountAsync(id, JournalKind.StartReached)).ShouldBe(0);
    }

    [Test]
    [Statement("12.6")]
    [Statement("6.1")]
    public async Task The_history_tells_what_escalated_where()
    {
        var definition = ProcessDefinition.Define("Levels", process =>
        {
            process.Managed().Escalation("Process", after: TimeSpan.FromHours(1), then => then.Mails());
            process.StartsWith(process.Activity("Ask", activity => activity
                .Once(1, 1)
                .Chooses(more: task => task.Escalation("Event", after: TimeSpan.FromHours(3), then => then.Mails()))
                .Escalation("Activity", after: TimeSpan.FromHours(2), then => then.Mails())));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(TimeSpan.FromHours(9));

        (await bed.HistoryAsync(id)).Where(fact => fact.Kind is JournalKind.EscalationFired)
            .Select(fact => (fact.Name, fact.ActivityInstance, fact.Destination, fact.Event > 0, fact.Detail)).ShouldBe(
            [
                ("Process", 0, 0, false, "firing 1 of 1, due 2026-01-05 09:00:00Z"), ("Activity", 1, 0, false, "firing 1 of 1, due 2026-01-05 10:00:00Z"),
                ("Event", 1, 1, true, "firing 1 of 1, due 2026-01-05 11:00:00Z"),
            ]);
    }
}
