namespace Workflow.Core.Instances;

/// <summary>The element of an instance that a timer belongs to, and ends with: the process instance, an activity instance, a destination, or an event instance.
/// Its numbers are those that the timer is stored with.</summary>
internal readonly record struct TimerOwner(int ActivityInstance, int Destination, int EventInstance)
{
    /// <summary>The process instance itself.</summary>
    public static TimerOwner Process => default;

    public static TimerOwner Of(ActivityInstance activity) => new(activity.Id, 0, 0);

    public static TimerOwner Of(ActivityInstanceDestination destination) => new(destination.Activity.Id, destination.Id, 0);

    /// <summary>The event that is at work in a destination.</summary>
    public static TimerOwner OfEvent(ActivityInstanceDestination destination) => new(destination.Activity.Id, destination.Id, destination.Event!.Id);

    public static TimerOwner Of(in ProcessTimer timer) => new(timer.ActivityInstance, timer.Destination, timer.EventInstance);
}
