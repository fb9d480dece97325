using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling.Operations;

/// <summary>All events of a destination are completed. The activity's succeeding rule is asked after each of them (statement 3.1),
/// and in turn only after the last (statement 3.2).</summary>
internal static class CompleteDestination
{
    public static void Run(Episode episode, ActivityInstanceDestination destination)
    {
        destination.Complete(episode.Now);
        destination.Activity.DestinationEnded();
        episode.Record(JournalKind.DestinationCompleted, destination);
        if (NextTurn.IsThere(destination.Activity))
        {
            NextTurn.Begin(episode, destination.Activity);
            return;
        }

        episode.Plan(Verb.SucceedActivity, destination);
    }
}
