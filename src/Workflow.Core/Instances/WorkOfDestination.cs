namespace Workflow.Core.Instances;

/// <summary>Works out whether a destination can still answer, and so end its activity.</summary>
internal static class WorkOfDestination
{
    /// <summary>Whether it can, as far as that depends on nothing but itself: it is not stalled, and where it waits for people, one of them has a slot or can take
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
}
