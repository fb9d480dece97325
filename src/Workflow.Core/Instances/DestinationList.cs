using System.Runtime.InteropServices;

namespace Workflow.Core.Instances;

/// <summary>The destinations of one activity instance, in the order of their numbers. A single one, as most activity instances have it, needs no
/// array.</summary>
internal struct DestinationList
{
    private ActivityInstanceDestination? _only;
    private ManyDestinations? _several;

    /// <summary>How many there are here. One that is not loaded is not.</summary>
    public int Count { get; private set; }

    /// <summary>The data kept about all of them; null when there is one at most.</summary>
    public readonly ManyDestinations? Several => _several;

    /// <summary>The sum over their numbers.</summary>
    public readonly ulong Sum => _several?.Sum ?? (Count == 0 ? 0 : NumberSum.Of(_only!.Id));

    /// <summary>Makes room.</summary>
    public void Expect(int count) => _several = count > 1 ? new ManyDestinations { All = new ActivityInstanceDestination[count] } : null;

    /// <summary>All of them, good until one is added.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public readonly ReadOnlySpan<ActivityInstanceDestination> AsSpan() => _several is null
        ? MemoryMarshal.CreateReadOnlySpan(in _only!, Count)
        : _several.All.AsSpan(0, Count);

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
            _several = new ManyDestinations { All = [_only!, destination], Sum = NumberSum.Of(_only!.Id) };
            _several.CountWork(_only!);
        }
        else
        {
            if (Count == _several.All.Length)
            {
                var all = _several.All;
                Array.Resize(ref all, Count * 2);
                _several.All = all;
            }

            _several.All[Count] = destination;
        }

        _several.Sum += NumberSum.Of(destination.Id);
        Count++;
    }

    /// <summary>Without those in front that have all ended.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public readonly ReadOnlySpan<ActivityInstanceDestination> LaterThanEnded()
    {
        var all = AsSpan();
        if (_several is null)
        {
            return all;
        }

        while (_several.EndedInFront < all.Length && all[_several.EndedInFront].Status is not DestinationStatus.Active)
        {
            _several.EndedInFront++;
        }

        return all[_several.EndedInFront..];
    }

    /// <summary>How many completed slots hold a text in a destination field; null when that is not counted.</summary>
    public readonly int? CountAnswers(ActivityInstance owner, int ordinal, string text)
    {
        if (_several is null)
        {
            return _only?.WorklistHeader?.CountAnswers(ordinal, text);
        }

        if (_several.Answers?.Find(ordinal, text) is { } known)
        {
            return known;
        }

        // All run the same events: when one has had a task, none completes slots without one.
        var destinations = owner.DestinationSpan;
        if (destinations[0].WorklistHeader is null || _several.Answers?.Takes(text) is false)
        {
            return null;
        }

        // The count is stored, so that the next answer need not look at the others.
        owner.Touch();
        return (_several.Answers ??= new AnswerCounts()).Add(ordinal, text, destinations);
    }

    /// <summary>The users who have answered, and those on whose behalf they did.</summary>
    public static IEnumerable<string> Actors(ReadOnlySpan<ActivityInstanceDestination> destinations)
    {
        var actors = new List<string>();
        foreach (var destination in destinations)
        {
            actors.AddRange(destination.Actors());
        }

        return actors;
    }

    /// <summary>The last one that has answered or completed; null for none.</summary>
    public static ActivityInstanceDestination? LastAnswered(ReadOnlySpan<ActivityInstanceDestination> destinations)
    {
        ActivityInstanceDestination? last = null;
        foreach (var destination in destinations)
        {
            last = destination.HasAnswered ? destination : last;
        }

        return last;
    }

    /// <summary>Puts back the counts of several, when only one is here.</summary>
    public void Restore(ManyDestinations several)
    {
        Invariant.Holds(Count == 1 && several.Unloaded > 0);
        _several = several;
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
