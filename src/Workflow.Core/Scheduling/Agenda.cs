namespace Workflow.Core.Scheduling;

/// <summary>The steps still to take, first in, first out (statement 15). It is empty whenever an instance is committed.</summary>
/// <remarks>A ring of our own. The steps of an instance pass through it so often that a general queue would be a tenth of the whole cost.</remarks>
internal sealed class Agenda
{
    /// <summary>Its length is a power of two, so that a place is found by masking.</summary>
    private Operation[] _ring = new Operation[16];
    private int _first;

    public int Count { get; private set; }

    public void Enqueue(in Operation operation)
    {
        if (Count == _ring.Length)
        {
            Grow();
        }

        _ring[(_first + Count++) & (_ring.Length - 1)] = operation;
    }

    public bool TryDequeue(out Operation operation)
    {
        if (Count == 0)
        {
            operation = default;
            return false;
        }

        operation = _ring[_first];
        _ring[_first] = default;
        _first = (_first + 1) & (_ring.Length - 1);
        Count--;
        return true;
    }

    /// <summary>Whether an activity will be entered along a line that leaves a certain one. The step planned last is looked at first: right after its lines
    /// were asked, that is the answer.</summary>
    public bool IsEntering(int from)
    {
        for (var place = Count - 1; place >= 0; place--)
        {
            ref readonly var planned = ref _ring[(_first + place) & (_ring.Length - 1)];
            if (planned.Verb is Verb.EnterActivity && planned.From == from)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes steps out that are not to be done any more.</summary>
    /// <param name="isDropped">Whether a step is one of them.</param>
    public void Drop(Predicate<Operation> isDropped)
    {
        for (var left = Count; left > 0; left--)
        {
            TryDequeue(out var operation);
            if (!isDropped(operation))
            {
                Enqueue(operation);
            }
        }
    }

    /// <summary>Forgets all steps, and the instances they refer to. Those that were taken are forgotten already.</summary>
    public void Clear()
    {
        while (TryDequeue(out _))
        {
        }
    }

    private void Grow()
    {
        var ring = new Operation[_ring.Length * 2];
        for (var place = 0; place < Count; place++)
        {
            ring[place] = _ring[(_first + place) & (_ring.Length - 1)];
        }

        _ring = ring;
        _first = 0;
    }
}
