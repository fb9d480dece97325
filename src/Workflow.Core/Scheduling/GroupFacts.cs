using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Tells what activity instances wait for (statement 13.1f).</summary>
internal static class GroupFacts
{
    /// <summary>Tells that one waits for its group: once, and not as long as its milestone is not reached.</summary>
    public static void TellOfWait(Episode episode, InstanceWaits waits, WaitingActivity wait, ActivityInstance activity)
    {
        if (!wait.AwaitsMilestone && !wait.AwaitsGroup && !waits.IsFree(activity))
        {
            waits.SetTold(wait);
            episode.Record(JournalKind.GroupAwaited, activity, activity.Wait!.OfGroup);
        }
    }
}
