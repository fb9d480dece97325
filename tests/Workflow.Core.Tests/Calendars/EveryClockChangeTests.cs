namespace Workflow.Core.Tests.Calendars;

/// <summary>Every zone and the changes of its clock from 2000 to 2040: some, every eighth, or all of them. With 1 to 40 working days, calendar days and working
/// hours in both directions, the library answers as the oracle does.</summary>
[TestFixture]
internal sealed class EveryClockChangeTests
{
    private const int Most = 40;

    /// <summary>Forty working days of five a week are eight weeks.</summary>
    private static readonly TimeSpan _reach = TimeSpan.FromDays(63);

    /// <summary>Where the days and hours begin: at the change and near it on both sides.</summary>
    private static readonly TimeSpan[] _starts =
    [
        TimeSpan.Zero, TimeSpan.FromTicks(-1), TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(-30), TimeSpan.FromMinutes(61), TimeSpan.FromMinutes(-61),
        TimeSpan.FromHours(9), TimeSpan.FromHours(-9), TimeSpan.FromHours(26), TimeSpan.FromHours(-26),
    ];

    /// <summary>All changes take minutes, so they have a command of their own.</summary>
    private static bool AreAllWanted => Environment.GetEnvironmentVariable("WORKFLOW_CLOCK_CHANGES") == "all";

    [Test]
    [Exhaustive]
    [NonParallelizable]
    [Statement("5.2b")]
    [Statement("5.5b")]
    [Statement("5.7b")]
    [Statement("5.7c")]
    [Statement("5.7d")]
    [Statement("5.8b")]
    public async Task Forty_days_and_hours_around_a_change_are_those_of_the_oracle() =>
        await CompareAsync(every: AreAllWanted ? 1 : 8, [.. Enumerable.Range(1, Most)], minimum: AreAllWanted ? 5_000_000 : 600_000);

    [Test]
    [NonParallelizable]
    [Statement("5.2b")]
    [Statement("5.5b")]
    [Statement("5.7b")]
    [Statement("5.7c")]
    [Statement("5.7d")]
    [Statement("5.8b")]
    public async Task Days_and_hours_around_some_changes_are_those_of_the_oracle() =>
        await CompareAsync(every: 151, [1, 2, 3, 5, 8, 40], minimum: 7_000);

    private static async Task CompareAsync(int every, int[] amounts, int minimum)
    {
        SystemZones.Require();
        var tally = new Tally();
        var (all, taken) = (0, 0);
        foreach (var zone in SystemZones.Names)
        {
            foreach (var change in SystemZones.ChangesOf(zone))
            {
                if (all++ % every == 0)
                {
                    Compare(tally, Plan(zone, taken++, change), change, amounts);
                }
            }
        }

        await TestContext.Out.WriteLineAsync(FormattableString.Invariant(
            $"{SystemZones.Names.Count} zones, {taken} of {all} changes of clocks, {tally.Compared} comparisons, {tally.Different} differences"));
        tally.Differences.ShouldBeEmpty($"{tally.Different} of {tally.Compared}");
        tally.Compared.ShouldBeGreaterThan(minimum);
    }

    /// <summary>Hours of five kinds in turn: an office, a night shift, and hours that never close. Of the other two, one has a slot that ends in the hour of
    /// the change, and one a slot that begins in it.</summary>
    private static HoursPlan Plan(string zone, int turn, ClockChange change)
    {
        var plan = new HoursPlan(zone);
        var hour = Math.Clamp((change.At + change.Before).Hour, 1, 22);
        return (turn % 5) switch
        {
            0 => plan.On(DayOfWeek.Monday, DayOfWeek.Friday, "09:00-12:00", "13:00-17:00"),
            1 => plan.EveryDay("22:00-24:00", "00:00-06:00"),
            2 => plan.On(DayOfWeek.Saturday, DayOfWeek.Wednesday, "00:00-00:20", $"{hour - 1:00}:10-{hour:00}:40"),
            3 => plan.On(DayOfWeek.Friday, DayOfWeek.Tuesday, $"{hour:00}:20-{hour + 1:00}:50", "23:40-24:00"),
            _ => OracleAnswers.Open(zone),
        };
    }

    private static void Compare(Tally tally, HoursPlan plan, ClockChange change, int[] amounts)
    {
        var comparison = new Comparison(tally, plan, plan.Build(), change.At - _reach, change.At + _reach);
        foreach (var amount in amounts)
        {
            var from = change.At + _starts[amount % _starts.Length];
            comparison.Add(from, amount, TimeSpan.Zero);
            comparison.Subtract(from, amount, TimeSpan.Zero);
            comparison.Add(from, 0, TimeSpan.FromHours(amount));
            comparison.Subtract(from, 0, TimeSpan.FromHours(amount));
            comparison.AddCalendarDays(from, amount);
            comparison.SubtractCalendarDays(from, amount);
            comparison.Clock(from, TimeSpan.FromMinutes((amount - 20) * 5));
            Onto(comparison, change, amount);
        }
    }

    /// <summary>The same towards the change. Days end at a clock time of the hour of the change, and hours begin some time away from it.</summary>
    private static void Onto(Comparison comparison, ClockChange change, int amount)
    {
        var later = TimeSpan.FromMinutes((amount * 7) % 80);
        if (comparison.SameClock(change.At.AddTicks(-1), later, -amount) is { } before)
        {
            comparison.Add(before, amount, TimeSpan.Zero);
            comparison.AddCalendarDays(before, amount);
        }

        if (comparison.SameClock(change.At.AddTicks(-1), later, amount) is { } after)
        {
            comparison.Subtract(after, amount, TimeSpan.Zero);
            comparison.SubtractCalendarDays(after, amount);
        }

        comparison.Add(change.At.AddHours(-amount), 0, TimeSpan.FromHours(amount));
        comparison.Subtract(change.At.AddHours(amount), 0, TimeSpan.FromHours(amount));
    }
}
