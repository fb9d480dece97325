namespace Workflow.Core.Calendars;

/// <summary>A calendar gives no answer. Nobody knows the time zone or the working hours, or the hours make no sense. Or there is no such instant: no working
/// time is found, or a date has no value. Or the instant is outside the years in which something can happen. The message names the calendar (statements 5.2 to
/// 5.5d).</summary>
public sealed class CalendarException : WorkflowException
{
    internal CalendarException(string message, string statement)
        : base(message) => Statement = statement;

    /// <summary>Whether the code of the host gave no working hours, so that nobody knows them.</summary>
    internal bool IsOfSource { get; init; }
}
