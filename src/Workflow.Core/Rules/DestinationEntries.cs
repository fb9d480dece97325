using System.Diagnostics.CodeAnalysis;
using Workflow.Core.Instances;

namespace Workflow.Core.Rules;

/// <summary>Goes through the destinations that a slot function sees, in the order of planning. Each is a scope (statement 0.1). It has the values of its
/// completed slot, or its own values if no slot is completed. While its turn has not come, it has the initial values.</summary>
internal ref struct DestinationEntries
{
    private readonly int _destinationCount;
    private readonly int _turnCount;
    private readonly DataFields _initial;
    private RuleScope _current;
    private int _next;

    public DestinationEntries(in RuleScope outer)
    {
        _current = outer;
        _destinationCount = outer.DestinationCount;
        _turnCount = outer.IsOfOneDestination ? 0 : outer.Activity!.Turns?.Count ?? 0;
        _initial = outer.DestinationFields?.Initial ?? FieldTable.Empty.InitialFields;
    }

    [UnscopedRef]
    public readonly ref readonly RuleScope Current => ref _current;

    public bool MoveNext()
    {
        if (_next == _destinationCount + _turnCount)
        {
            return false;
        }

        if (_next < _destinationCount)
        {
            LookAt(_current.DestinationAt(_next));
        }
        else
        {
            _current.LookAt(destination: null, _initial, slot: null, status: null);
        }

        _next++;
        return true;
    }

    private void LookAt(ActivityInstanceDestination destination)
    {
        var slot = SlotOf(destination);
        if (slot is { HasCopy: true })
        {
            _current.LookAt(destination, slot.Fields, slot, slot.Status);
        }
        else
        {
            _current.LookAt(destination, destination.Fields, slot: null, slot?.Status ?? OwnStatus(destination));
        }
    }

    private static SlotStatus? OwnStatus(ActivityInstanceDestination destination) => destination.OwnCompletedSlots > 0 ? SlotStatus.Completed : null;

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
