using Workflow.Core.Instances;

namespace Workflow.Core.Rules;

/// <summary>Goes through the completed slots that a slot function sees, destination by destination in the order of planning, each as the scope in which its
/// answer is looked at. A destination that keeps no slots counts its own fields as often as it has completed slots (statement 3.7).</summary>
internal ref struct CompletedAnswers
{
    private readonly RuleScope _outer;
    private readonly int _destinationCount;
    private ActivityInstanceDestination? _destination;
    private Slot? _slot;
    private int _nextDestination;
    private int _answer;

    public CompletedAnswers(in RuleScope outer)
    {
        _outer = outer;
        _destinationCount = outer.DestinationCount;
    }

    public readonly RuleScope Current => _outer.Answering(_destination!, _slot?.Fields ?? _destination!.Fields, _slot, SlotStatus.Completed);

    public bool MoveNext()
    {
        while (_destination is null || !MoveWithin(_destination))
        {
            if (_nextDestination == _destinationCount)
            {
                return false;
            }

            _destination = _outer.DestinationAt(_nextDestination++);
            _answer = -1;
        }

        return true;
    }

    private bool MoveWithin(ActivityInstanceDestination destination)
    {
        if (destination.SlotList is not { } slots)
        {
            _slot = null;
            return ++_answer < destination.OwnCompletedSlots;
        }

        while (++_answer < slots.Count)
        {
            _slot = slots[_answer];
            if (_slot.Status is SlotStatus.Completed)
            {
                return true;
            }
        }

        return false;
    }
}
