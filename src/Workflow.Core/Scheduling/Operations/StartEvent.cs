using System.Diagnostics;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling.Operations;

/// <summary>Starts the next event of a destination; after the last one the destination is completed (statement 15). A server event and the
/// start of another process are only planned here. The shell calls the code, or asks what the start needs, when everything is at rest (statements 3.12 and
/// 14.4).</summary>
internal static class StartEvent
{
    public static void Run(Episode episode, ActivityInstanceDestination destination)
    {
        if (destination.Status is not DestinationStatus.Active)
        {
            return;
        }

        var activity = episode.DefinitionOf(destination.Activity);
        var events = activity.EventArray;
        if (destination.NextEvent == events.Length)
        {
            episode.Plan(Verb.CompleteDestination, destination);
            return;
        }

        var definition = events[destination.NextEvent];
        var task = definition as ClientEventDefinition;
        var data = task is null ? null : TaskTexts.Data(task, activity, destination);
        var url = task is null ? null : TaskTexts.Url(task, activity, destination);
        var due = Escalations.DueOf(episode, definition.EscalationArray, destination.Activity, definition.Name);
        destination.StartEvent(definition.Name, definition is IpcEventDefinition, episode.Now);
        episode.RecordEvent(JournalKind.EventStarted, destination);
        Escalations.Arm(episode, TimerOwner.OfEvent(destination), definition.EscalationArray, due);
        switch (definition)
        {
            case ServerEventDefinition or IpcEventDefinition:
                episode.Process.Plan(PlannedCall.OfEvent(destination));
                break;
            case ClientEventDefinition:
                Tasks.Begin(episode, destination, data, url);
                Unresolved.WhenNoSlotIsLeft(episode, destination);
                break;
            case SignalEventDefinition signal:
                Signals.Await(episode, destination, signal);
                break;
            default:
                throw new UnreachableException();
        }
    }
}
