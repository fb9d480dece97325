using Workflow.Core.Calendars;
using Workflow.Core.Rules;

namespace Workflow.Core.Scheduling;

/// <summary>Works out when something is due, once (statement 5.9).</summary>
internal static class DueInstant
{
    /// <summary>The instant.</summary>
    /// <exception cref="CalendarException">There is none; the message says what is to be done about an instance that is in Error for it.</exception>
    public static DateTimeOffset Of(DueTime rule, DateTimeOffset now, WorkingHoursTable workingHours, in RuleScope scope)
    {
        try
        {
            return rule.Of(scope, now, workingHours);
        }
        catch (CalendarException exception)
        {
            throw Final(exception);
        }
    }

    /// <summary>The instant; null when the date that it is based on has no value.</summary>
    /// <exception cref="CalendarException">There is none for another reason.</exception>
    public static DateTimeOffset? OrNull(DueTime rule, DateTimeOffset now, WorkingHoursTable workingHours, in RuleScope scope)
    {
        try
        {
            return rule.OrNull(scope, now, workingHours);
        }
        catch (CalendarException exception)
        {
            throw Final(exception);
        }
    }

    private static CalendarException Final(CalendarException exception) => new($"{exception.Message} {Failure.ThenRetry}", exception.Statement!);
}
