using Workflow.Core.Calendars;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Start rules: when an activity begins. The test bed begins on Monday 2026-01-05 at 08:00 in UTC.</summary>
[TestFixture]
public sealed class Chapter05StartRules
{
    private static readonly ProcessField<DateTimeOffset> Departure = new("Departure");
    private static readonly ProcessField<DateOnly> TravelDate = new("Travel date");

    private static WorkingHours Office(Action<WorkingHoursBuilder>? more = null) => WorkingHours.Define("Office", "Europe/Lisbon", hours =>
    {
        hours.On(DayOfWeek.Monday, DayOfWeek.Friday, "09:00-12:00", "13:00-17:00");
        more?.Invoke(hours);
    });

    /// <code>
    /// ► Prepare (begins when the rule says; ann) ──► After ──►
    /// </code>
    private static ProcessDefinition Waiting(DueTime when) => ProcessDefinition.Define("Trip", process =>
    {
        process.OpenToAll().Fields(Departure, TravelDate);
        var prepare = process.Activity("Prepare", activity => activity
            .StartRule(when).Destinations(to => to.Users("ann")).Client("Pack", task => task.Action("Done")));
        process.StartsWith(prepare);
        prepare.To(process.Activity("After"));
    });

    private static Task<WorkflowTestBed> BedAsync(DueTime when) =>
        WorkflowTestBed.CreateAsync(Waiting(when), options => options.WorkingHours.Add(Office()));

