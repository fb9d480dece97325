using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>How often an escalation fires, and what comes of the due instants at which no host ran.</summary>
[TestFixture]
public sealed class Chapter06EscalationRepeats
{
    private static readonly ProcessField<DateTimeOffset> Deadline = new("Deadline");

    private static ProcessDefinition Asking(Action<ActivityBuilder> more) => Worklists.Asking(activity => more(activity.Once(1, 1).Chooses()), Deadline);

    private static ProcessDefinition Asking(Delay after, Repeat? repeat = null) =>
        Asking(activity => activity.Escalation("Remind", after: after, then => then.Mails(), repeat: repeat));

    private static ProcessDefinition Asking(DueTime when, Repeat? repeat) =>
        Asking(activity => activity.Escalation("Remind", when: when, then => then.Mails(), repeat: repeat));

    private static WorkingHours Lisbon(params DateOnly[] holidays) => WorkingHours.Define("OL", "Europe/Lisbon", hours =>
    {
        hours.On(DayOfWeek.Monday, DayOfWeek.Friday, "09:00-12:00", "13:00-17:00");
        foreach (var holiday in holidays)
        {
            hours.Holiday(holiday);
        }
    });

    [Test]
    [Statement("6.4")]
    public async Task E01_an_escalation_fires_once_and_then_as_often_as_it_repeats([Values] bool acts)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(TimeSpan.FromDays(7), repeat: 5));
        var id = await bed.BeginAsync();
        await bed.AdvanceAsync(TimeSpan.FromDays(10));
        if (acts)
        {
            await bed.ActAsync("A", "Approve");
        }

        await bed.AdvanceAsync(TimeSpan.FromDays(100));

        string[] all =
        [
            "Remind 01-12 08:00", "Remind 01-19 08:00", "Remind 01-26 08:00", "Remind 02-02 08:00", "Remind 02-09 08:00", "Remind 02-16 08:00",
        ];
        (await bed.FiringsAsync(id)).ShouldBe(acts ? all[..1] : all);
        (await bed.TimersAsync(id)).ShouldBeEmpty();
        if (!acts)
        {
            (await bed.FiringDetailsAsync(id))[1].ShouldBe("firing 2 of 6, due 2026-01-19 08:00:00Z");
        }
    }

    [Test]
    [Statement("6.4")]
    [Statement("5.7")]
    public async Task E2_01_a_working_day_is_counted_from_one_firing_to_the_next()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Asking(Delay.WorkingDays(1).In("OL"), repeat: 2), options => options.WorkingHours.Add(Lisbon(new DateOnly(2026, 12, 25))));
        var id = await bed.BeginAtAsync("2026-12-23T15:00Z");

        await bed.AdvanceToAsync("2027-02-01T00:00Z");

        (await bed.FiringsAsync(id)).ShouldBe(["Remind 12-24 15:00", "Remind 12-28 15:00", "Remind 12-29 15:00"]);
    }

    [Test]
    [Statement("6.4")]
    [Statement("6.4b")]
    public async Task A_repeat_counts_in_the_zone_of_its_rule_over_a_change_of_the_clocks()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(DueTime.After(Delay.CalendarDays(1)).In("Europe/Lisbon"), repeat: 3));
        var id = await bed.BeginAtAsync("2026-03-27T12:00Z");

        await bed.AdvanceToAsync("2026-06-01T00:00Z");

        (await bed.FiringsAsync(id)).ShouldBe(["Remind 03-28 12:00", "Remind 03-29 11:00", "Remind 03-30 11:00", "Remind 03-31 11:00"]);
    }

    private static IEnumerable<TestCaseData> Intervals()
    {
        var hourly = Repeat.Times(2).Every(TimeSpan.FromHours(1));
        yield return Case("a date alone", DueTime.At(Deadline), hourly, "01-09 12:00", "01-09 13:00", "01-09 14:00");
        yield return Case("before a date", DueTime.At(Deadline).Minus(TimeSpan.FromHours(3)), hourly, "01-09 09:00", "01-09 10:00", "01-09 11:00");
        yield return Case("after a date", DueTime.At(Deadline).Plus(TimeSpan.FromHours(3)), 2, "01-09 15:00", "01-09 18:00", "01-09 21:00");
        yield return Case("another one than the amount", DueTime.After(TimeSpan.FromDays(1)), hourly, "01-06 08:00", "01-06 09:00", "01-06 10:00");
        yield return Case(
            "working hours", DueTime.At(Deadline), Repeat.Times(2).Every(Delay.WorkingHours(4).In("OL")), "01-09 12:00", "01-09 17:00", "01-12 14:00");

        static TestCaseData Case(string says, DueTime when, Repeat repeat, params string[] due) =>
            new TestCaseData(when, repeat, due).SetArgDisplayNames(says);
    }

    [TestCaseSource(nameof(Intervals))]
    [Statement("6.4")]
    public async Task The_interval_is_the_amount_of_the_rule_or_one_of_its_own(DueTime when, Repeat repeat, string[] due)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(when, repeat), options => options.WorkingHours.Add(Lisbon()));
        var id = await bed.BeginAsync(start => start.Set(Deadline, Firings.At("2026-01-09T12:00Z")));

        await bed.AdvanceAsync(TimeSpan.FromDays(60));

        (await bed.FiringsAsync(id)).ShouldBe([.. due.Select(instant => $"Remind {instant}")]);
    }

    [Test]
    [Statement("6.4")]
    public async Task As_many_as_9999_repeats_can_be_asked_for()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(TimeSpan.FromSeconds(1), repeat: 9_999));
        var id = await bed.BeginAsync();

        (await bed.AdvanceAsync(TimeSpan.FromSeconds(3))).ShouldBe(3);

        (await bed.FiringDetailsAsync(id))[^1].ShouldBe("firing 3 of 10000, due 2026-01-05 08:00:03Z");
    }

    [Test]
    [Statement("6.5")]
    public async Task Several_escalations_of_one_element_count_each_by_itself()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(activity => activity
            .Escalation("Hours", after: TimeSpan.FromHours(2), then => then.Mails(), repeat: 2)
            .Escalation("Long", after: TimeSpan.FromHours(5), then => then.Mails(), repeat: 1)
            .Escalation("Date", when: DueTime.At(Firings.At("2026-01-05T11:30Z")), then => then.Mails())));
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(TimeSpan.FromDays(60));

        (await bed.FiringsAsync(id)).ShouldBe(
        [
            "Hours 01-05 10:00", "Date 01-05 11:30", "Hours 01-05 12:00", "Long 01-05 13:00", "Hours 01-05 14:00", "Long 01-05 18:00",
        ]);
    }

    [Test]
    [Statement("6.4b")]
    public async Task E2_02_due_instants_do_not_drift_and_one_that_was_missed_fires_at_the_first_possible_instant()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(TimeSpan.FromHours(1), repeat: 3));
        var id = await bed.BeginAsync();
        await bed.AdvanceToAsync("2026-01-05T09:30Z");
        bed.PassWithoutHost("2026-01-05T10:20Z");
        await bed.FireDueAsync();

        await bed.AdvanceToAsync("2026-01-06T08:00Z");

        (await bed.FiringsAsync(id)).ShouldBe(["Remind 01-05 09:00", "Remind 01-05 10:20", "Remind 01-05 11:00", "Remind 01-05 12:00"]);
        (await bed.FiringDetailsAsync(id))[1].ShouldBe("firing 2 of 4, due 2026-01-05 10:00:00Z");
    }

    private static IEnumerable<TestCaseData> MissedOnes()
    {
        const string Third = "firing 3 of 6, due 2026-06-04 08:00:00Z";
        string[] rest =
        [
            "06-05 08:00 firing 4 of 6, due 2026-06-05 08:00:00Z", "06-06 08:00 firing 5 of 6, due 2026-06-06 08:00:00Z",
            "06-07 08:00 firing 6 of 6, due 2026-06-07 08:00:00Z",
        ];
        string[] once = [$"06-04 20:00 {Third}, for 3 due instants", .. rest];
        yield return Case("by default", 5, once);
        yield return Case("once", Repeat.Times(5).WhenMissed(Missed.Once), once);
        yield return Case("each", Repeat.Times(5).WhenMissed(Missed.Each),
        [
            "06-04 20:00 firing 1 of 6, due 2026-06-02 08:00:00Z", "06-04 20:00 firing 2 of 6, due 2026-06-03 08:00:00Z", $"06-04 20:00 {Third}", .. rest,
        ]);
        yield return Case("skip", Repeat.Times(5).WhenMissed(Missed.Skip), rest);

        static TestCaseData Case(string says, Repeat repeat, string[] firings) => new TestCaseData(repeat, firings).SetArgDisplayNames(says);
    }

    /// <summary>The instance begins on Monday 2026-06-01 at 08:00. From 12:00 on until Thursday 20:00 no host runs.</summary>
    [TestCaseSource(nameof(MissedOnes))]
    [Statement("6.4b")]
    public async Task E2_03_without_a_host_due_instants_that_are_missed_fire_once_each_or_not_at_all(Repeat repeat, string[] firings)
    {
        var calls = new List<string>();
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(activity => activity.Escalation(
            "Remind",
            after: TimeSpan.FromDays(1),
            then => then.Run("Count", context => calls.Add($"{context.Number} {context.StandsFor} {context.DueAt.UtcDateTime:MM-dd}")),
            repeat: repeat)));
        var id = await bed.BeginAtAsync("2026-06-01T08:00Z");
        await bed.AdvanceToAsync("2026-06-01T12:00Z");
        bed.PassWithoutHost("2026-06-04T20:00Z");
        await bed.FireDueAsync();
        await bed.AdvanceToAsync("2026-08-01T00:00Z");

        var facts = (await bed.HistoryAsync(id)).Where(fact => fact.Kind is JournalKind.EscalationFired);
        facts.Select(fact => $"{fact.Time.UtcDateTime:MM-dd HH:mm} {fact.Detail}").ShouldBe(firings);
        calls.Count.ShouldBe(firings.Length);
        calls[^1].ShouldBe("6 1 06-07");
        calls[0].ShouldBe(firings.Length switch { 4 => "3 3 06-04", 6 => "1 1 06-02", _ => "4 1 06-05" });
        (await bed.CountAsync(id, JournalKind.EscalationPassedOver) > 0).ShouldBe(firings.Length == 3, "what is passed over has a fact");
        (await bed.TimersAsync(id)).ShouldBeEmpty();
    }

    /// <summary>Escalations are due at 09:00, 10:00 and 11:00. The host comes back at 11:00:30, half a minute after the third.</summary>
    [Test]
    [Statement("6.4b")]
    public async Task A_due_instant_that_is_late_by_less_than_a_minute_is_not_missed([Values(Missed.Once, Missed.Skip)] Missed missed)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(TimeSpan.FromHours(1), repeat: Repeat.Times(3).WhenMissed(missed)));
        var id = await bed.BeginAsync();
        bed.PassWithoutHost("2026-01-05T11:00:30Z");
        await bed.FireDueAsync();
        await bed.AdvanceAsync(TimeSpan.FromDays(1));

        string[] late = ["firing 3 of 4, due 2026-01-05 11:00:00Z", "firing 4 of 4, due 2026-01-05 12:00:00Z"];
        (await bed.FiringDetailsAsync(id)).ShouldBe(
            missed is Missed.Skip ? late : ["firing 2 of 4, due 2026-01-05 10:00:00Z, for 2 due instants", .. late]);
    }

    [Test]
    [Statement("6.4b")]
    public async Task Due_instants_that_are_all_missed_end_the_escalation()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(activity => activity
            .Escalation("Once", after: TimeSpan.FromHours(1), then => then.Mails(), repeat: 2)
            .Escalation("Skip", after: TimeSpan.FromHours(1), then => then.Mails(), repeat: Repeat.Times(2).WhenMissed(Missed.Skip))));
        var id = await bed.BeginAsync();
        bed.PassWithoutHost("2026-01-09T00:00Z");
        await bed.FireDueAsync();

        (await bed.AdvanceAsync(TimeSpan.FromDays(90))).ShouldBe(0);

        (await bed.FiringsAsync(id)).ShouldBe(["Once 01-09 00:00"]);
        (await bed.FiringDetailsAsync(id)).ShouldBe(["firing 3 of 3, due 2026-01-05 11:00:00Z, for 3 due instants"]);
        (await bed.ReadAsync(id)).Activities.ShouldHaveSingleItem().Escalations.ShouldBeEmpty();
    }

    /// <summary>The first of the missed firings ends the activity.</summary>
    [Test]
    [Statement("6.4b")]
    [Statement("6.8")]
    public async Task E2_04_without_a_host_the_first_missed_firing_that_expires_is_the_last([Values] Missed missed)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(activity => activity.Escalation(
            "Give up", after: TimeSpan.FromDays(1), then => then.ExpireActivity(), repeat: Repeat.Times(5).WhenMissed(missed))));
        var id = await bed.BeginAtAsync("2026-06-01T08:00Z");
        bed.PassWithoutHost("2026-06-04T20:00Z");
        await bed.FireDueAsync();
        await bed.AdvanceToAsync("2026-08-01T00:00Z");

        (await bed.FiringsAsync(id)).ShouldBe([missed is Missed.Skip ? "Give up 06-05 08:00" : "Give up 06-04 20:00"]);
        (await bed.LinesFromAsync(id, 1)).ShouldBe(["Ask to After true"]);
        (await bed.PathAsync(id)).ShouldBe("After");
    }

    [Test]
    [Statement("6.4")]
    [Statement("14.5")]
    public async Task Repeats_go_on_under_another_host()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(TimeSpan.FromDays(1), repeat: 2));
        var id = await bed.BeginAsync();
        for (var day = 0; day < 5; day++)
        {
            await bed.RestartAsync();
            await bed.AdvanceAsync(TimeSpan.FromDays(1));
        }

        (await bed.FiringsAsync(id)).ShouldBe(["Remind 01-06 08:00", "Remind 01-07 08:00", "Remind 01-08 08:00"]);
        (await bed.FiringDetailsAsync(id))[^1].ShouldBe("firing 3 of 3, due 2026-01-08 08:00:00Z");
    }

    [Test]
    [Statement("6.4")]
    [Statement("5.2")]
    public async Task Days_without_a_calendar_are_counted_in_the_default_one()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(Delay.WorkingDays(1), repeat: Repeat.Times(1).Every(Delay.WorkingDays(2))), options =>
        {
            options.WorkingHours.Add(Lisbon(new DateOnly(2026, 1, 7)));
            options.WorkingHours.Default = "OL";
        });
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(TimeSpan.FromDays(60));

        (await bed.FiringsAsync(id)).ShouldBe(["Remind 01-06 09:00", "Remind 01-09 09:00"]);
    }
}
