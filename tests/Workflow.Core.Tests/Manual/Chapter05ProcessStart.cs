using Workflow.Core.Calendars;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>The start rule of a process: whether an instance is started, and when it begins. The test bed begins on Monday 2026-01-05 at 08:00 in
/// UTC.</summary>
[TestFixture]
public sealed class Chapter05ProcessStart
{
    private static readonly ProcessField<int> Days = new("Days");
    private static readonly ProcessField<DateTimeOffset> Departure = new("Departure");
    private static readonly DueTime InTwoHours = DueTime.After(TimeSpan.FromHours(2));

    /// <code>
    /// ► Pack (ann) ──►
    /// </code>
    private static ProcessDefinition Trip(Action<ProcessBuilder> start) => ProcessDefinition.Define("Trip", process =>
    {
        process.OpenToAll().Fields(Days, Departure);
        process.StartsWith(process.Activity(
            "Pack", activity => activity.Destinations(to => to.Users("ann")).Client("Pack the bag", task => task.Action("Done"))));
        start(process);
    });

    private static Task<WorkflowTestBed> BedAsync(Action<ProcessBuilder> start) => WorkflowTestBed.CreateAsync(Trip(start));

    private static async Task<IReadOnlyList<ProcessTimer>> TimersAsync(WorkflowTestBed bed) =>
        await bed.Store.FindTimersAsync(new TimerQuery(), CancellationToken.None);

    [Test]
    [Statement("5.4")]
    [Statement("14.8")]
    public async Task A_start_whose_condition_is_false_is_refused_and_leaves_nothing()
    {
        await using var bed = await BedAsync(process => process.StartRule(Days > 0));

        var refusal = await Should.ThrowAsync<ProcessNotStartedException>(() => bed.StartAsync("dora", start => start.Set(Days, 0)));

        (refusal.Definition, refusal.IsConditionFalse, refusal.Statement).ShouldBe(("Trip", true, "5.4"));
        refusal.Message.ShouldBe(
            "No instance of 'Trip' was started: the condition of its start rule is false. It is: Days > 0. "
            + "Start it when the condition is met.");
        (await bed.Store.FindProcessesAsync(new ProcessQuery(), CancellationToken.None)).ShouldBeEmpty();
        (await bed.StartAsync("dora", start => start.Set(Days, 1))).Id.ShouldBe(new ProcessInstanceId(1), "the refused start used up no number");
        (await bed.WorklistAsync("ann")).ShouldHaveSingleItem();
    }

    [Test]
    [Statement("5.4")]
    public async Task The_condition_is_asked_after_the_fields_have_their_values()
    {
        await using var bed = await BedAsync(process => process.StartRule(
            Rule.Named("is for a week", context => context.Get(Days) == 7 && context.Originator == "dora" && context.Folio == "Rome")));

        await bed.StartAsync("dora", start => start.Folio("Rome").Set(Days, 7));

        (await bed.WorklistAsync("ann")).ShouldHaveSingleItem();
    }

    [Test]
    [Statement("5.4b")]
    [Statement("5.3")]
    public async Task A_delayed_start_gives_an_instance_that_waits_with_nothing_planned()
    {
        await using var bed = await BedAsync(process => process.StartRule(InTwoHours));

        var id = (await bed.StartAsync("dora")).Id;

        var waiting = await bed.ReadAsync(id);
        (waiting.Status, waiting.Activities.Count, waiting.StartsAt).ShouldBe((ProcessInstanceStatus.Active, 0, WorkflowTestBed.Beginning.AddHours(2)));
        (await bed.AdvanceAsync(TimeSpan.FromHours(2) - TimeSpan.FromTicks(1))).ShouldBe(0);
        (await bed.WorklistAsync("ann")).ShouldBeEmpty();

        (await bed.AdvanceAsync(TimeSpan.FromTicks(1))).ShouldBe(1);

        (await bed.ReadAsync(id)).StartsAt.ShouldBeNull();
        await bed.ActAsync("ann", "Done");
        (await bed.ReadAsync(id)).Status.ShouldBe(ProcessInstanceStatus.Completed);
        (await TimersAsync(bed)).ShouldBeEmpty();
    }

