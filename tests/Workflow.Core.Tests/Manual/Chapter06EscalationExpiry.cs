using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Escalations that end an activity or an event.</summary>
[TestFixture]
public sealed class Chapter06EscalationExpiry
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static ActivityBuilder GivesUp(ActivityBuilder activity) => activity.Escalation("Give up", after: Day, then => then.ExpireActivity());

    [TestCase("Reject", "Refused")]
    [TestCase("", "")]
    [Statement("6.8")]
    [Statement("10.1")]
    public async Task E03_E04_an_activity_that_expires_follows_what_Outcome_holds_at_first(string atFirst, string path)
    {
        var asked = 0;
        var definition = ProcessDefinition.Define("Deciding", process =>
        {
            process.Managed();
            var decide = process.Activity("Decide", activity =>
            {
                GivesUp(activity.Once(2, 2).Chooses())
                    .Outcome("Approve", Rule.Named("count", _ => ++asked < 0)).Outcome("Reject", Answers.AllSlots == "Reject").Waits();
                if (atFirst.Length > 0)
                {
                    activity.OutcomeAtFirst(atFirst);
                }
            });
            process.StartsWith(decide);
            decide.On("Approve", process.Activity("Done")).On("Reject", process.Activity("Refused"));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition, options => options.SilencedFindings = FindingIds.All);
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(Day);

        asked.ShouldBe(0, "the succeeding rule is not asked");
        (await bed.ServerItemsAsync(id)).ShouldBeEmpty("events that have not begun are skipped");
        (await bed.PathAsync(id)).ShouldBe(path);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.OutcomesAsync(id)).ShouldBeEmpty();
        (await bed.LinesFromAsync(id, 1)).Select(line => line.Split(' ')[^1]).ShouldBe(atFirst.Length == 0 ? ["false", "false"] : ["false", "true"]);
        var expired = (await bed.HistoryAsync(id)).Single(fact => fact.Kind is JournalKind.ActivityExpired);
        (expired.Name, expired.Detail, expired.Time).ShouldBe(("Decide", "Escalation", Firings.At("2026-01-06T08:00Z")));
        await bed.ShouldNotFindAsync("A", id.Task(1), WorklistItemEnd.Expired);
    }

    [Test]
    [Statement("6.8")]
    public async Task E2_07_every_destination_ends_and_an_answer_that_was_given_stays_in_the_history()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Deciding(activity =>
            GivesUp(activity.Each(3).Chooses().OutcomesFromActions().OutcomeAtFirst("Reject"))));
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", "Approve");
        (await bed.PathAsync(id)).ShouldBe("Active: Decide");

        await bed.AdvanceAsync(Day);

        (await bed.ExpiredAsync(id)).ShouldBe(["Decide"]);
        (await bed.StartedAsync(id)).ShouldBe(["Decide", "Refused"]);
        (await bed.OutcomesAsync(id)).ShouldBeEmpty("no rule was asked after the first");
        await bed.ShouldNotFindAsync("B", id.Task(2), WorklistItemEnd.Expired);
        await bed.ShouldNotFindAsync("C", id.Task(3), WorklistItemEnd.Expired);
        (await bed.AnsweredAsync(id)).ShouldBe("A Approve");
        (await bed.DestinationsOfAsync(id, JournalKind.DestinationExpired)).ShouldBe([2, 3]);
    }

    [Test]
    [Statement("6.8")]
    public async Task A_line_can_ask_whether_the_activity_expired([Values] bool expires)
    {
        var definition = ProcessDefinition.Define("Lines", process =>
        {
            process.Managed();
            var ask = process.Activity("Ask", activity => GivesUp(activity.Once(1, 1).Chooses()));
            process.StartsWith(ask);
            ask.To(process.Activity("In time"), when: Status.OfActivity == ActivityInstanceStatus.Completed);
            ask.To(process.Activity("Too late"), when: Status.OfActivity == ActivityInstanceStatus.Expired);
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        var id = await bed.BeginAsync();
        if (!expires)
        {
            await bed.ActAsync("A", "Approve");
        }

        await bed.AdvanceAsync(Day);

        (await bed.PathAsync(id)).ShouldBe(expires ? "Too late" : "Ask In time");
    }

    [Test]
    [Statement("6.8")]
    [Statement("5.3")]
    public async Task Only_the_instance_that_escalates_expires()
    {
        var definition = ProcessDefinition.Define("Twice", process =>
        {
            process.Managed();
            var ask = process.Activity("Ask", activity => GivesUp(activity.Once(1, 1).Chooses()));
            var wait = process.Activity("Wait", activity => activity.Waits());
            process.StartsWith(ask).StartsWith(wait);
            wait.To(ask);
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        var id = await bed.BeginAsync();
        await bed.AdvanceAsync(Day / 2);
        await bed.FinishAsync(id, "Wait");

        await bed.AdvanceAsync(Day / 2);

        (await bed.PathAsync(id)).ShouldBe("Active: Ask");
        await bed.AdvanceAsync(Day / 2);
        (await bed.FiringsAsync(id)).ShouldBe(["Give up 01-06 08:00", "Give up 01-06 20:00"]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("6.8")]
    [Statement("7.3")]
    public async Task A_server_item_of_an_activity_that_expired_cannot_be_finished()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => GivesUp(activity.Waits())));
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(Day);

        await Should.ThrowAsync<ServerItemExpiredException>(() => bed.FinishAsync(id.Task(1)));
        (await bed.PathAsync(id)).ShouldBe("After");
    }

    /// <code>
    /// ► Decide (two slots; then a server event) ──Outcome = Late──► Chase ──►
    /// </code>
    [Test]
    [Statement("6.9")]
    [Statement("6.9b")]
    [Statement("0.3")]
    public async Task E2_08_an_event_that_expires_lets_its_destination_go_on()
    {
        var log = new List<string>();
        var definition = ProcessDefinition.Define("Deciding", process =>
        {
            process.Managed();
            var decide = process.Activity("Decide", activity => activity
                .Once(2, 2)
                .Chooses(more: task => task.Escalation("Late", after: Day, then => then.ExpireEvent()))
                .OutcomesFromActions()
                .OutcomeAtFirst("Late")
                .Logs("Tell", log));
            process.StartsWith(decide);
            decide.On("Approve", process.Activity("Done")).On("Reject", process.Activity("Refused")).On("Late", process.Activity("Chase"));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", "Approve");

        await bed.AdvanceAsync(Day);

        log.ShouldBe(["Decide/Tell 1_1"]);
        (await bed.PathAsync(id)).ShouldBe("Decide Chase");
        (await bed.OutcomesAsync(id)).ShouldBeEmpty();
        var expired = (await bed.HistoryAsync(id)).Single(fact => fact.Kind is JournalKind.EventExpired);
        (expired.Name, expired.Detail).ShouldBe(("Decision", "Escalation"));
        await bed.ShouldNotFindAsync("B", id.Task(1), WorklistItemEnd.Expired);
    }

    [TestCase("Approve", ProcessInstanceStatus.Completed)]
    [TestCase("Reject", ProcessInstanceStatus.Error)]
    [Statement("6.9b")]
    public async Task Answers_that_were_given_before_the_event_expired_count_in_the_rule_of_the_activity(string answer, ProcessInstanceStatus status)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity
            .Once(2, 2)
            .Chooses(more: task => task.Escalation("Late", after: Day, then => then.ExpireEvent()))
            .SucceedingRule(Answers.AtLeast(1) == "Approve")
            .WhenUnresolved(WhenUnresolved.Fail)));
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", answer);
        await bed.OpenAsync("B", id.Task(1));

        await bed.AdvanceAsync(Day);

        (await bed.StatusAsync(id)).ShouldBe(status);
        (await bed.CountAsync(id, JournalKind.SlotExpired)).ShouldBe(1, "B held a slot");
    }

    [Test]
    [Statement("6.9")]
    public async Task The_events_of_each_destination_expire_by_themselves()
    {
        var log = new List<string>();
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity
            .Each(2)
            .Client("First", task => task.Action("Go on"))
            .Chooses(more: task => task.Escalation("Late", after: Day, then => then.ExpireEvent()))
            .Logs("Tell", log)
            .SucceedingRule(Answers.AllGiven)));
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", "Go on");
        await bed.AdvanceAsync(Day / 2);
        await bed.ActAsync("B", "Go on");

        await bed.AdvanceAsync(Day / 2);
        log.ShouldBe(["Ask/Tell 1_1"]);
        (await bed.ActiveAsync(id, "Ask")).Letters().ShouldBe("CA");
        await bed.AdvanceAsync(Day / 2);

        log.ShouldBe(["Ask/Tell 1_1", "Ask/Tell 1_2"]);
        (await bed.PathAsync(id)).ShouldBe("Ask After");
        (await bed.FiringsAsync(id)).ShouldBe(["Late 01-06 08:00", "Late 01-06 20:00"]);
    }

    /// <summary>The first of two destinations ends the activity, which has no rule. Its own event and that of the other are due at the same instant.</summary>
    [Test]
    [Statement("6.9")]
    [Statement("6.5b")]
    public async Task An_event_that_expires_and_completes_the_activity_takes_the_other_timers_along()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity
            .Each(2).Chooses(more: task => task.Escalation("Late", after: Day, then => then.ExpireEvent()))));
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(Day * 2);

        (await bed.FiringsAsync(id)).ShouldBe(["Late 01-06 08:00"]);
        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }

    [Test]
    [Statement("6.9")]
    [Statement("6.1")]
    public async Task A_server_event_that_waits_too_long_expires_and_the_next_event_runs()
    {
        var log = new List<string>();
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity
            .Server(
                "Order", context => context.WaitUntilFinished(), define: order => order
                    .Escalation("Remind", after: Day / 2, then => then.Mails())
                    .Escalation("Late", after: Day, then => then.ExpireEvent()))
            .Logs("Tell", log)));
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(Day);

        (await bed.FiringsAsync(id)).ShouldBe(["Remind 01-05 20:00", "Late 01-06 08:00"]);
        log.ShouldBe(["Ask/Tell 1_1"]);
        (await bed.PathAsync(id)).ShouldBe("Ask After");
        await Should.ThrowAsync<ServerItemExpiredException>(() => bed.FinishAsync(id.Task(1)));
    }

    [Test]
    [Statement("0.3")]
    [Statement("6.8")]
    public async Task An_activity_that_is_stalled_still_escalates()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Deciding(activity => GivesUp(activity.Once(5, 1).Chooses())
                .Outcome("Approve", Answers.AtLeast(2) == "Approve").Outcome("Reject", Answers.AtLeast(2) == "Reject").OutcomeAtFirst("Reject")),
            options => options.SilencedFindings = FindingIds.All);
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", "Approve");
        (await bed.CountAsync(id, JournalKind.ActivityStalled)).ShouldBe(1);

        await bed.AdvanceAsync(Day);

        (await bed.PathAsync(id)).ShouldBe("Refused");
    }
}
