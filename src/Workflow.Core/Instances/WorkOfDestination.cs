namespace Workflow.Core.Instances;

/// <summary>Works out whether a destination can still answer, and so end its activity.</summary>
internal static class WorkOfDestination
{
    /// <summary>Whether it can, as far as that depends only on itself. It is not stalled. If it waits for people, one of them has a slot or can take
    /// one.</summary>
    public static DestinationWork Of(ActivityInstanceDestination destination)
    {
        if (destination.Status is not DestinationStatus.Active || destination.Event is { Status: EventInstanceStatus.Stalled })
        {
            return DestinationWork.None;
        }

        if (destination is not { Event.Status: EventInstanceStatus.Waiting, WorklistHeader: { IsOpen: true } header } || header.OpenSlots > 0)
        {
            return DestinationWork.AtWork;
        }

        return destination.SlotCount <= header.SlotList.Count ? DestinationWork.None
            : destination.Activity.SharesSlots ? DestinationWork.NeedsSharedSlot : DestinationWork.AtWork;
    }

    /// <summary>Whether it can.</summary>
    public static bool IsThere(ActivityInstanceDestination destination) => Of(destination) switch
    {
        DestinationWork.AtWork => true,
        DestinationWork.NeedsSharedSlot => destination.Activity.FreeShared(destination.Event!.Position) > 0,
        _ => false,
    };

    /// <summary>Whether a destination other than this one can still answer, and so end the activity.</summary>
    /// <exception cref="PartNotLoadedException">That depends on destinations that are not loaded.</exception>
    public static bool IsElsewhere(ActivityInstanceDestination destination)
    {
        var activity = destination.Activity;
        if (activity.ActiveDestinations == 0)
        {
            return false;
        }

        var areAllLoaded = activity.UnloadedDestinations == 0;
        foreach (var other in areAllLoaded ? activity.LaterThanEnded() : activity.LoadedDestinations)
        {
            if (other != destination && IsThere(other))
            {
                return true;
            }
        }

        return !areAllLoaded && IsUnloadedThere(activity);
    }

    /// <summary>Counts those that can, of destinations that were just loaded.</summary>
    public static void CountAll(ActivityInstance activity)
    {
        if (activity.SeveralDestinations is { } several)
        {
            foreach (var destination in activity.DestinationSpan)
            {
                several.CountWork(destination);
            }
        }
    }

    /// <summary>Whether a destination that is not loaded can still answer. Those that are loaded have changed since they were counted, the others have
    /// not.</summary>
    private static bool IsUnloadedThere(ActivityInstance activity)
    {
        var (atWork, needSharedSlot) = activity.SeveralDestinations!.CountUnloaded(activity.LoadedDestinations);
        if (atWork > 0 || needSharedSlot == 0)
        {
            return atWork > 0;
        }

        // Shared slots are counted for each event, and it is not known in which event the destinations wait.
        return activity.PlanningOrNull!.IsSharedLeftOfEach(activity.SlotTotal) ? true : throw activity.Process.Unloaded!.Want();
    }
}
