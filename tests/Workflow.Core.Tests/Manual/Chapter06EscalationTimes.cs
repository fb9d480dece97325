using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>When an escalation is due for the first time, and from when it counts. The test bed begins on Monday 2026-01-05 at 08:00 in UTC.</summary>
[TestFixture]
public sealed class Chapter06EscalationTimes
{
    private static readonly ProcessField<DateTimeOffset> Deadline = new("Deadline");
    private static readonly ProcessField<DateTimeOffset> Ordered = new("Ordered");
    private static readonly ProcessField<DateOnly> Day = new("Day");

    /// <code>
    /// ► Ask (A) ──► After ──►
    /// </code>
    private static ProcessDefinition Asking(Action<ActivityBuilder> more) =>
        Worklists.Asking(activity => more(activity.Once(1, 1).Chooses()), Deadline, Ordered, Day);

    private static ProcessDefinition Asking(DueTime when, Repeat? repeat = null) =>
        Asking(activity => activity.Escalation("Remind", when: when, then => then.Mails(), repeat: repeat));

    private static ProcessDefinition Asking(Delay after, Repeat? repeat = null) =>
        Asking(activity => activity.Escalation("Remind", after: after, then => then.Mails(), repeat: repeat));

    private static WorkingHours Lisbon(Action<WorkingHoursBuilder>? more = null) => WorkingHours.Define("OL", "Europe/Lisbon", hours =>
    {
        hours.On(DayOfWeek.Monday, DayOfWeek.Friday, "09:00-12:00", "13:00-17:00");
        more?.Invoke(hours);
    });

