namespace Workflow.Core.Instances;

/// <summary>The element that has failed, by the words of the present error. Another one may have failed before, and wait for its retry.</summary>
internal static class FailedElement
{
    /// <summary>The element of a server event or an IPC event, in words.</summary>
    public static string OfEvent(ActivityInstanceDestination destination) =>
        $"{(destination.Event!.StartsProcess ? "IPC event" : "server event")} '{destination.Event.Name}' of '{destination.Activity.Name}'";

    /// <summary>The destination whose event has failed; null when the error is about something else.</summary>
    public static ActivityInstanceDestination? Event(ProcessInstance process, ProcessError error) =>
        process.ActivityList.SelectMany(activity => activity.Destinations).FirstOrDefault(destination =>
            destination is { Status: DestinationStatus.Active, Event.Status: EventInstanceStatus.Failed } && OfEvent(destination) == error.Element);

    /// <summary>The firing whose action has failed; null when the error is about something else.</summary>
    public static Firing? Escalation(ProcessInstance process, ProcessError error) =>
        process.TimersOrNull?.FiringsOrNull?.Open.FirstOrDefault(firing =>
            firing.Status is FiringStatus.Failed
            && error.Element.StartsWith($"escalation '{firing.Escalation}'", StringComparison.Ordinal)
            && (firing.Activity is null || error.Element.EndsWith($"of '{firing.Activity.Name}'", StringComparison.Ordinal)));
}