    [Test]
    [Statement("5.4b")]
    public async Task The_age_of_an_instance_counts_from_the_due_instant()
    {
        var due = WorkflowTestBed.Beginning.AddHours(2);
        await using var bed = await BedAsync(process => process.StartRule(InTwoHours));
        var id = (await bed.StartAsync("dora")).Id;

        await bed.RestartAsync();
        await bed.AdvanceAsync(TimeSpan.FromDays(3));

        var begun = await bed.ReadAsync(id);
        (begun.StartedAt, begun.BeginsAt).ShouldBe((WorkflowTestBed.Beginning, due));
        (await FoundAsync(new ProcessQuery { StartedBefore = due })).ShouldBeEmpty();
        (await FoundAsync(new ProcessQuery { StartedFrom = due })).ShouldHaveSingleItem();

        async Task<IReadOnlyList<ProcessInstanceId>> FoundAsync(ProcessQuery query) =>
            [.. (await bed.Store.FindProcessesAsync(query, CancellationToken.None)).Select(record => record.Id)];
    }

    [Test]
    [Statement("5.4b")]
    public async Task A_date_in_the_past_begins_at_once()
    {
        await using var bed = await BedAsync(process => process.StartRule(DueTime.At(WorkflowTestBed.Beginning.AddDays(-1))));

        var id = (await bed.StartAsync("dora")).Id;

        (await bed.WorklistAsync("ann")).ShouldHaveSingleItem();
        (await bed.ReadAsync(id)).BeginsAt.ShouldBe(WorkflowTestBed.Beginning);
        (await bed.HistoryAsync(id)).ShouldNotContain(fact => fact.Kind == JournalKind.StartAwaited || fact.Kind == JournalKind.StartReached);
    }

    [Test]
    [Statement("5.4")]
    [Statement("5.4b")]
    public async Task A_condition_and_a_due_time_go_together()
    {
        await using var bed = await BedAsync(process => process.StartRule(Days > 0, DueTime.At(Departure).Minus(TimeSpan.FromDays(1))));
        var departure = WorkflowTestBed.Beginning.AddDays(5);

        await Should.ThrowAsync<ProcessNotStartedException>(() => bed.StartAsync("dora", start => start.Set(Days, 0).Set(Departure, departure)));
        var id = (await bed.StartAsync("dora", start => start.Set(Days, 3).Set(Departure, departure))).Id;

        (await bed.ReadAsync(id)).StartsAt.ShouldBe(departure.AddDays(-1));
    }

    [Test]
    [Statement("5.4b")]
    public async Task A_process_that_waits_begins_on_another_host()
    {
        await using var bed = await BedAsync(process => process.StartRule(DueTime.After(TimeSpan.FromDays(400))));
        await bed.StartAsync("dora");

        await bed.RestartAsync();
        (await bed.AdvanceAsync(TimeSpan.FromDays(400) - TimeSpan.FromSeconds(1))).ShouldBe(0);
        await bed.RestartAsync();
        (await bed.AdvanceAsync(TimeSpan.FromSeconds(1))).ShouldBe(1);

        (await bed.WorklistAsync("ann")).ShouldHaveSingleItem();
    }

    [Test]
    [Statement("5.4b")]
    public async Task The_next_start_is_found_in_the_store()
    {
        await using var bed = await BedAsync(process => process.StartRule(InTwoHours));
        var id = (await bed.StartAsync("dora")).Id;

        var timer = (await TimersAsync(bed)).ShouldHaveSingleItem();

        (timer.ProcessInstance, timer.Kind, timer.Element, timer.DueAt)
            .ShouldBe((id, ProcessTimerKind.ProcessStart, "Trip", WorkflowTestBed.Beginning.AddHours(2)));
    }

