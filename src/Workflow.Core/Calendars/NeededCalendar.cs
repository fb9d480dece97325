namespace Workflow.Core.Calendars;

/// <summary>A calendar that something is counted in.</summary>
/// <param name="Name">Its name; null for the default of the host.</param>
/// <param name="IsHours">Whether it has to be working hours, so that a time zone is not enough.</param>
internal readonly record struct NeededCalendar(string? Name, bool IsHours);
