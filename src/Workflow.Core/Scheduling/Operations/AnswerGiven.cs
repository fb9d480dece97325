using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;

namespace Workflow.Core.Scheduling.Operations;

/// <summary>A slot is completed: the client event's succeeding rule is asked (statement 3.1). When it is true, the task ends and the destination's next event
/// begins. When it is false and no answer is left, the activity's policy applies (statement 0.3).</summary>
internal static class AnswerGiven
{
    public static void Run(Episode episode, ActivityInstanceDestination destination)
    {
        if (destination is not { Status: DestinationStatus.Active, Event: not null, WorklistHeader.IsOpen: true })
        {
            return;
        }

        var task = (ClientEventDefinition)episode.DefinitionOf(destination);
        var isDone = Question.OfTask(task, episode.DefinitionOf(destination.Activity), destination).IsTrue();
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
}
