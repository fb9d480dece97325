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
        if (episode.DefinitionOf(activity).EndsProcess)
        {
            Expiry.OfAllBut(episode, activity, ExpiryReason.ProcessEnded);
        }

        Leave(episode, activity);
    }

    /// <summary>The lines of an activity that has ended are asked, once. They were already where its rest has gone on (statement 13.1l).</summary>
    public static void Leave(Episode episode, ActivityInstance activity)
    {
        switch (activity.Rest)
        {
            case RestStatus.None:
                episode.Plan(Verb.Leave, activity);
                break;
            case RestStatus.Left:
                Forget(episode, activity);
                break;
        }
    }

    /// <summary>Nothing reads an activity instance that has ended after this.</summary>
    public static void Forget(Episode episode, ActivityInstance activity)
    {
        if (episode.DefinitionOf(activity).AreActorsWanted && activity.CompletedSlots > 0)
        {
            episode.Process.NoteActors(activity, activity.Actors());
        }

        episode.Process.Forget(activity);
        if (activity.IsStored)
        {
            episode.EndedActivities.Add(activity.Id);
        }
    }
}
