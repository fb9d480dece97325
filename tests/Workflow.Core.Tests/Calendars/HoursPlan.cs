using System.Globalization;
using Workflow.Core.Calendars;

namespace Workflow.Core.Tests.Calendars;

/// <summary>Working hours as data. The library builds its own from them; the oracle reads them as they are.</summary>
internal sealed record HoursPlan(string TimeZone)
{
    private IReadOnlyList<(DayOfWeek Day, string Slot)> Weekly { get; init; } = [];

    private IReadOnlyList<DateOnly> Holidays { get; init; } = [];

    private IReadOnlyList<(DateOnly Date, string Slot)> Specials { get; init; } = [];

    public HoursPlan On(DayOfWeek day, params string[] slots) => this with { Weekly = [.. Weekly, .. slots.Select(slot => (day, slot))] };

    /// <summary>A span of days; one from Saturday to Wednesday goes over the end of the week.</summary>
    public HoursPlan On(DayOfWeek first, DayOfWeek last, params string[] slots)
    {
        var plan = On(first, slots);
        for (var day = first; day != last;)
        {
            day = (DayOfWeek)(((int)day + 1) % 7);
            plan = plan.On(day, slots);
        }

        return plan;
    }

    public HoursPlan EveryDay(params string[] slots) => On(DayOfWeek.Sunday, DayOfWeek.Saturday, slots);

    public HoursPlan Holiday(string date) => this with { Holidays = [.. Holidays, Day(date)] };

    public HoursPlan Special(string date, params string[] slots) => this with { Specials = [.. Specials, .. slots.Select(slot => (Day(date), slot))] };

    public WorkingHours Build() => WorkingHours.Define("Office", TimeZone, hours =>
    {
        foreach (var (day, slot) in Weekly)
        {
            hours.On(day, slot);
        }

        foreach (var date in Holidays)
        {
            hours.Holiday(date);
        }

        foreach (var special in Specials.GroupBy(special => special.Date, special => special.Slot))
        {
            hours.Special(special.Key, [.. special]);
        }
    });

    /// <summary>The slots of a date in minutes of its clock (5.5). A holiday has none. Other dates have the special ones, if any, or those of the day of the
    /// week.</summary>
    public (int Start, int End)[] MinutesOn(DateOnly date)
    {
        if (Holidays.Contains(date))
        {
            return [];
        }

        var special = Specials.Where(special => special.Date == date).Select(special => special.Slot).ToList();
        var slots = special.Count > 0 ? special : Weekly.Where(weekly => weekly.Day == date.DayOfWeek).Select(weekly => weekly.Slot);
        return [.. slots.Select(Minutes)];
    }

    /// <summary>The text that a failed test shows: the case can be built again from it.</summary>
    public override string ToString() => string.Join("; ",
    [
        TimeZone,
        .. Weekly.Select(weekly => $"{weekly.Day} {weekly.Slot}"),
        .. Holidays.Select(date => $"holiday {date:yyyy-MM-dd}"),
        .. Specials.Select(special => $"special {special.Date:yyyy-MM-dd} {special.Slot}"),
    ]);

    private static DateOnly Day(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static (int Start, int End) Minutes(string slot) => (Minute(slot[..5]), Minute(slot[6..]));

    private static int Minute(string clock) =>
        (int.Parse(clock[..2], CultureInfo.InvariantCulture) * 60) + int.Parse(clock[3..], CultureInfo.InvariantCulture);
}
