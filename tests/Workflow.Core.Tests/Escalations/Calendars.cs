using Workflow.Core.Calendars;

namespace Workflow.Core.Tests.Escalations;

/// <summary>The working hours and time zones of all plans. The clocks of two of them change within the weeks in which plans run.</summary>
internal static class Calendars
{
    public static readonly string[] Zones = ["Europe/Lisbon", "America/New_York", "Asia/Kathmandu"];

    private static readonly WorkingHours[] _hours =
    [
        WorkingHours.Define("Office", "Europe/Lisbon", hours => hours
            .On(DayOfWeek.Monday, DayOfWeek.Friday, "09:00-12:00", "13:00-17:00")
            .Holiday(new DateOnly(2026, 4, 3)).Special(new DateOnly(2026, 3, 28), "10:00-11:30")),
        WorkingHours.Define("Night watch", "America/New_York", hours => hours.EveryDay("00:00-06:00", "22:00-24:00")),
    ];

    public static IReadOnlyList<string> HoursNames { get; } = [.. _hours.Select(hours => hours.Name)];

    public static void AddTo(WorkingHoursTable table)
    {
        foreach (var hours in _hours)
        {
            table.Add(hours);
        }
    }

    public static WorkingHours Hours(string name) => _hours.Single(hours => hours.Name == name);

    public static LocalCalendar Zone(string name) => _hours.FirstOrDefault(hours => hours.Name == name)?.Calendar ?? LocalCalendar.In(name);
}
