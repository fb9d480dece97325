using System.Globalization;

namespace Workflow.Core.Calendars;

/// <summary>The clock and the calendar of a time zone (statements 5.2b, 5.5b and 5.8b). They say when a local time is, and when a number of calendar days has
/// passed. The time zone and the culture of the machine never matter.</summary>
/// <example>
/// <code>
/// var rome = LocalCalendar.In("Europe/Rome");
/// var lastDay = rome.AddDays(notifiedAt, 60);    // the same clock time, 60 dates later
/// </code>
/// </example>
public sealed class LocalCalendar
{
    /// <summary>No clock is further away from UTC.</summary>
    private const long FarthestOffset = TimeSpan.TicksPerDay;

    private static readonly WorkingSlot[] _wholeDay = [new(TimeSpan.Zero, TimeSpan.FromDays(1))];

    private LocalCalendar(string timeZone, ZoneClock clock) => (TimeZone, Clock) = (timeZone, clock);

    /// <summary>The calendar of UTC.</summary>
    public static LocalCalendar Utc { get; } = new("UTC", new FixedZoneClock(TimeSpan.Zero));

    /// <summary>The name of the time zone, as it was given. A Windows name is replaced by the IANA name.</summary>
    public string TimeZone { get; }

    internal ZoneClock Clock { get; }

    /// <summary>The calendar of a time zone.</summary>
    /// <param name="timeZone">An IANA name such as <c>Europe/Lisbon</c>, a Windows name, <c>UTC</c>, or a fixed distance from UTC such as
    /// <c>+05:45</c>.</param>
    /// <returns>The calendar.</returns>
    /// <exception cref="CalendarException">This machine has no time zone of that name.</exception>
    public static LocalCalendar In(string timeZone)
    {
        ArgumentNullException.ThrowIfNull(timeZone);
        if (string.Equals(timeZone, "UTC", StringComparison.OrdinalIgnoreCase))
        {
            return Utc;
        }

        if (FixedOffset(timeZone) is { } offset)
        {
            return new(timeZone, new FixedZoneClock(offset));
        }

        // Without globalization data the runtime knows no Windows names, and a Windows name is refused as unknown.
        var name = TimeZoneInfo.TryConvertWindowsIdToIanaId(timeZone, out var iana) ? iana : timeZone;
        ZoneClock? clock = IsOfMachine(name) ? null
            : ZoneFile.AreInstalled ? ZoneFile.Find(name)
            : name.Length > 0 && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? new SystemZoneClock(zone)
            : null;
        return clock is null
            ? throw new CalendarException(
                $"This machine knows no time zone '{Names.Printable(timeZone)}'. Use an IANA name such as Europe/Lisbon (upper and lower case count), "
                + $"UTC, or a fixed offset such as +05:45. {Nearest(timeZone)}".TrimEnd(), "5.5b")
            : new(name, clock);
    }

    /// <summary>The same instant as the local clock shows it.</summary>
    /// <param name="instant">An instant.</param>
    /// <returns>The instant with the offset of the time zone. An offset with seconds, which some places had before 1972, is shown without them.</returns>
    public DateTimeOffset LocalTime(DateTimeOffset instant) => Shown(instant.UtcTicks);

    /// <summary>When a local time is. If a change of the clock skips it, it is the first instant after the gap. If it occurs twice, it is the first of the two
    /// (statement 5.2b).</summary>
    /// <param name="localTime">The date and time of day on the local clock. Its kind is <see cref="DateTimeKind.Unspecified"/>.</param>
    /// <returns>The instant.</returns>
    /// <exception cref="ArgumentException">The time is of UTC or of the machine.</exception>
    /// <exception cref="CalendarException">The instant is not in the years 1 to 9999.</exception>
    public DateTimeOffset InstantOf(DateTime localTime) => localTime.Kind is DateTimeKind.Unspecified
        ? Shown(FirstAt(localTime.Ticks))
        : throw new ArgumentException("The time must be one of the local clock of the time zone, with the kind Unspecified.", nameof(localTime));

