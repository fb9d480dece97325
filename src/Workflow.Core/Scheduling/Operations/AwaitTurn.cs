using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling.Operations;

/// <summary>Lets an activity instance of an exclusive group begin, or wait until its group is free. The group is held from here until the activity instance
/// ends, so its escalations are armed and its destinations planned behind this step (statement 13.1f).</summary>
internal static class AwaitTurn
{
    /// <summary>The start rule lets it begin. Where nobody holds its group or came before, it does.</summary>
    public static void Run(Episode episode, ActivityInstance activity)
    {
        var waits = episode.Process.WaitsFor(episode.Definition.Groups);
        if (waits.IsFree(activity))
        {
            Begin(episode, waits, activity);
            return;
        }

        waits.Await(activity);
        episode.Record(JournalKind.GroupAwaited, activity, activity.Wait!.ToString());
    }

    /// <summary>It has waited, and its group is free. Its escalations count from now.</summary>
    public static void Take(Episode episode, ActivityInstance activity)
    {
        var waits = episode.Process.WaitsOrNull!;
        if (!waits.IsFree(activity))
        {
            // The step was stored with an instance that went into Error, and the version has changed since.
            return;
        }

        episode.StartDueAt = null;
        episode.Record(JournalKind.GroupEntered, activity);
        Begin(episode, waits, activity);
    }

    private static void Begin(Episode episode, InstanceWaits waits, ActivityInstance activity)
    {
        waits.Take(activity);
        episode.Plan(Escalations.StepBehindTurn(episode, activity));
    }
}
