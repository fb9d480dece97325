using Workflow.Core.Instances;
using Workflow.Core.Planning;

namespace Workflow.Core.Scheduling.Operations;

/// <summary>Asks the milestone of an activity instance, because a field was written that it reads (statement 13.1j). One that waits may begin. One that has
/// begun expires when the rule is false, and follows no line.</summary>
internal static class AskMilestone
{
    public static void Run(Episode episode, ActivityInstance activity)
    {
        if (activity.Status is not ActivityInstanceStatus.Active || activity.StartsAt is not null)
        {
            return;
        }

        var definition = episode.DefinitionOf(activity);
        var isReached = Question.OfMilestone(definition, activity).IsTrue();
        if (episode.Process.WaitsOrNull?.WaitOf(activity) is { } wait)
        {
            Wait(episode, activity, wait, isReached);
        }
        else if (!isReached)
        {
            Expiry.OfActivity(episode, activity, ExpiryReason.MilestoneOver);
            ActivityEnd.Forget(episode, activity);
        }
    }

    private static void Wait(Episode episode, ActivityInstance activity, WaitingActivity wait, bool isReached)
    {
        var waits = episode.Process.WaitsOrNull!;
        if (isReached == wait.AwaitsMilestone)
        {
            var rule = isReached ? null : episode.DefinitionOf(activity).Milestone?.ToString();
            episode.Record(isReached ? JournalKind.MilestoneReached : JournalKind.MilestoneAwaited, activity, rule);
        }

        waits.SetReached(wait, isReached);
        GroupFacts.TellOfWait(episode, waits, wait, activity);
    }
}