    private static async Task<DateTimeOffset?> StartsAtAsync(DueTime when, Action<ProcessStart>? begin = null)
    {
        await using var bed = await BedAsync(when);
        return (await bed.ReadAsync((await bed.StartAsync("dora", begin)).Id)).Activities.ShouldHaveSingleItem().StartsAt;
    }

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);

    [Test]
    [Statement("5.1")]
    [Statement("5.3")]
    public async Task L09_an_activity_waits_two_hours_without_a_task_and_then_begins()
    {
        await using var bed = await BedAsync(DueTime.After(TimeSpan.FromHours(2)));
        var id = (await bed.StartAsync("dora")).Id;

        var waiting = (await bed.ReadAsync(id)).Activities.ShouldHaveSingleItem();
        waiting.StartsAt.ShouldBe(WorkflowTestBed.Beginning.AddHours(2));
        waiting.Destinations.ShouldBeEmpty();
        (await bed.ReadAsync(id)).Status.ShouldBe(ProcessInstanceStatus.Active);
        (await bed.AdvanceAsync(TimeSpan.FromHours(2) - TimeSpan.FromTicks(1))).ShouldBe(0);
        (await bed.WorklistAsync("ann")).ShouldBeEmpty();

        (await bed.AdvanceAsync(TimeSpan.FromTicks(1))).ShouldBe(1);

        (await bed.WorklistAsync("ann")).ShouldHaveSingleItem();
        (await bed.ReadAsync(id)).Activities.ShouldHaveSingleItem().StartsAt.ShouldBeNull();
        await bed.ActAsync("ann", "Done");
        (await bed.ReadAsync(id)).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("5.3")]
    public async Task L11_a_date_in_the_past_begins_at_once()
    {
        await using var bed = await BedAsync(DueTime.At(WorkflowTestBed.Beginning.AddDays(-1)));

        await bed.StartAsync("dora");

        (await bed.WorklistAsync("ann")).ShouldHaveSingleItem();
        (await bed.AdvanceAsync(TimeSpan.FromDays(400))).ShouldBe(0);
    }

    [Test]
    [Statement("5.2")]
    public async Task A_rule_counts_from_the_arrival_a_date_a_field_or_a_function()
    {
        (await StartsAtAsync(DueTime.Now)).ShouldBeNull();
        (await StartsAtAsync(DueTime.After(Delay.WorkingHours(4).In("Office")))).ShouldBe(At("2026-01-05T14:00Z"), "8:00 is before the opening");
        (await StartsAtAsync(DueTime.At(At("2026-02-01T00:00Z")).Plus(TimeSpan.FromDays(1)))).ShouldBe(At("2026-02-02T00:00Z"));
        (await StartsAtAsync(DueTime.At(Departure).Minus(TimeSpan.FromHours(3)), start => start.Set(Departure, At("2026-01-09T10:00+02:00"))))
            .ShouldBe(At("2026-01-09T05:00Z"));
        var function = DueTime.At("the day before", context => context.Get(Departure).AddDays(-1));
        (await StartsAtAsync(function, start => start.Set(Departure, At("2026-01-09T10:00Z")))).ShouldBe(At("2026-01-08T10:00Z"));
    }

    [Test]
    [Statement("5.2")]
    [Statement("5.7d")]
    public async Task Three_working_days_before_the_trip_are_counted_in_the_office() =>
        (await StartsAtAsync(DueTime.At(TravelDate).Minus(Delay.WorkingDays(3)).In("Office"), start => start.Set(TravelDate, new DateOnly(2026, 7, 15))))
            .ShouldBe(At("2026-07-09T17:00+01:00"), "midnight is outside of working time, so the rule moves back to the end of the day before");

    [Test]
    [Statement("5.2b")]
    public async Task A_date_is_that_of_the_named_clock_and_of_utc_without_one()
    {
        (await StartsAtAsync(DueTime.At(new DateOnly(2026, 7, 1)))).ShouldBe(At("2026-07-01T00:00Z"));
        (await StartsAtAsync(DueTime.At(new DateOnly(2026, 7, 1)).In("Europe/Rome"))).ShouldBe(At("2026-06-30T22:00Z"));
        (await StartsAtAsync(DueTime.At(new DateTime(2026, 3, 29, 2, 30, 0)).In("Europe/Rome"))).ShouldBe(At("2026-03-29T01:00Z"), "the clock skips it");
        (await StartsAtAsync(DueTime.At(TravelDate).In("Office"), start => start.Set(TravelDate, new DateOnly(2026, 7, 1)))).ShouldBe(At("2026-06-30T23:00Z"));
    }

    [Test]
    [Statement("5.8")]
    [Statement("5.8b")]
    public async Task Elapsed_time_and_calendar_days_differ_where_the_clock_changes()
    {
        var before = At("2026-03-28T12:00Z");

        (await StartsAtAsync(DueTime.At(before).Plus(TimeSpan.FromDays(60)))).ShouldBe(At("2026-05-27T12:00Z"));
        (await StartsAtAsync(DueTime.At(before).Plus(Delay.CalendarDays(60).In("Europe/Rome")))).ShouldBe(At("2026-05-27T11:00Z"));
    }

    [Test]
    [Statement("5.9")]
    public async Task An_instant_that_is_worked_out_does_not_move_with_the_hours()
    {
        var hours = new List<WorkingHoursTable>();
        await using var bed = await WorkflowTestBed.CreateAsync(
            Waiting(DueTime.After(Delay.WorkingDays(2)).In("Office")),
            options =>
            {
                options.WorkingHours.Add(Office());
                hours.Add(options.WorkingHours);
            });
        var first = (await bed.StartAsync("dora")).Id;
        hours.ForEach(table => table.Replace(Office(more => more.Holiday(new DateOnly(2026, 1, 6)))));
        var second = (await bed.StartAsync("dora")).Id;

        (await bed.ReadAsync(first)).Activities[0].StartsAt.ShouldBe(At("2026-01-07T09:00Z"));
        (await bed.ReadAsync(second)).Activities[0].StartsAt.ShouldBe(At("2026-01-08T09:00Z"));
    }

    /// <summary>The activity is entered a second time by a line back to it.</summary>
    [Test]
    [Statement("5.9")]
    public async Task A_field_that_changes_moves_the_next_arrival_only()
    {
        var definition = ProcessDefinition.Define("Trip", process =>
        {
            process.OpenToAll().Fields(Departure);
            var prepare = process.Activity("Prepare", activity => activity
                .StartRule(DueTime.At(Departure)).Destinations(to => to.Users("ann")).Client("Pack", task => task.Action("Again")));
            process.StartsWith(prepare);
            process.StartsWith(process.Activity(
                "Postpone", activity => activity.Server("Postpone", context => context.Set(Departure, At("2026-03-01T10:00Z")))));
            prepare.To(prepare);
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        var id = (await bed.StartAsync("dora", start => start.Set(Departure, At("2026-02-01T10:00Z")))).Id;

        (await bed.ReadAsync(id)).Fields.Get<DateTimeOffset>("Departure").ShouldBe(At("2026-03-01T10:00Z"));
        (await bed.ReadAsync(id)).Activities.ShouldHaveSingleItem().StartsAt.ShouldBe(At("2026-02-01T10:00Z"));
        await bed.AdvanceAsync(TimeSpan.FromDays(28));
        await bed.ActAsync("ann", "Again");

        (await bed.ReadAsync(id)).Activities.ShouldHaveSingleItem().StartsAt.ShouldBe(At("2026-03-01T10:00Z"));
    }

    [Test]
    [Statement("5.1")]
    public async Task A_start_rule_is_not_asked_where_the_preceding_rule_is_false()
    {
        var asked = 0;
        var definition = ProcessDefinition.Define("Trip", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Prepare", activity => activity
                .PrecedingRule(Rule.Named("never", _ => false))
                .StartRule(DueTime.At("a date", _ =>
                {
                    asked++;
                    return null;
                }))));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);

        (await bed.ReadAsync((await bed.StartAsync("dora")).Id)).Status.ShouldBe(ProcessInstanceStatus.Completed);

        asked.ShouldBe(0);
    }

    [Test]
    [Statement("5.3")]
    public async Task An_activity_that_waits_wakes_on_another_host()
    {
        await using var bed = await BedAsync(DueTime.After(TimeSpan.FromDays(400)));
        var id = (await bed.StartAsync("dora")).Id;

        await bed.RestartAsync();
        (await bed.AdvanceAsync(TimeSpan.FromDays(400) - TimeSpan.FromSeconds(1))).ShouldBe(0);
        await bed.RestartAsync();
        (await bed.AdvanceAsync(TimeSpan.FromSeconds(1))).ShouldBe(1);

        (await bed.WorklistAsync("ann")).ShouldHaveSingleItem().Serial.ProcessInstance.ShouldBe(id);
    }

    [Test]
    [Statement("14.1")]
    [Statement("5.9")]
    public async Task A_replay_works_out_the_same_instant()
    {
        await using var bed = await BedAsync(DueTime.After(Delay.WorkingDays(2)).In("Office"));
        var id = (await bed.StartAsync("dora")).Id;
        await bed.AdvanceAsync(TimeSpan.FromDays(3));
        await bed.ActAsync("ann", "Done");

        await using var replay = await bed.Recording().ReplayAsync();

        (await replay.TranscriptAsync(id)).ShouldBe(await bed.TranscriptAsync(id));
        (await replay.StoredBytesAsync(id)).ShouldBe(await bed.StoredBytesAsync(id));
    }

    [Test]
    [Statement("5.3")]
    public async Task The_history_tells_until_when_it_waits_and_that_it_begins()
    {
        await using var bed = await BedAsync(DueTime.After(TimeSpan.FromHours(2)));
        var id = (await bed.StartAsync("dora")).Id;
        await bed.AdvanceAsync(TimeSpan.FromHours(2));

        (await bed.HistoryAsync(id)).Where(fact => fact.Kind is JournalKind.StartAwaited or JournalKind.StartReached)
            .Select(fact => (fact.Kind, fact.Name, fact.Detail, fact.Time)).ShouldBe(
            [
                (JournalKind.StartAwaited, "Prepare", "2026-01-05 10:00:00Z", WorkflowTestBed.Beginning),
                (JournalKind.StartReached, "Prepare", null, WorkflowTestBed.Beginning.AddHours(2)),
            ]);
    }

    [Test]
    [Statement("5.3")]
    public async Task The_next_start_is_found_in_the_store()
    {
        await using var bed = await BedAsync(DueTime.After(TimeSpan.FromHours(2)));
        var id = (await bed.StartAsync("dora")).Id;

        var timers = await bed.Store.FindTimersAsync(new TimerQuery { DueUntil = WorkflowTestBed.Beginning.AddHours(2) }, CancellationToken.None);

        var timer = timers.ShouldHaveSingleItem();
        (timer.ProcessInstance, timer.Kind, timer.Element, timer.DueAt)
            .ShouldBe((id, ProcessTimerKind.Start, "Prepare", WorkflowTestBed.Beginning.AddHours(2)));
    }

    private static IEnumerable<TestCaseData> Failing()
    {
        yield return Case("a field without a value", DueTime.At(Departure), "has no value");
        yield return Case("a function that gives nothing", DueTime.At("nothing", _ => null), "has no value");
        yield return Case("a function that throws", DueTime.At("broken", _ => throw new InvalidOperationException("No calendar today.")), "No calendar today.");
        yield return Case("the year 9999", DueTime.At("never", _ => DateTimeOffset.MaxValue), "never comes");
        yield return Case("a date before all dates", DueTime.At("early", _ => DateTimeOffset.MinValue).Minus(TimeSpan.FromDays(1)), "years 1 to 9999");
        yield return Case("hours that the host lacks", DueTime.After(Delay.WorkingDays(1)).In("Offcie"), "Did you mean 'Office'?");
        yield return Case(
            "hours that the host lacks, for a date", DueTime.At(new DateOnly(2026, 7, 1)).In("Offcie"), "Did you mean the working hours 'Office'?");
        yield return Case("a zone that the machine lacks", DueTime.After(Delay.CalendarDays(1)).In("Europe/Rom"), "Did you mean 'Europe/Rome'?");

        static TestCaseData Case(string says, DueTime when, string reason) => new TestCaseData(when, reason).SetArgDisplayNames(says);
    }

    [TestCaseSource(nameof(Failing))]
    [Statement("5.2")]
    [Statement("8.1")]
    public async Task A_rule_that_gives_no_instant_puts_its_instance_into_error(DueTime when, string reason)
    {
        await using var bed = await BedAsync(when);
        var failed = await bed.ReadAsync((await bed.StartAsync("dora")).Id);

        failed.Status.ShouldBe(ProcessInstanceStatus.Error);
        failed.Error.ShouldNotBeNull().Element.ShouldBe("start rule of 'Prepare'");
        failed.Error.Message.ShouldContain(reason);
        if (failed.Error.ExceptionType.EndsWith(nameof(CalendarException), StringComparison.Ordinal))
        {
            failed.Error.Message.ShouldEndWith("Then retry this instance.");
        }

        failed.Suspended.ShouldHaveSingleItem().ShouldBe(new SuspendedStep("AwaitStart", failed.Activities.ShouldHaveSingleItem().Id, 0, ""));
    }

    [Test]
    [Statement("5.3")]
    [Statement("8.2")]
    [Statement("6.6b")]
    public async Task A_start_that_is_due_in_error_waits_until_the_code_that_failed_was_called_again([Values] bool fromStore)
    {
        var ran = new List<string>();
        var isBroken = true;
        var definition = ProcessDefinition.Define("Trip", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Prepare", activity => activity
                .StartRule(DueTime.After(TimeSpan.FromHours(2)))
                .Server("Pack", _ => ran.Add("Pack"))));
            process.StartsWith(process.Activity("Book", activity => activity.Server("Reserve", _ =>
            {
                ran.Add("Reserve");
                if (isBroken)
                {
                    throw new InvalidOperationException("No seat.");
                }
            })));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        var id = (await bed.StartAsync("dora")).Id;

        await bed.AdvanceAsync(TimeSpan.FromHours(2));

        var failed = await bed.ReadAsync(id);
        failed.Status.ShouldBe(ProcessInstanceStatus.Error);
        failed.Suspended.ShouldBeEmpty();
        (await bed.AdvanceAsync(TimeSpan.FromDays(1))).ShouldBe(0);
        if (fromStore)
        {
            await bed.RestartAsync();
        }

        isBroken = false;
        await bed.Engine.AsSystem().ManageProcesses().RetryAsync(id);
        await bed.FireDueAsync();

        ran.ShouldBe(["Reserve", "Reserve", "Pack"]);
        (await bed.ReadAsync(id)).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    private static IEnumerable<TestCaseData> Refused()
    {
        yield return Case("no time", DueTime.After(TimeSpan.Zero), "not above zero");
        yield return Case("less than no time", DueTime.At(Departure).Minus(TimeSpan.FromHours(-1)), "not above zero");
        yield return Case("no working days", DueTime.After(Delay.WorkingDays(0)).In("Office"), "not above zero");
        yield return Case("the year 9999", DueTime.At(DateTimeOffset.MaxValue), "year 9999");
        yield return Case("the local year 9999", DueTime.At(DateOnly.MaxValue), "year 9999");
        yield return Case("a calendar for an instant", DueTime.At(Departure).In("Office"), "nothing in it is counted in a calendar");
        yield return Case(
            "a calendar for elapsed time", DueTime.After(Delay.Elapsed(TimeSpan.FromHours(1)).In("Office")), "nothing in it is counted in a calendar");
        yield return Case("a default calendar for an instant", DueTime.At(Departure).InDefaultCalendar(), "asks for the default calendar, and nothing");
        yield return Case("a blank calendar", DueTime.At(TravelDate).In(" "), "it is blank");
        yield return Case("a field that is not declared", DueTime.At(new ProcessField<DateTimeOffset>("Arrival")), "declares no such process field");
        yield return Case(
            "a field of the answer", DueTime.At(new DestinationField<DateTimeOffset>("Proposal")), "a start rule is asked when there is no destination");

        static TestCaseData Case(string says, DueTime when, string reason) => new TestCaseData(when, reason).SetArgDisplayNames(says);
    }

    [TestCaseSource(nameof(Refused))]
    [Statement("5.2")]
    public void A_rule_without_a_meaning_is_refused_with_the_name_of_the_activity(DueTime when, string reason)
    {
        var problem = Should.Throw<ProcessDefinitionException>(() => Waiting(when)).Problems.ShouldHaveSingleItem();

        problem.Element.ShouldBe("start rule of activity 'Prepare'");
        problem.Message.ShouldContain(reason);
    }

    [Test]
    [Statement("5.2")]
    public void A_due_time_has_one_amount_and_a_local_time_no_offset()
    {
        Should.Throw<InvalidOperationException>(() => DueTime.After(TimeSpan.FromDays(1)).Plus(TimeSpan.FromHours(1))).Message.ShouldContain("Delay.And");
        Should.Throw<ArgumentException>(() => DueTime.At(DateTime.UnixEpoch)).Message.ShouldContain("Unspecified");
        Should.Throw<ArgumentException>(() => DueTime.At("", _ => null)).Message.ShouldContain("it is blank");
    }

    [Test]
    [Statement("13.4")]
    [Statement("5.5b")]
    public async Task A_calendar_that_the_host_lacks_is_a_finding()
    {
        await using var bed = await BedAsync(DueTime.After(Delay.WorkingDays(1)).In("Offcie"));
        await using var other = await BedAsync(DueTime.At(TravelDate).Minus(Delay.WorkingDays(1).In("Office")).In("Europe/Rome"));

        var finding = bed.Deployments.ShouldHaveSingleItem().Findings.ShouldHaveSingleItem();
        (finding.Id, finding.Severity, finding.Path).ShouldBe((FindingIds.UnknownCalendar, FindingSeverity.Warning, "activity 'Prepare' / start rule"));
        finding.Remedy.ShouldContain("Did you mean 'Office'?");
        other.Deployments.ShouldHaveSingleItem().Findings.ShouldBeEmpty();
    }

    [Test]
    [Statement("5.9")]
    public void Working_hours_are_known_once_under_each_name()
    {
        var table = new WorkingHoursTable { Office() };

        Should.Throw<ArgumentException>(() => table.Add(Office())).Message.ShouldContain("'Office' already");
        table.Replace(WorkingHours.Define("A plant", "UTC", hours => hours.EveryDay("00:00-24:00")));

        table.Select(hours => hours.Name).ShouldBe(["A plant", "Office"]);
    }

    [Test]
    [Statement("13.8")]
    public void A_due_time_and_an_amount_have_words()
    {
        DueTime.At(TravelDate).Minus(Delay.WorkingDays(1).And(TimeSpan.FromHours(3))).In("Office").ToString()
            .ShouldBe("due(at the start of(process field \"Travel date\"), minus 1 working day and 03:00:00, in \"Office\")");
        Delay.CalendarDays(60).In("Europe/Rome").ToString().ShouldBe("60 calendar days in 'Europe/Rome'");
        Delay.WorkingHours(4).ToString().ShouldBe("04:00:00 of working time");
        Delay.Elapsed(TimeSpan.FromDays(2)).ToString().ShouldBe("2.00:00:00");
    }
}