    /// <summary>The first instant of a date. Of a date that the time zone left out, it is the first instant after it (statement 5.2b).</summary>
    /// <param name="date">The date.</param>
    /// <returns>The instant.</returns>
    /// <exception cref="CalendarException">The instant is not in the years 1 to 9999.</exception>
    public DateTimeOffset StartOf(DateOnly date) => Shown(FirstAt(date.DayNumber * TimeSpan.TicksPerDay));

    /// <summary>The same clock time a number of dates later. A day may have 23, 24 or 25 hours (statement 5.8b).</summary>
    /// <param name="from">The start.</param>
    /// <param name="days">How many calendar days, 0 or more.</param>
    /// <returns>The instant; the start itself for 0 days.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    /// <exception cref="CalendarException">The instant is not in the years 1 to 9999.</exception>
    public DateTimeOffset AddDays(DateTimeOffset from, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        return Shown(Moved(from.UtcTicks, days, 1));
    }

    /// <summary>The same clock time a number of dates earlier (statements 5.7d and 5.8b).</summary>
    /// <param name="from">The start.</param>
    /// <param name="days">How many calendar days, 0 or more.</param>
    /// <returns>The instant; the start itself for 0 days.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    /// <exception cref="CalendarException">The instant is not in the years 1 to 9999.</exception>
    public DateTimeOffset SubtractDays(DateTimeOffset from, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        return Shown(Moved(from.UtcTicks, days, -1));
    }

    /// <summary>The name of the time zone.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => TimeZone;

    /// <summary>An instant for the eyes of the caller.</summary>
    internal DateTimeOffset Shown(long instant)
    {
        var offset = new TimeSpan(Clock.At(instant).Offset / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute);
        var local = instant + offset.Ticks;
        return local is >= 0 and < ZoneClock.EndOfTime ? new(local, offset) : new(instant, TimeSpan.Zero);
    }

    /// <summary>The first instant at which the local clock shows a time, or, where it never does, has passed it.</summary>
    internal long FirstAt(long local)
    {
        for (var span = Clock.At(Math.Clamp(local - FarthestOffset, 0, ZoneClock.EndOfTime - 1)); ; span = Clock.At(span.End))
        {
            if (local < span.End + span.Offset)
            {
                return local >= span.Offset ? Math.Max(local - span.Offset, span.Start) : throw OutOfYears();
            }

            if (span.End >= ZoneClock.EndOfTime)
            {
                throw OutOfYears();
            }
        }
    }

    internal CalendarException OutOfYears() =>
        new($"A date in the time zone {TimeZone} would not be in the years 1 to 9999. Use an instant and an amount that stay in them.", "5.7");

    /// <summary>Calendar days are working days of hours that are always open. No days do not move even an instant of an hour that occurs twice.</summary>
    private long Moved(long instant, int days, int direction) =>
        days == 0 ? instant : new WorkingDays(this, static _ => _wholeDay).Move(instant, days, direction) ?? throw OutOfYears();

    /// <summary>The offset that a text such as +05:45 or UTC-03:00 names.</summary>
    private static TimeSpan? FixedOffset(string text)
    {
        var offset = text.StartsWith("UTC", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(3) : text;
        return offset is ['+' or '-', _, _, ':', _, _]
            && TimeSpan.TryParseExact(offset[1..], @"hh\:mm", CultureInfo.InvariantCulture, out var distance) && distance <= TimeSpan.FromHours(14)
            ? offset[0] is '-' ? -distance : distance
            : null;
    }

    /// <summary>Names that stand for another zone on each machine, or for clocks that count leap seconds.</summary>
    private static bool IsOfMachine(string name) => name is "localtime" or "posixrules"
        || name.StartsWith("right/", StringComparison.Ordinal) || name.StartsWith("posix/", StringComparison.Ordinal);

    private static string Nearest(string name) =>
        NearestName.Find(name, TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id)) is { } nearest ? $"Did you mean '{nearest}'?" : "";
}