    [Test]
    [Statement("5.4b")]
    public async Task The_history_tells_until_when_it_waits_and_that_it_begins()
    {
        await using var bed = await BedAsync(process => process.StartRule(InTwoHours));
        var id = (await bed.StartAsync("dora")).Id;
        await bed.AdvanceAsync(TimeSpan.FromHours(2));

        (await bed.HistoryAsync(id)).Take(4).Select(fact => (fact.Kind, fact.Name, fact.Detail, fact.Time)).ShouldBe(
        [
            (JournalKind.ProcessStarted, "Trip", "", WorkflowTestBed.Beginning),
            (JournalKind.StartAwaited, "Trip", "2026-01-05 10:00:00Z", WorkflowTestBed.Beginning),
            (JournalKind.StartReached, "Trip", null, WorkflowTestBed.Beginning.AddHours(2)),
            (JournalKind.LineEvaluated, "Start to Pack", null, WorkflowTestBed.Beginning.AddHours(2)),
        ]);
    }

    [Test]
    [Statement("13.7")]
    [Statement("5.4")]
    public async Task A_start_under_a_key_is_made_once_whatever_the_condition_says_later()
    {
        var isOpen = false;
        await using var bed = await BedAsync(process => process.StartRule(Rule.Named("is open", _ => isOpen), InTwoHours));
        var dora = bed.Engine.As("dora").Once("order 7");

        await Should.ThrowAsync<ProcessNotStartedException>(async () => await dora.StartAsync("Trip"));
        isOpen = true;
        var first = await dora.StartAsync("Trip");
        isOpen = false;
        var again = await dora.StartAsync("Trip");

        again.Id.ShouldBe(first.Id);
        (await TimersAsync(bed)).ShouldHaveSingleItem();
        await Should.ThrowAsync<IdempotencyKeyException>(async () => await dora.StartAsync("Trip", start => start.Folio("Rome")));
    }

    [Test]
    [Statement("14.1")]
    [Statement("5.9")]
    public async Task A_replay_begins_at_the_same_instant()
    {
        await using var bed = await BedAsync(process => process.StartRule(Days > 0, InTwoHours));
        await Should.ThrowAsync<ProcessNotStartedException>(() => bed.StartAsync("dora", start => start.Set(Days, 0)));
        var id = (await bed.StartAsync("dora", start => start.Set(Days, 1))).Id;
        await bed.AdvanceAsync(TimeSpan.FromDays(3));
        await bed.ActAsync("ann", "Done");

        await using var replay = await bed.Recording().ReplayAsync();

        (await replay.TranscriptAsync(id)).ShouldBe(await bed.TranscriptAsync(id));
        (await replay.StoredBytesAsync(id)).ShouldBe(await bed.StoredBytesAsync(id));
    }

    [Test]
    [Statement("5.3")]
    [Statement("5.4b")]
    public async Task A_test_that_acts_too_early_is_told_what_waits()
    {
        var activity = ProcessDefinition.Define("Trip", process => process.OpenToAll().StartsWith(
            process.Activity("Pack", pack => pack.StartRule(InTwoHours).Destinations(to => to.Users("ann")).Client("Pack", task => task.Action("Done")))));
        await using var bed = await BedAsync(process => process.StartRule(InTwoHours));
        await using var ofActivity = await WorkflowTestBed.CreateAsync(activity);
        await bed.StartAsync("dora");
        await ofActivity.StartAsync("dora");

        (await Should.ThrowAsync<NoSingleTaskException>(() => bed.ActAsync("ann", "Done")))
            .Message.ShouldContain("process instance 1 is Active, and begins at 2026-01-05 10:00:00Z. Move the clock with AdvanceAsync");
        (await Should.ThrowAsync<NoSingleTaskException>(() => ofActivity.ActAsync("ann", "Done")))
            .Message.ShouldContain("process instance 1 is Active, and its activity 'Pack' begins at 2026-01-05 10:00:00Z. Move the clock");
    }

