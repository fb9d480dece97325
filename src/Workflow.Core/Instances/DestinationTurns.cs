namespace Workflow.Core.Instances;

/// <summary>The destinations of an activity that get their turn one after the other (statement 4.5).</summary>
internal sealed class DestinationTurns
{
    private IReadOnlyList<Destination> _all;
    private int _taken;

    public DestinationTurns(IReadOnlyList<Destination> all) => _all = all;

    /// <summary>All that were planned or put in their place last, those included who have had their turn.</summary>
    public IReadOnlyList<Destination> All => _all;

    /// <summary>How many of them have had their turn.</summary>
    public int Taken
    {
        get => _taken;
        set => _taken = value;
    }

    /// <summary>Those that have not had their turn, the next one first.</summary>
    public IEnumerable<Destination> Remaining => _all.Skip(_taken);

    public int Count => _all.Count - _taken;

    /// <summary>Puts others in the place of those that have not had their turn (statement 4.9).</summary>
    public void Replace(IReadOnlyList<Destination> remaining)
    {
        _all = remaining;
        _taken = 0;
    }

    public bool TryTake(out Destination next)
    {
        if (_taken == _all.Count)
        {
            next = default;
            return false;
        }

        next = _all[_taken++];
        return true;
    }
}
