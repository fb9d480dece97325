using System.Globalization;

namespace Workflow.Core.Calendars;

/// <summary>An amount of time between two instants: elapsed time, calendar days or working time. A <see cref="TimeSpan"/> is elapsed time (statements 5.7 to
/// 5.8b).</summary>
/// <example>
/// <code>
/// Delay.WorkingDays(2).In("Office")
/// Delay.WorkingDays(1).And(TimeSpan.FromHours(3)).In("Office")    // the day first, then three working hours
/// Delay.CalendarDays(60).In("Europe/Rome")
/// </code>
/// </example>
public sealed record Delay
{
    private Delay(DelayKind kind, int days, TimeSpan time) => (Kind, Days, Time) = (kind, days, time);

    internal DelayKind Kind { get; }

    internal int Days { get; }

    internal TimeSpan Time { get; private init; }

    /// <summary>The working hours or the time zone that it is counted in; null when none is said.</summary>
    internal string? Calendar { get; private init; }

    /// <summary>Whether it is counted in a calendar.</summary>
    internal bool IsOfCalendar => Kind is not DelayKind.Elapsed;

    internal bool IsPositive => Days >= 0 && Time >= TimeSpan.Zero && (Days > 0 || Time > TimeSpan.Zero);

    /// <summary>Elapsed time (statement 5.8).</summary>
    /// <param name="time">How much.</param>
    /// <returns>The delay.</returns>
    public static Delay Elapsed(TimeSpan time) => new(DelayKind.Elapsed, 0, time);

    /// <summary>Days of a calendar, which keep the clock time (statement 5.8b): those of the calendar that <see cref="In"/> names, or of the default
    /// one.</summary>
    /// <param name="days">How many.</param>
    /// <returns>The delay.</returns>
    public static Delay CalendarDays(int days) => new(DelayKind.Calendar, days, TimeSpan.Zero);

    /// <summary>Working days, which keep the clock time (statement 5.7b): those of the working hours that <see cref="In"/> names, or of the default
    /// ones.</summary>
    /// <param name="days">How many.</param>
    /// <returns>The delay.</returns>
    public static Delay WorkingDays(int days) => new(DelayKind.Working, days, TimeSpan.Zero);

    /// <summary>Hours of working time (statement 5.7c), in the working hours that <see cref="In"/> names, or in the default ones.</summary>
    /// <param name="hours">How many.</param>
    /// <returns>The delay.</returns>
    public static Delay WorkingHours(int hours) => WorkingTime(TimeSpan.FromHours(hours));

    /// <summary>Working time (statement 5.7c), in the working hours that <see cref="In"/> names, or in the default ones.</summary>
    /// <param name="time">How much.</param>
    /// <returns>The delay.</returns>
    public static Delay WorkingTime(TimeSpan time) => new(DelayKind.Working, 0, time);

    /// <summary>A delay that was stored.</summary>
    internal static Delay Stored(DelayKind kind, int days, TimeSpan time, string? calendar) => new(kind, days, time) { Calendar = calendar };

    /// <summary>The same with more time, which is counted after the days: working time after working days, elapsed time otherwise (statement 5.7b).</summary>
    /// <param name="time">How much.</param>
    /// <returns>The delay.</returns>
    public Delay And(TimeSpan time) => this with { Time = Time + time };

    /// <summary>The same, counted in working hours or a time zone.</summary>
    /// <param name="calendar">The name of working hours in <c>WorkflowOptions.WorkingHours</c>; for calendar days also that of a time zone.</param>
    /// <returns>The delay.</returns>
    public Delay In(string calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return this with { Calendar = calendar };
    }

    /// <summary>The amount in words, with its calendar.</summary>
    /// <returns>For example <c>1 working day and 03:00:00 in 'Office'</c>.</returns>
    public override string ToString() => Calendar is null ? Amount() : $"{Amount()} in '{Names.Printable(Calendar)}'";

    /// <summary>The amount in words.</summary>
    internal string Amount()
    {
        var time = Time.ToString("c", CultureInfo.InvariantCulture);
        var days = Kind is DelayKind.Calendar ? "calendar day" : "working day";
        return (Kind, Days, Time.Ticks) switch
        {
            (DelayKind.Elapsed, _, _) => time,
            (DelayKind.Working, 0, _) => $"{time} of working time",
            (_, _, 0) => $"{Days.Invariant()} {days}{(Days == 1 ? "" : "s")}",
            _ => $"{Days.Invariant()} {days}{(Days == 1 ? "" : "s")} and {time}",
        };
    }

    /// <summary>Elapsed time.</summary>
    /// <param name="time">How much.</param>
    public static implicit operator Delay(TimeSpan time) => Elapsed(time);

    /// <summary>The instant that lies the amount after another, or before it.</summary>
    /// <param name="from">The other instant.</param>
    /// <param name="isBefore">Whether it lies before.</param>
    /// <param name="calendar">The name of the calendar where the delay has none of its own.</param>
    /// <param name="known">The working hours that there are.</param>
    /// <exception cref="CalendarException">The calendar is unknown, or gives no such instant.</exception>
    internal DateTimeOffset From(DateTimeOffset from, bool isBefore, string? calendar, WorkingHoursTable known)
    {
        var name = Calendar ?? calendar;
        switch (Kind)
        {
            case DelayKind.Working:
                var hours = known.Named(name!);
                return isBefore ? hours.Subtract(from, Days, Time) : hours.Add(from, Days, Time);

            case DelayKind.Calendar:
                var zone = known.CalendarOf(name!);
                return Move(isBefore ? zone.SubtractDays(from, Days) : zone.AddDays(from, Days), isBefore);

            default:
                return Move(from, isBefore);
        }
    }

    private DateTimeOffset Move(DateTimeOffset from, bool isBefore)
    {
        var ticks = isBefore ? from.UtcTicks - Time.Ticks : from.UtcTicks + Time.Ticks;
        return ticks is >= 0 and < ZoneClock.EndOfTime ? new(ticks, TimeSpan.Zero) : throw LocalCalendar.Utc.OutOfYears();
    }
}
