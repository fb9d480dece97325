using System.Numerics;

namespace Workflow.Core.Instances;

/// <summary>Activities, by their positions in a definition. Where it has 64 at most, they need no object.</summary>
internal struct ActivitySet
{
    private const int Word = 64;

    private ulong _first;
    private ulong[]? _more;

    /// <summary>How many there are.</summary>
    public readonly int Count => BitOperations.PopCount(_first) + (_more?.Sum(BitOperations.PopCount) ?? 0);

    public readonly bool Contains(int position) => position < Word ? Has(_first, position)
        : _more is not null && (position / Word) - 1 < _more.Length && Has(_more[(position / Word) - 1], position);

    public void Add(int position)
    {
        if (position < Word)
        {
            _first |= Bit(position);
            return;
        }

        var place = (position / Word) - 1;
        if (_more is null || place >= _more.Length)
        {
            Array.Resize(ref _more, place + 1);
        }

        _more[place] |= Bit(position);
    }

    /// <summary>The same activities at their positions in another definition.</summary>
    public readonly ActivitySet At(Func<int, int> position)
    {
        var moved = default(ActivitySet);
        for (var at = 0; at < Word * (1 + (_more?.Length ?? 0)); at++)
        {
            if (Contains(at))
            {
                moved.Add(position(at));
            }
        }

        return moved;
    }

    private static bool Has(ulong word, int position) => (word & Bit(position)) != 0;

    private static ulong Bit(int position) => 1UL << (position % Word);
}
