using System.Globalization;
using Workflow.Core.Calendars;
using Workflow.Core.Instances;
using Workflow.Core.Runtime;

namespace Workflow.Core.Tests.Support;

/// <summary>The hours of an office in Lisbon, from Monday to Friday, whose holidays a test replaces. In January its clock is UTC.</summary>
/// <param name="name">The name of the hours.</param>
internal sealed class OfficeHours(string name = "Office")
{
    private readonly List<WorkingHoursTable> _tables = [];
    private int[] _holidays = [];

    /// <summary>The hours, with those days of January 2026 as holidays.</summary>
    public WorkingHours With(params int[] holidays) => WorkingHours.Define(name, "Europe/Lisbon", hours =>
    {
        hours.On(DayOfWeek.Monday, DayOfWeek.Friday, "09:00-12:00", "13:00-17:00");
        foreach (var day in holidays)
        {
            hours.Holiday(new DateOnly(2026, 1, day));
        }
    });

    /// <summary>Gives the hours to an engine, and to each that a restart makes.</summary>
    public void AddTo(WorkflowOptions options)
    {
        options.WorkingHours.Replace(With(_holidays));
        _tables.Add(options.WorkingHours);
    }

    /// <summary>Replaces the holidays on every engine.</summary>
    public void Replace(params int[] holidays)
    {
        _holidays = holidays;
        _tables.ForEach(table => table.Replace(With(holidays)));
    }

    /// <summary>The old and the new instant of each timer, for example <c>Remind 01-06 09:00 to 01-07 09:00</c>.</summary>
    public static string[] Words(IReadOnlyList<RecomputedTimer> timers) =>
        [.. timers.Select(timer => timer.IsMoved ? $"{timer.Timer.Element} {Clock(timer.Timer.DueAt)} to {Clock(timer.DueAt)}"
            : $"{timer.Timer.Element} {Clock(timer.DueAt)}{(timer.Problem is null ? "" : " kept")}")];

    private static string Clock(DateTimeOffset instant) => instant.UtcDateTime.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);
}
