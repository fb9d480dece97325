using Workflow.Core.Instances;

namespace Workflow.Core.Rules;

/// <summary>Goes through the destinations that a slot function sees in the order of planning, each as the scope in which it is looked at: with the values of
/// its completed slot if it has one, and with its own values otherwise (statement 0.1).</summary>
internal ref struct DestinationEntries
{
    private readonly RuleScope _outer;
    private readonly int _count;
    private int _index = -1;

    public DestinationEntries(in RuleScope outer)
    {
        _outer = outer;
        _count = outer.DestinationCount;
    }

    public readonly RuleScope Current
    {
        get
        {
            var destination = _outer.DestinationAt(_index);
            var slot = SlotOf(destination);
            var hasAnswer = slot is { Status: SlotStatus.Completed };
            var status = slot?.Status ?? (destination.OwnCompletedSlots > 0 ? SlotStatus.Completed : null);
            return _outer.Answering(destination, hasAnswer ? slot!.Fields : destination.Fields, hasAnswer ? slot : null, status);
        }
    }

    public bool MoveNext() => ++_index < _count;

    /// <summary>The completed slot; without one, the slot that is open.</summary>
    private static Slot? SlotOf(ActivityInstanceDestination destination)
    {
        if (destination.SlotList is not { Count: > 0 } slots)
        {
            return null;
        }

        foreach (var slot in slots)
        {
            if (slot.Status is SlotStatus.Completed)
            {
                return slot;
            }
        }

        return slots[0];
    }
}
