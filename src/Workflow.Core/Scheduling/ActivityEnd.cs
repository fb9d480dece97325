using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Ends an activity.</summary>
internal static class ActivityEnd
{
    /// <summary>Ends the activity and leaves it.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="activity">The activity instance.</param>
    /// <param name="by">The destination whose completion ended it; null when none did (statement 11.7).</param>
    public static void Complete(Episode episode, ActivityInstance activity, ActivityInstanceDestination? by)
    {
        activity.Complete(by, episode.Now);
        episode.Record(JournalKind.ActivityCompleted, activity);
        episode.Plan(Verb.Leave, activity);
    }
}
