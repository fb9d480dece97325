using Workflow.Core.Calendars;
using Workflow.Core.Instances;
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

    /// <summary>The instants to keep with a timer, so that it can be worked out anew; null for one that is not counted in a calendar.</summary>
    /// <param name="rule">The due time.</param>
    /// <param name="from">The instant from which it counts.</param>
    /// <param name="notBefore">The instant before which the timer is not due.</param>
    public static TimerBase? BaseOf(DueTime rule, DateTimeOffset from, DateTimeOffset notBefore) =>
        rule.IsOfCalendar ? new TimerBase(from, notBefore) : null;

    /// <summary>The later of two instants.</summary>
    public static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static CalendarException Final(CalendarException exception) => new($"{exception.Message} {Failure.ThenRetry}", exception.Statement!);
}
