using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Calls the code of a server event again after it has failed, as its retry policy says (statement 13.2). Until then the event waits for a
/// timer.</summary>
internal static class Retries
{
    /// <summary>The code has failed.</summary>
    /// <returns>Whether it is called again. Otherwise the failure counts.</returns>
    public static bool TryPlan(Episode episode, ActivityInstanceDestination destination, double drawn, ref Fault fault)
    {
        var current = destination.Event!;
        if (episode.DefinitionOf(destination) is not ServerEventDefinition { Retries: { } policy }
            || fault.Kind is FaultKind.Limit
            || current.Failures + 1 >= policy.Attempts
            || !ExceptionRules.LetRetry(episode, policy.When, destination, FailedElement.OfEvent(destination), ref fault))
        {
            return false;
        }

        destination.AwaitEventRetry();
        if (policy.WaitAfter(current.Failures, drawn) is { Ticks: > 0 } wait && Until(episode.Now, wait) is var due)
        {
            episode.RecordEvent(JournalKind.RetryAwaited, destination, due.Exact());
            episode.Process.Timers.Arm(TimerOwner.OfEvent(destination), ProcessTimerKind.Retry, current.Name, InstanceTimers.Only, due);
            return true;
        }

        Begin(episode, destination);
        return true;
    }

    /// <summary>The wait is over.</summary>
    public static void Begin(Episode episode, ActivityInstanceDestination destination)
    {
        destination.BeginEventRetry();
        episode.Process.PlanAgain(PlannedCall.OfEvent(destination));
    }

    private static DateTimeOffset Until(DateTimeOffset now, TimeSpan wait) => DateTimeOffset.MaxValue - now < wait ? DateTimeOffset.MaxValue : now + wait;
}
