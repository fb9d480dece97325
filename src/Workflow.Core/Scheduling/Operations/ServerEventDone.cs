using Workflow.Core.Instances;
using Workflow.Core.Planning;

namespace Workflow.Core.Scheduling.Operations;

/// <summary>The code of a server event has returned, or its server item is finished. The engine checks the event's succeeding rule once, at this moment
/// (statement 7.3). When it is false, the event is stalled. The activity's policy applies as soon as no other destination can end the activity any more
/// (statement 0.3).</summary>
internal static class ServerEventDone
{
    public static void Run(Episode episode, ActivityInstanceDestination destination)
    {
        if (destination is not { Status: DestinationStatus.Active, Event.Status: EventInstanceStatus.Returned })
        {
            // Another destination has ended the activity since the event was finished.
            return;
        }

        var definition = episode.DefinitionOf(destination);
        if (Question.OfServerEvent(definition, episode.DefinitionOf(destination.Activity), destination).IsTrue())
        {
            episode.RecordEvent(JournalKind.EventCompleted, destination);
            destination.CompleteEvent();
            episode.Plan(Verb.StartEvent, destination);
            return;
        }

        Unresolved.OfEvent(episode, destination, Verb.ServerEventDone);
    }
}
