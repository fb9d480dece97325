namespace Workflow.Core.Tests.Calendars;

/// <summary>An instant from which a zone's clock shows another distance from UTC.</summary>
internal sealed record ClockChange(DateTimeOffset At, TimeSpan Before, TimeSpan After);
