using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;
using Workflow.Core.Rules;

namespace Workflow.Core.Scheduling;

/// <summary>Works the due instants of the armed timers out anew that are counted in a calendar (statement 5.9). These are starts and escalations. Nothing fires
/// here: a timer that is overdue by it is found as any other.</summary>
internal static class TimersAnew
{
    /// <summary>Works them out, and changes nothing.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="calendar">The name of the working hours, or of the time zone.</param>
    /// <returns>The timers that are counted in it, each with the instants that its new due instant was worked out from.</returns>
    public static List<(RecomputedTimer Timer, TimerBase Base)> Of(Episode episode, string calendar)
    {
        var found = new List<(RecomputedTimer, TimerBase)>();
        foreach (var timer in episode.Process.TimersOrNull?.All() ?? [])
        {
            if (DueTimeOf(episode, timer) is { } due && due.Rule.IsCountedIn(calendar, episode.WorkingHours))
            {
                found.Add(Of(episode, timer, due.Rule, due.Question));
            }
        }

        return found;
    }

    /// <summary>Gives a timer its new due instant.</summary>
    public static void Move(Episode episode, in RecomputedTimer moved, TimerBase @base)
    {
        var timer = moved.Timer;
        episode.Process.Timers.Move(timer, moved.DueAt, @base, episode.Now);
        if (timer.Kind is ProcessTimerKind.ProcessStart)
        {
            DelayedStart.Move(episode.Process, moved.DueAt);
        }

        Escalations.Record(
            episode, JournalKind.TimerMoved, TimerOwner.Of(timer), timer.Element, $"{timer.DueAt.Invariant()} to {moved.DueAt.Invariant()}");
    }

    private static (RecomputedTimer Timer, TimerBase Base) Of(Episode episode, in ProcessTimer timer, DueTime rule, in Question question)
    {
        var known = episode.Process.Timers.BaseOf(timer);
        var @base = known ?? BaseOf(episode, timer);
        if (known is null && rule.CountsFromArrival && timer.Kind is not ProcessTimerKind.ProcessStart)
        {
            return (new(timer, timer.DueAt, "An earlier version of the library has armed it, and did not keep the instant from which it counts."), @base);
        }

        DateTimeOffset? instant;
        try
        {
            instant = question.ReadAnew(
                (Rule: rule, @base.From, episode.WorkingHours),
                static ((DueTime Rule, DateTimeOffset From, Calendars.WorkingHoursTable WorkingHours) source, in RuleScope scope) =>
                    source.Rule.OrNull(scope, source.From, source.WorkingHours));
        }
        catch (RuleFailure failure)
        {
            return (new(timer, timer.DueAt, ErrorText.Of(failure.InnerException!)), @base);
        }

        if (instant is not { } due)
        {
            return (new(timer, timer.DueAt, "The date that it is based on has no value."), @base);
        }

        due = DueInstant.Later(due, @base.NotBefore);
        if (timer.Occurrence == InstanceTimers.Only && due <= episode.Now && timer.DueAt > episode.Now)
        {
            // It is late now, as one whose date was past when it was armed (statement 6.3b).
            (due, @base) = (episode.Now, @base with { NotBefore = episode.Now });
        }

        return (new(timer, due, Problem: null), @base);
    }

    /// <summary>The base of a timer that does not keep one.</summary>
    private static TimerBase BaseOf(Episode episode, in ProcessTimer timer)
    {
        var start = timer.Kind is ProcessTimerKind.ProcessStart ? episode.Process.StartedAt : TimerAdmission.StartOf(episode.Process, timer);
        return new TimerBase(start, start);
    }

    /// <summary>The due time of which a timer is the instant, with the question that names its element; null for a timer that has none.</summary>
    private static (DueTime Rule, Question Question)? DueTimeOf(Episode episode, in ProcessTimer timer) => timer.Kind switch
    {
        ProcessTimerKind.ProcessStart => OfProcessStart(episode),
        ProcessTimerKind.Start => OfStart(episode, episode.Process.FindActivity(timer.ActivityInstance)!),
        ProcessTimerKind.Escalation => OfEscalation(episode, timer),
        _ => null,
    };

    private static (DueTime Rule, Question Question)? OfProcessStart(Episode episode) =>
        episode.Definition.StartRule is { Due: { } due } rule ? (due, Question.OfProcessStart(rule, episode.Process)) : null;

    private static (DueTime Rule, Question Question)? OfStart(Episode episode, ActivityInstance activity) =>
        episode.DefinitionOf(activity) is { StartRule: { } rule } definition ? (rule, Question.OfStart(definition, activity)) : null;

    /// <summary>An escalation that has fired counts on at its interval.</summary>
    private static (DueTime Rule, Question Question)? OfEscalation(Episode episode, in ProcessTimer timer)
    {
        var activity = timer.ActivityInstance == 0 ? null : episode.Process.FindActivity(timer.ActivityInstance);
        var destination = timer.EventInstance == 0 ? null : activity!.FindDestination(timer.Destination);
        var escalations = destination is not null ? episode.DefinitionOf(destination).EscalationArray
            : activity is not null ? episode.DefinitionOf(activity).EscalationArray
            : episode.Definition.EscalationArray;
        var escalation = EscalationDefinition.Find(escalations, timer.Element)!;
        var rule = timer.Occurrence == InstanceTimers.Only ? escalation.When : escalation.IntervalOf(episode.Process.Timers.RepeatsOf(timer));
        var definition = activity is null ? null : episode.DefinitionOf(activity);
        return rule is null ? null : (rule, Question.OfEscalation(escalation, destination?.Event!.Name, episode.Process, definition, activity));
    }
}
