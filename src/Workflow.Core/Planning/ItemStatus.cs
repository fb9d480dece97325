using Workflow.Core.Instances;

namespace Workflow.Core.Planning;

/// <summary>The status of a task for somebody (statement 1.4).</summary>
internal static class ItemStatus
{
    /// <summary>For a user in one of their standings.</summary>
    public static WorklistItemStatus Of(ActivityInstanceDestination destination, in Standing standing, string user) =>
        OfAwake(destination, standing, user) is var status
        && status is WorklistItemStatus.Available or WorklistItemStatus.Open or WorklistItemStatus.Allocated
        && IsAsleep(destination, standing, user, status)
            ? WorklistItemStatus.Sleep
            : status;

    /// <summary>The same, once the user is awake.</summary>
    public static WorklistItemStatus OfAwake(ActivityInstanceDestination destination, in Standing standing, string user) =>
        destination.WorklistHeader!.SlotOf(standing.Party) switch
        {
            { Status: SlotStatus.Completed } => WorklistItemStatus.Completed,
            { } slot => Names.Same(slot.User, user) ? WorklistItemStatus.Open : WorklistItemStatus.Allocated,
            null => destination.FreeSlots > 0 ? WorklistItemStatus.Available : WorklistItemStatus.Allocated,
        };

    /// <summary>For a destination as a whole, or for a user of it who holds a slot: what an administrator sees.</summary>
    public static WorklistItemStatus Of(ActivityInstanceDestination destination, Slot? slot, string party)
    {
        if (slot is { Status: SlotStatus.Completed })
        {
            return WorklistItemStatus.Completed;
        }

        if (destination.WorklistHeader!.SleepOf(slot?.User ?? party, party) is not null)
        {
            return WorklistItemStatus.Sleep;
        }

        return slot is not null ? WorklistItemStatus.Open : destination.FreeSlots > 0 ? WorklistItemStatus.Available : WorklistItemStatus.Allocated;
    }

    /// <summary>For a delegate as a whole: what an administrator sees.</summary>
    /// <param name="destination">The destination of the task.</param>
    /// <param name="delegation">The delegation that lets the delegate act.</param>
    /// <param name="holder">The user who holds the slot by it; null for nobody.</param>
    public static WorklistItemStatus OfDelegate(ActivityInstanceDestination destination, Delegation delegation, string? holder)
    {
        if (destination.WorklistHeader!.SleepOf(holder ?? delegation.To.Name, delegation.By) is not null)
        {
            return WorklistItemStatus.Sleep;
        }

        var isFree = destination.WorklistHeader.SlotOf(delegation.By) is null && destination.FreeSlots > 0;
        return holder is not null ? WorklistItemStatus.Open : isFree ? WorklistItemStatus.Available : WorklistItemStatus.Allocated;
    }

    /// <summary>Somebody else who acts for the same party has the slot: then their sleep counts, and not one's own.</summary>
    private static bool IsAsleep(ActivityInstanceDestination destination, in Standing standing, string user, WorklistItemStatus awake)
    {
        var isHeldByAnother = awake is WorklistItemStatus.Allocated && destination.WorklistHeader!.SlotOf(standing.Party) is not null;
        return !isHeldByAnother && destination.WorklistHeader!.SleepOf(user, standing.Party) is not null;
    }
}
