using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Workflow.Core.Tests.Calendars;

/// <summary>Draws zones, clock changes, working hours and instants near them.</summary>
[SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "The same seed has to give the same test.")]
internal sealed class RandomHours(Random random)
{
    private const int DayLength = 1_440;

    private static readonly string[] _fixed = ["UTC", "+05:45", "-03:30", "+14:00", "-12:00"];
    private static readonly Lazy<IReadOnlyList<IReadOnlyList<(string Zone, ClockChange Change)>>> _kinds = new(Kinds);

    /// <summary>A zone and an instant to look around. Most are changes of a clock. The kinds of changes are equally likely, so that a rare kind is met
    /// often.</summary>
    public (string Zone, DateTimeOffset Around, TimeSpan ClockOffset) Place()
    {
        if (random.Next(5) > 0)
        {
            var (zone, change) = One(One(_kinds.Value));
            return (zone, change.At, random.Next(2) == 0 ? change.Before : change.After);
        }

        var around = new DateTimeOffset(2000, 1, 20, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(40 * 365 * DayLength));
        var any = random.Next(4) == 0 ? One(_fixed) : One(SystemZones.Names);
        return (any, around, SystemZones.Clock(any).OffsetAt(around));
    }

    /// <summary>Slots of one of several styles, then some holidays and special dates within two weeks of the clock time.</summary>
    public HoursPlan Plan(string zone, DateTime clock)
    {
        var minute = (int)clock.TimeOfDay.TotalMinutes;
        var day = (DayOfWeek)random.Next(7);
        var plan = new HoursPlan(zone);
        plan = random.Next(8) switch
        {
            0 => plan.On(DayOfWeek.Monday, DayOfWeek.Friday, "09:00-12:00", "13:00-17:00"),
            1 => plan.EveryDay("00:00-24:00"),
            2 => plan.EveryDay("22:00-24:00", "00:00-06:00"),
            3 => plan.EveryDay(Near(minute)),
            4 => plan.On(clock.DayOfWeek, Near(minute)).On(day, Any(), Any()),
            5 => plan.On(day, (DayOfWeek)random.Next(7), Any(), Any(), Near(minute)),
            6 => plan.On(DayOfWeek.Sunday, Near(minute)),
            _ => plan.On(day, Any()).On(clock.DayOfWeek, Near(minute), Near(minute)).On(DayOfWeek.Sunday, Any()),
        };
        for (var count = random.Next(4); count > 0; count--)
        {
            plan = plan.Holiday(Date(clock));
        }

        for (var count = random.Next(3); count > 0; count--)
        {
            plan = plan.Special(Date(clock), random.Next(2) == 0 ? [Near(minute)] : [Any(), Any()]);
        }

        return plan;
    }

    /// <summary>An instant up to two weeks away. Many lie within a day, and half of them on whole minutes. It is written with any distance from UTC, which must
    /// not matter.</summary>
    public DateTimeOffset Instant(DateTimeOffset around)
    {
        var instant = around.AddMinutes(random.Next(6) switch
        {
            0 => 0,
            1 => random.Next(-90, 91),
            2 => random.Next(-DayLength, DayLength + 1),
            3 => 30 * random.Next(-48, 49),
            _ => random.Next(-14 * DayLength, (14 * DayLength) + 1),
        });
        instant = random.Next(4) switch
        {
            0 => instant.AddTicks(random.Next(-1, 2)),
            1 => instant.AddTicks(random.NextInt64(TimeSpan.TicksPerMinute)),
            _ => instant,
        };
        return instant.ToOffset(TimeSpan.FromMinutes(15 * random.Next(-40, 41)));
    }

    /// <summary>An amount of working time up to two weeks: nothing, a tick, minutes, whole hours, or any number of ticks.</summary>
    public TimeSpan Amount() => random.Next(6) switch
    {
        0 => TimeSpan.Zero,
        1 => TimeSpan.FromTicks(random.Next(1, 3)),
        2 => TimeSpan.FromMinutes(random.Next(1, 181)),
        3 => TimeSpan.FromHours(random.Next(1, 41)),
        4 => TimeSpan.FromMinutes(random.Next(1, 14 * DayLength)),
        _ => TimeSpan.FromTicks(random.NextInt64(TimeSpan.TicksPerDay * 14)),
    };

    /// <summary>A number of days; half of the time none.</summary>
    public int Days() => random.Next(2) == 0 ? 0 : random.Next(1, 13);

    /// <summary>Minutes around zero, for clock times near that of an instant.</summary>
    public TimeSpan Later() => TimeSpan.FromMinutes(random.Next(-90, 91));

    private string Date(DateTime clock) =>
        clock.AddDays(random.Next(3) == 0 ? 0 : random.Next(-14, 15)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A slot with an edge near a minute of the day.</summary>
    private string Near(int minute)
    {
        var edge = minute + (15 * random.Next(-6, 7));
        var other = edge + (random.Next(2) == 0 ? random.Next(1, 90) : 30 * random.Next(1, 12));
        return Slot(Math.Clamp(edge, 0, DayLength - 1), Math.Clamp(other, 1, DayLength));
    }

    private string Any()
    {
        var start = random.Next(2) == 0 ? random.Next(DayLength) : 30 * random.Next(48);
        return Slot(start, random.Next(4) == 0 ? DayLength : random.Next(start + 1, DayLength + 1));
    }

    private static string Slot(int start, int end) => $"{start / 60:00}:{start % 60:00}-{end / 60:00}:{end % 60:00}";

    private T One<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];

    /// <summary>The changes of all zones by kind: how far the clock goes, and whether it shows another date or midnight around the change.</summary>
    private static List<IReadOnlyList<(string Zone, ClockChange Change)>> Kinds() =>
    [
        .. SystemZones.Names
            .SelectMany(zone => SystemZones.ChangesOf(zone).Select(change => (Zone: zone, Change: change)))
            .GroupBy(place => (place.Change.After - place.Change.Before, IsAtMidnight(place.Change)))
            .Select(kind => kind.ToList()),
    ];

    private static bool IsAtMidnight(ClockChange change)
    {
        var (before, after) = ((change.At + change.Before).UtcDateTime, (change.At + change.After).UtcDateTime);
        return before.Date != after.Date || before.TimeOfDay == TimeSpan.Zero || after.TimeOfDay == TimeSpan.Zero;
    }
}
