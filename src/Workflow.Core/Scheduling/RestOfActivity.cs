using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>The rest of the destinations of an activity that goes on although the succeeding rule is true (statement 13.1l).</summary>
internal static class RestOfActivity
{
    /// <summary>Whether one of the destinations can still answer.</summary>
    /// <param name="completed">The destination that has answered last.</param>
    public static bool IsThere(ActivityInstanceDestination completed) =>
        WorkOfDestination.IsThere(completed) || Unresolved.IsAnotherAtWork(completed);

    /// <summary>The succeeding rule is true: the lines are asked, and the rest goes on.</summary>
    public static void Keep(Episode episode, ActivityInstance activity, ActivityInstanceDestination completed)
    {
        activity.KeepRest(completed);
        episode.Record(JournalKind.RestKept, activity);
        episode.Plan(Verb.Leave, activity);
    }

    /// <summary>Nothing of the rest can end by itself any more. The activity completes without a line.</summary>
    public static void End(Episode episode, ActivityInstance activity)
    {
        Expiry.OfDestinations(episode, activity, ExpiryReason.Unresolved);
        ActivityEnd.Complete(episode, activity, activity.CompletedBy);
    }
}
