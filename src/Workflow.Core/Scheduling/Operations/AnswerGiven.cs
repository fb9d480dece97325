using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling.Operations;

/// <summary>A slot is completed: the client event's succeeding rule is asked (statement 3.1). When it is true the task ends and the destination's next event
/// begins; when it is false and no answer is left, the activity's policy applies (statement 0.3).</summary>
internal static class AnswerGiven
{
    public static void Run(Episode episode, ActivityInstanceDestination destination)
    {
        if (destination is not { Status: DestinationStatus.Active, Event: not null, Header.IsOpen: true })
        {
            return;
        }

        var task = (ClientEventDefinition)episode.DefinitionOf(destination);
        var isDone = IsDone(episode, task, destination);
        if (destination.Event.Status is EventInstanceStatus.Stalled)
        {
            destination.ResumeEvent();
        }

        if (isDone)
        {
            episode.RecordEvent(JournalKind.EventCompleted, destination);
            Tasks.End(episode, destination, WorklistItemEnd.Completed);
            destination.ReturnEvent();
            destination.CompleteEvent();
            episode.Plan(Verb.StartEvent, destination);
            return;
        }

        if (Unresolved.IsUsedUp(destination, task))
        {
            Unresolved.OfEvent(episode, destination, Verb.AnswerGiven);
        }
    }

    /// <summary>A rule of its own; else, with outcomes, any of them in plan just once and always in the others; else, all slots completed (statements 0.2 and
    /// 2.7).</summary>
    private static bool IsDone(Episode episode, ClientEventDefinition task, ActivityInstanceDestination destination)
    {
        if (task.SucceedingRule is not null)
        {
            return Ask.EventSucceeding(task, destination);
        }

        var activity = episode.DefinitionOf(destination.Activity);
        if (activity.OutcomeArray.Length == 0)
        {
            return destination.Header!.CompletedSlots >= destination.SlotCount;
        }

        return activity.DestinationRule.Plan is not PlanOption.JustOnce || Ask.Outcome(activity, destination, isOfEvent: true) is not null;
    }
}
