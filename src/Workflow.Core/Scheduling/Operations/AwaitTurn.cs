using Workflow.Core.Instances;
using Workflow.Core.Planning;

namespace Workflow.Core.Scheduling.Operations;

/// <summary>Lets an activity instance begin, or wait until its milestone is reached and its exclusive group is free. The group is held from here until the
/// activity instance ends, so its escalations are armed and its destinations planned behind this step (statements 13.1f and 13.1j).</summary>
internal static class AwaitTurn
{
    /// <summary>The start rule lets it begin. Where its milestone is reached, and nobody holds its group or came before, it does.</summary>
    public static void Run(Episode episode, ActivityInstance activity)
    {
        var definition = episode.DefinitionOf(activity);
        var isReached = Question.OfMilestone(definition, activity).IsTrue();
        var waits = episode.Process.WaitsFor(episode.Definition.Groups);
        if (isReached && waits.IsFree(activity))
        {
            Begin(episode, waits, activity);
            return;
        }

        var wait = waits.Await(activity, isReached);
        if (!isReached)
        {
            episode.Record(JournalKind.MilestoneAwaited, activity, definition.Milestone?.ToString());
        }

        GroupFacts.TellOfWait(episode, waits, wait, activity);
    }

    /// <summary>It has waited, and its turn has come. Its escalations count from now.</summary>
    public static void Take(Episode episode, ActivityInstance activity)
    {
        var waits = episode.Process.WaitsOrNull!;
        var wait = waits.WaitOf(activity)!;
        if (wait.AwaitsMilestone || !waits.IsFree(activity))
        {
            // The step was stored with an instance that went into Error, and the version has changed since.
            return;
        }

        episode.StartDue = null;
        if (wait.AwaitsGroup)
        {
            episode.Record(JournalKind.GroupEntered, activity);
        }

        Begin(episode, waits, activity);
    }

    private static void Begin(Episode episode, InstanceWaits waits, ActivityInstance activity)
    {
        waits.Take(activity);
        episode.Plan(Escalations.StepBehindTurn(episode, activity));
    }
}
