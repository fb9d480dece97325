using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling.Operations;

/// <summary>Asks all outgoing lines, in definition order, before any of their targets is entered (statements 10.1 and 15).</summary>
internal static class LeaveActivity
{
    /// <summary>The start of a process has lines only, no rules and no events (statement 15).</summary>
    public static void FromStart(Episode episode)
    {
        for (var ordinal = 0; ordinal < episode.Definition.StartLines.Length; ordinal++)
        {
            episode.Plan(new Operation(Verb.FollowLine, Ordinal: ordinal));
        }
    }

    public static void Run(Episode episode, ActivityInstance activity)
    {
        var lines = episode.DefinitionOf(activity).OutgoingLines;
        for (var ordinal = 0; ordinal < lines.Length; ordinal++)
        {
            episode.Plan(new Operation(Verb.FollowLine, activity, ordinal));
        }

        episode.Plan(Verb.ForgetActivity, activity);
    }

    /// <summary>The last line has been asked: nothing reads the activity instance any more.</summary>
    public static void Forget(Episode episode, ActivityInstance activity)
    {
        RoleTimer.Disarm(episode, activity);
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
