namespace Workflow.Core.Instances;

/// <content>The server item of the event that is at work.</content>
public sealed partial class ActivityInstanceDestination
{
    /// <summary>Whether its event waits to be finished by its serial number, by another system or with a signal. A task waits for its users, and an IPC event
    /// for its sub-process.</summary>
    internal bool WaitsAsServerItem =>
        Event is { Status: EventInstanceStatus.Waiting, StartsProcess: false } && WorklistHeader is not { IsOpen: true };
}
