namespace Workflow.Core.Calendars;

/// <summary>A time zone or working hours that nobody knows, working hours that cannot be meant, or an instant that is not there: no working time is found,
/// a date has no value, or it is outside the years in which something can happen. The message names the calendar (statements 5.2 to 5.5d).</summary>
public sealed class CalendarException : WorkflowException
{
    internal CalendarException(string message, string statement)
        : base(message) => Statement = statement;
}
