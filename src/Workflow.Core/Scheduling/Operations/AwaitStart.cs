using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;
using Workflow.Core.Rules;

namespace Workflow.Core.Scheduling.Operations;

/// <summary>Runs the start rule: an activity instance that is not due waits for its timer, without destinations (statement 5.3). The instant is worked out
/// here, once (statement 5.9).</summary>
internal static class AwaitStart
{
    public static void Run(Episode episode, ActivityInstance activity)
    {
        var definition = episode.DefinitionOf(activity);
        var due = DueAt(episode, definition, activity);
        if (due <= episode.Now)
        {
            if (definition.AwaitsTurn)
            {
                episode.Plan(Verb.AwaitTurn, activity);
            }
            else
            {
                Escalations.Begin(episode, activity);
            }

            return;
        }

        var counted = DueInstant.BaseOf(definition.StartRule!, episode.Now, episode.Now);
        episode.Process.Timers.Arm(TimerOwner.Of(activity), ProcessTimerKind.Start, activity.Name, InstanceTimers.Only, due, counted);
        episode.Record(JournalKind.StartAwaited, activity, due.Invariant());
    }

    private static DateTimeOffset DueAt(Episode episode, ActivityDefinition definition, ActivityInstance activity) =>
        Question.OfStart(definition, activity).Read(
            (Rule: definition.StartRule!, episode.Now, episode.WorkingHours),
            static ((DueTime Rule, DateTimeOffset Now, WorkingHoursTable WorkingHours) source, in RuleScope scope) =>
                DueInstant.Of(source.Rule, source.Now, source.WorkingHours, scope));
}
