using System.Runtime.InteropServices;

namespace Workflow.Core.Instances;

/// <summary>The destinations of one activity instance, in the order of their numbers. A single one, as most activity instances have it, needs no
/// array.</summary>
internal struct DestinationList
{
    private ActivityInstanceDestination? _only;
    private ActivityInstanceDestination[]? _several;

    public int Count { get; private set; }

    /// <summary>Makes room.</summary>
    public void Expect(int count) => _several = count > 1 ? new ActivityInstanceDestination[count] : null;

    /// <summary>All of them, good until one is added.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public readonly ReadOnlySpan<ActivityInstanceDestination> AsSpan() => _several is null
        ? MemoryMarshal.CreateReadOnlySpan(in _only!, Count)
        : _several.AsSpan(0, Count);

    public void Add(ActivityInstanceDestination destination)
    {
        if (Count == 0 && _several is null)
        {
            _only = destination;
            Count = 1;
            return;
        }

        if (_several is null)
        {
            _several = [_only!, destination];
        }
        else if (Count == _several.Length)
        {
            Array.Resize(ref _several, Count * 2);
        }

        _several[Count++] = destination;
    }

    /// <summary>The destination of a number, or null.</summary>
    public readonly ActivityInstanceDestination? Find(int id)
    {
        var destinations = AsSpan();
        var low = 0;
        var high = Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var found = destinations[middle];
            if (found.Id == id)
            {
                return found;
            }

            if (found.Id < id)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return null;
    }
}
