namespace Workflow.Core.Calendars;

/// <summary>A time zone that this machine does not know, working hours that cannot be meant, or a search that finds no working time or leaves the years 1 to
/// 9999. The message names the time zone or the working hours (statements 5.5b to 5.5d).</summary>
public sealed class CalendarException : WorkflowException
{
    internal CalendarException(string message, string statement)
        : base(message) => Statement = statement;
}