    private static IEnumerable<TestCaseData> WithoutAnswer()
    {
        yield return Case("a condition that throws", process => process.StartRule(Broken), "No calendar today.");
        yield return Case("a due time without a value", process => process.StartRule(DueTime.At(Departure)), "has no value");
        yield return Case("a function that gives nothing", process => process.StartRule(DueTime.At("nothing", _ => null)), "has no value");
        yield return Case("the year 9999", process => process.StartRule(DueTime.At("never", _ => DateTimeOffset.MaxValue)), "never comes");
        yield return Case(
            "hours that the host lacks", process => process.StartRule(DueTime.After(Delay.WorkingDays(1)).In("Office")), "no working hours 'Office'");

        static TestCaseData Case(string says, Action<ProcessBuilder> start, string reason) => new TestCaseData(start, reason).SetArgDisplayNames(says);
    }

    private static Rule Broken => Rule.Named("broken", _ => throw new InvalidOperationException("No calendar today."));

    [TestCaseSource(nameof(WithoutAnswer))]
    [Statement("5.4")]
    public async Task A_rule_without_an_answer_is_an_error_of_the_caller(Action<ProcessBuilder> start, string reason)
    {
        await using var bed = await BedAsync(start);

        var refusal = await Should.ThrowAsync<ProcessNotStartedException>(() => bed.StartAsync("dora"));

        refusal.IsConditionFalse.ShouldBeFalse();
        refusal.Message.ShouldStartWith("No instance of 'Trip' was started: its start rule has no answer. ");
        refusal.Message.ShouldContain(reason);
        refusal.InnerException.ShouldNotBeNull().Message.ShouldContain(reason);
        (await bed.Store.FindProcessesAsync(new ProcessQuery(), CancellationToken.None)).ShouldBeEmpty();
    }

    [Test]
    [Statement("5.4")]
    [Statement("9.2")]
    public async Task A_user_without_the_right_does_not_learn_what_the_condition_says()
    {
        var asked = 0;
        var definition = ProcessDefinition.Define("Trip", process =>
        {
            process.Rights(rights => rights.Start("dora")).StartRule(Rule.Named("count", _ => ++asked < 0));
            process.StartsWith(process.Activity("Pack"));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);

        await Should.ThrowAsync<WorkflowAccessDeniedException>(() => bed.StartAsync("eve"));

        asked.ShouldBe(0);
    }

    private static IEnumerable<TestCaseData> Refused()
    {
        var undeclared = new ProcessField<int>("Nights");
        yield return Case("a field that is not declared", process => process.StartRule(undeclared > 0), "declares no such process field");
        yield return Case(
            "a field that is not declared, for the instant", process => process.StartRule(Days > 0, DueTime.At(new ProcessField<DateTimeOffset>("Arrival"))),
            "declares no such process field");
        yield return Case("a field of an activity", process => process.StartRule(new ActivityField<int>("Nights") > 0), "belongs to no activity");
        yield return Case("no time", process => process.StartRule(DueTime.After(TimeSpan.Zero)), "not above zero");
        yield return Case(
            "a calendar for an instant", process => process.StartRule(DueTime.At(Departure).In("Office")), "nothing in it is counted in a calendar");

        static TestCaseData Case(string says, Action<ProcessBuilder> start, string reason) => new TestCaseData(start, reason).SetArgDisplayNames(says);
    }

    [TestCaseSource(nameof(Refused))]
    [Statement("5.4")]
    [Statement("13.4")]
    public void A_rule_without_a_meaning_is_refused_when_built(Action<ProcessBuilder> start, string reason)
    {
        var problem = Should.Throw<ProcessDefinitionException>(() => Trip(start)).Problems.ShouldHaveSingleItem();

        problem.Element.ShouldBe("start rule of the process");
        problem.Message.ShouldContain(reason);
    }

    [Test]
    [Statement("13.4")]
    [Statement("5.5b")]
    public async Task A_calendar_that_the_host_lacks_is_a_finding()
    {
        await using var bed = await BedAsync(process => process.StartRule(DueTime.After(Delay.WorkingDays(1)).In("Office")));

        var finding = bed.Deployments.ShouldHaveSingleItem().Findings.ShouldHaveSingleItem();

        (finding.Id, finding.Path).ShouldBe((FindingIds.UnknownCalendar, "start rule of the process"));
        finding.Reason.ShouldContain("every start is refused");
    }
}
