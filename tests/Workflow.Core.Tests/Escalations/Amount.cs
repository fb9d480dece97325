using Workflow.Core.Calendars;

namespace Workflow.Core.Tests.Escalations;

/// <summary>How an amount of time is counted.</summary>
internal enum Counting
{
    Elapsed,
    Calendar,
    Working,
}

/// <summary>An amount of time of a plan: days first, then minutes. The oracle counts it with the public arithmetic of calendars, which has an oracle of its
/// own.</summary>
/// <param name="Counting">How it is counted.</param>
/// <param name="Days">How many days.</param>
/// <param name="Minutes">How many minutes behind them.</param>
/// <param name="Calendar">The calendar in which it is counted; null where the rule names it, and for elapsed time.</param>
internal sealed record Amount(Counting Counting, int Days, int Minutes, string? Calendar)
{
    private TimeSpan Time => TimeSpan.FromMinutes(Minutes);

    /// <summary>The same for the library.</summary>
    public Delay Build()
    {
        var delay = Counting switch
        {
            Counting.Elapsed => Delay.Elapsed(TimeSpan.FromDays(Days) + Time),
            Counting.Calendar => Delay.CalendarDays(Days).And(Time),
            _ => Days == 0 ? Delay.WorkingTime(Time) : Delay.WorkingDays(Days).And(Time),
        };
        return Calendar is null ? delay : delay.In(Calendar);
    }

    /// <summary>The instant that lies the amount after another, or before it.</summary>
    /// <param name="from">The other instant.</param>
    /// <param name="calendar">The calendar where it names none itself.</param>
    /// <param name="isBefore">Whether it lies before.</param>
    public DateTimeOffset From(DateTimeOffset from, string? calendar, bool isBefore = false)
    {
        var name = Calendar ?? calendar;
        switch (Counting)
        {
            case Counting.Elapsed:
                return isBefore ? from - TimeSpan.FromDays(Days) - Time : from + TimeSpan.FromDays(Days) + Time;

            case Counting.Calendar:
                var zone = Calendars.Zone(name!);
                return isBefore ? zone.SubtractDays(from, Days) - Time : zone.AddDays(from, Days) + Time;

            default:
                var hours = Calendars.Hours(name!);
                return isBefore ? hours.Subtract(from, Days, Time) : hours.Add(from, Days, Time);
        }
    }

    public override string ToString() => $"{Days} d {Minutes} min {Counting}{(Calendar is null ? "" : $" in {Calendar}")}";
}
