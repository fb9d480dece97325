using System.Diagnostics.CodeAnalysis;
using Workflow.Core.Instances;

namespace Workflow.Core.Rules;

/// <summary>Goes through the completed slots that a slot function sees, by destination in the order of planning. Each slot is the scope in which the function
/// looks at its answer. A destination that keeps no slots counts its own fields as often as it has completed slots (statement 3.7).</summary>
internal ref struct CompletedAnswers
{
    private readonly int _destinationCount;
    private RuleScope _current;
    private ActivityInstanceDestination? _destination;
    private int _nextDestination;
    private int _answer;

    public CompletedAnswers(in RuleScope outer)
    {
        _current = outer.ForCompletedSlots();
        _destinationCount = outer.DestinationCount;
    }

    [UnscopedRef]
    public readonly ref readonly RuleScope Current => ref _current;

    public bool MoveNext()
    {
        while (_destination is null || !MoveWithin(_destination))
        {
            if (_nextDestination == _destinationCount)
            {
                return false;
            }

            _destination = _current.DestinationAt(_nextDestination++);
            _answer = -1;
        }

        return true;
    }

    private bool MoveWithin(ActivityInstanceDestination destination)
    {
        if (destination.SlotList is not { } slots)
        {
            _current.LookAt(destination, destination.Fields, slot: null);
            return ++_answer < destination.OwnCompletedSlots;
        }

        while (++_answer < slots.Count)
        {
            var slot = slots[_answer];
            if (slot.Status is SlotStatus.Completed)
            {
                _current.LookAt(destination, slot.Fields, slot);
                return true;
            }
        }

        return false;
    }
}