    [Test]
    [Statement("6.1")]
    public async Task Nothing_escalates_by_itself()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(_ => { }));
        var id = await bed.BeginAsync();

        (await bed.AdvanceAsync(TimeSpan.FromDays(4_000))).ShouldBe(0);

        (await bed.EscalationFactsAsync(id)).ShouldBeEmpty();
        (await bed.ReadAsync(id)).Escalations.ShouldBeEmpty();
    }

    [Test]
    [Statement("6.1")]
    [Statement("6.2")]
    public async Task Process_activity_and_event_escalate_each_from_its_own_beginning()
    {
        var definition = ProcessDefinition.Define("Levels", process =>
        {
            process.Managed().Escalation("Of the process", after: TimeSpan.FromHours(10), then => then.Mails());
            var prepare = process.Activity("Prepare", activity => activity.Once(1, 1).Chooses());
            var ask = process.Activity("Ask", activity => activity
                .Once(1, 1)
                .Escalation("Of the activity", after: TimeSpan.FromHours(10), then => then.Mails())
                .Waits()
                .Chooses(more: task => task.Escalation("Of the event", after: TimeSpan.FromHours(10), then => then.Mails())));
            process.StartsWith(prepare);
            prepare.To(ask);
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        var id = await bed.BeginAsync();
        await bed.AdvanceToAsync("2026-01-05T10:00Z");
        await bed.ActAsync("A", "Approve");
        await bed.AdvanceToAsync("2026-01-05T12:00Z");
        await bed.FinishAsync(id, "Ask");

        var process = await bed.ReadAsync(id);
        process.Escalations.Select(armed => (armed.Name, armed.DueAt, armed.Number)).ShouldBe([("Of the process", Firings.At("2026-01-05T18:00Z"), 1)]);
        var ask = process.Activities.ShouldHaveSingleItem();
        ask.Escalations.Select(armed => (armed.Name, armed.DueAt, armed.Number)).ShouldBe([("Of the activity", Firings.At("2026-01-05T20:00Z"), 1)]);
        ask.Destinations.ShouldHaveSingleItem().Escalations.Select(armed => (armed.Name, armed.DueAt, armed.Number))
            .ShouldBe([("Of the event", Firings.At("2026-01-05T22:00Z"), 1)]);
        await bed.AdvanceToAsync("2026-02-01T00:00Z");

        (await bed.FiringsAsync(id)).ShouldBe(["Of the process 01-05 18:00", "Of the activity 01-05 20:00", "Of the event 01-05 22:00"]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        (await bed.ReadAsync(id)).Escalations.ShouldBeEmpty();
    }

    [Test]
    [Statement("6.2")]
    public async Task Each_event_of_an_activity_counts_from_its_own_turn()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.InTurn(2)
            .Client("First", task => task.Action("Go on").Escalation("On the first", after: TimeSpan.FromHours(2), then => then.Mails()))
            .Client("Second", task => task.Action("Done").Escalation("On the second", after: TimeSpan.FromHours(2), then => then.Mails()))));
        var id = await bed.BeginAsync();
        await bed.AdvanceToAsync("2026-01-05T09:00Z");
        await bed.ActAsync("A", "Go on");
        await bed.AdvanceToAsync("2026-01-05T12:00Z");
        await bed.ActAsync("A", "Done");
        await bed.AdvanceToAsync("2026-01-05T20:00Z");

        (await bed.FiringsAsync(id)).ShouldBe(["On the second 01-05 11:00", "On the first 01-05 14:00"], "the first destination left its first event in time");
    }

    [Test]
    [Statement("6.2")]
    public async Task E2_13_nothing_counts_before_the_start_rule_lets_the_activity_begin()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity
            .StartRule(DueTime.After(TimeSpan.FromHours(2)))
            .Escalation("Of the activity", after: TimeSpan.FromHours(1), then => then.Mails())
            .Once(1, 1)
            .Chooses(more: task => task.Escalation("Of the event", after: TimeSpan.FromMinutes(30), then => then.Mails()))));
        var id = await bed.BeginAsync();

        (await bed.TimersAsync(id)).ShouldBe(["01-05 10:00 Ask"]);
        (await bed.ReadAsync(id)).Activities.ShouldHaveSingleItem().Escalations.ShouldBeEmpty();
        await bed.AdvanceToAsync("2026-01-05T20:00Z");

        (await bed.FiringsAsync(id)).ShouldBe(["Of the event 01-05 10:30", "Of the activity 01-05 11:00"]);
    }

    [Test]
    [Statement("6.2")]
    public async Task Activity_escalations_are_armed_although_the_destination_rule_finds_nobody()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Asking(activity => activity
                .Destinations(to => to.Role("Night watch").ResolvedToUsers()).WhenNobody(NoDestinations.WaitForRole).Chooses()
                .Escalation("Give up", after: TimeSpan.FromHours(1), then => then.ExpireActivity())),
            options => options.DestinationResolver = new Destinations.StaticDestinations { { Destination.Role("Night watch") } });
        var id = await bed.BeginAsync();
        await bed.AdvanceToAsync("2026-01-05T10:00Z");

        (await bed.FiringsAsync(id)).ShouldBe(["Give up 01-05 09:00"]);
        (await bed.PathAsync(id)).ShouldBe("After");
    }

    [Test]
    [Statement("6.2")]
    [Statement("10.7")]
    public async Task E2_17_an_activity_that_is_entered_again_counts_anew()
    {
        var definition = ProcessDefinition.Define("Rework", process =>
        {
            process.Managed();
            var approval = process.Activity("Approval", activity => activity
                .Once(1, 1).Chooses().OutcomesFromActions().Escalation("Mail", after: TimeSpan.FromDays(2), then => then.Mails()));
            var rework = process.Activity("Rework", activity => activity.Destinations(to => to.Users("B")).Client("Change", task => task.Action("Submit")));
            process.StartsWith(approval);
            approval.On("Reject", rework);
            rework.To(approval);
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        var id = await bed.BeginAsync();
        await bed.AdvanceToAsync("2026-01-06T08:00Z");
        await bed.ActAsync("A", "Reject");
        await bed.AdvanceToAsync("2026-01-06T20:00Z");
        await bed.ActAsync("B", "Submit");
        await bed.AdvanceToAsync("2026-01-30T00:00Z");

        (await bed.FiringsAsync(id)).ShouldBe(["Mail 01-08 20:00"]);
    }

    private static IEnumerable<TestCaseData> Forms()
    {
        yield return Case("an instant", DueTime.At(Firings.At("2026-01-07T10:00Z")), "01-07 10:00");
        yield return Case("a local time", DueTime.At(new DateTime(2026, 1, 7, 10, 0, 0)).In("Asia/Kathmandu"), "01-07 04:15");
        yield return Case("a date", DueTime.At(new DateOnly(2026, 1, 7)), "01-07 00:00");
        yield return Case("a date of a zone", DueTime.At(new DateOnly(2026, 1, 7)).In("America/New_York"), "01-07 05:00");
        yield return Case("a date of a field", DueTime.At(Day).In("OL"), "01-14 00:00");
        yield return Case("a field", DueTime.At(Deadline), "01-09 12:00");
        yield return Case("after a field", DueTime.At(Deadline).Plus(TimeSpan.FromHours(5)), "01-09 17:00");
        yield return Case("before a field", DueTime.At(Deadline).Minus(Delay.CalendarDays(3)).In("Europe/Rome"), "01-06 12:00");
        yield return Case("working days before a date", DueTime.At(Day).Minus(Delay.WorkingDays(3)).In("OL"), "01-08 17:00");
        yield return Case("a function", DueTime.At("an hour before", context => context.Get(Deadline).AddHours(-1)), "01-09 11:00");
        yield return Case("a working day from now", DueTime.After(Delay.WorkingDays(1)).In("OL"), "01-06 09:00");
        yield return Case("working hours from now", DueTime.After(Delay.WorkingHours(8).In("OL")), "01-06 10:00");
        yield return Case("elapsed time from now", DueTime.After(TimeSpan.FromDays(1.5)), "01-06 20:00");

        static TestCaseData Case(string says, DueTime when, string due) => new TestCaseData(when, due).SetArgDisplayNames(says);
    }

    [TestCaseSource(nameof(Forms))]
    [Statement("6.3")]
    [Statement("5.8")]
    public async Task T08_a_rule_names_a_date_or_an_amount_of_time_and_counts_by_the_clock_unless_it_names_a_zone(DueTime when, string due)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(when), options => options.WorkingHours.Add(Lisbon()));
        var id = await bed.BeginAsync(start => start.Set(Deadline, Firings.At("2026-01-09T12:00Z")).Set(Day, new DateOnly(2026, 1, 14)));

        await bed.AdvanceAsync(TimeSpan.FromDays(60));

        (await bed.FiringsAsync(id)).ShouldBe([$"Remind {due}"]);
    }

    [Test]
    [Statement("6.3")]
    public async Task E07_a_date_that_is_past_escalates_at_once()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(DueTime.At(Firings.At("2025-12-01T00:00Z"))));
        var id = await bed.BeginAsync();

        await bed.FireDueAsync();

        (await bed.FiringsAsync(id)).ShouldBe(["Remind 01-05 08:00"]);
        (await bed.FiringDetailsAsync(id)).ShouldBe(["firing 1 of 1, due 2026-01-05 08:00:00Z"]);
        (await bed.AdvanceAsync(TimeSpan.FromDays(900))).ShouldBe(0);
    }

    [Test]
    [Statement("6.3")]
    [Statement("6.3b")]
    public async Task E2_22_a_late_date_counts_its_repeats_from_the_instant_of_arming()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(DueTime.At(Ordered).Plus(TimeSpan.FromDays(1)), repeat: 2));
        var id = await bed.BeginAtAsync("2026-06-10T09:00Z", start => start.Set(Ordered, Firings.At("2026-06-01T08:00Z")));

        await bed.AdvanceToAsync("2026-07-10T00:00Z");

        (await bed.FiringsAsync(id)).ShouldBe(["Remind 06-10 09:00", "Remind 06-11 09:00", "Remind 06-12 09:00"]);
    }

    [Test]
    [Statement("6.3b")]
    public async Task E2_21_a_date_without_a_value_arms_nothing_and_is_reported()
    {
        using var log = new WarningLog();
        var definition = Asking(DueTime.At(Deadline).Minus(TimeSpan.FromDays(1)));
        await using var bed = await WorkflowTestBed.CreateAsync(definition, options => options.LoggerFactory = log);
        var id = await bed.BeginAsync();

        (await bed.EscalationFactsAsync(id)).ShouldBe(["EscalationNotArmed Remind 01-05 08:00"]);
        log.Warnings.ShouldContain(warning => warning.Contains("'Remind'", StringComparison.Ordinal));
        (await bed.TimersAsync(id)).ShouldBeEmpty();
        (await bed.AdvanceAsync(TimeSpan.FromDays(900))).ShouldBe(0);
        await bed.ActAsync("A", "Approve");
        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }

    /// <summary>The activity is entered again by a line back to it. Another activity sets the date meanwhile.</summary>
    [Test]
    [Statement("5.9")]
    public async Task E2_20_a_date_that_changes_moves_nothing_that_is_armed()
    {
        var definition = ProcessDefinition.Define("Due", process =>
        {
            process.Managed().Fields(Deadline);
            var ask = process.Activity("Ask", activity => activity
                .Once(1, 1).Chooses().Escalation("Remind", when: DueTime.At(Deadline).Minus(TimeSpan.FromHours(1)), then => then.Mails()));
            process.StartsWith(ask).StartsWith(process.Activity("Postpone", activity => activity.Waits()));
            ask.To(ask);
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        var stays = await bed.BeginAtAsync("2026-01-06T07:00Z", start => start.Set(Deadline, Firings.At("2026-01-06T11:00Z")));
        var comesBack = await bed.BeginAsync(start => start.Set(Deadline, Firings.At("2026-01-06T11:00Z")));
        await bed.AdvanceToAsync("2026-01-06T09:30Z");
        await bed.FinishAsync(stays, "Postpone", finish => finish.Set(Deadline, Firings.At("2026-01-06T17:00Z")));
        await bed.FinishAsync(comesBack, "Postpone", finish => finish.Set(Deadline, Firings.At("2026-01-06T17:00Z")));
        await bed.AdvanceToAsync("2026-01-06T12:00Z");
        await bed.ActAsync("A", (await bed.ItemAsync("A", comesBack)).Serial, "Approve");
        await bed.AdvanceToAsync("2026-01-09T00:00Z");

        (await bed.FiringsAsync(stays)).ShouldBe(["Remind 01-06 10:00"]);
        (await bed.FiringsAsync(comesBack)).ShouldBe(["Remind 01-06 10:00", "Remind 01-06 16:00"]);
    }

    [Test]
    [Statement("5.9")]
    [Statement("6.4")]
    public async Task Hours_that_change_move_no_due_instant_that_is_armed()
    {
        var tables = new List<WorkingHoursTable>();
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(Delay.WorkingDays(2).In("OL")), options =>
        {
            options.WorkingHours.Add(Lisbon());
            tables.Add(options.WorkingHours);
        });
        var id = await bed.BeginAsync();
        tables.ForEach(table => table.Replace(Lisbon(more => more.Holiday(new DateOnly(2026, 1, 6)))));
        await bed.AdvanceToAsync("2026-01-30T00:00Z");

        (await bed.FiringsAsync(id)).ShouldBe(["Remind 01-07 09:00"]);
    }

    [Test]
    [Statement("6.3")]
    [Statement("8.1")]
    public async Task A_rule_that_throws_puts_the_instance_into_error_and_is_named()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(DueTime.At("broken", _ => throw new InvalidOperationException("No calendar today."))));
        var failed = await bed.ReadAsync(await bed.BeginAsync());

        failed.Status.ShouldBe(ProcessInstanceStatus.Error);
        var error = failed.Error.ShouldNotBeNull();
        error.Element.ShouldContain("'Remind'");
        error.Element.ShouldContain("'Ask'");
        error.Message.ShouldContain("No calendar today.");
        (await bed.SeesAllAsync("A")).ShouldBe("");
    }
}
