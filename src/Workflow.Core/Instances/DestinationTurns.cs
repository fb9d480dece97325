namespace Workflow.Core.Instances;

/// <summary>The destinations of an activity that get their turn one after the other (statement 4.5).</summary>
internal sealed class DestinationTurns
{
    private readonly IReadOnlyList<Destination> _all;
    private int _taken;

    public DestinationTurns(IReadOnlyList<Destination> all) => _all = all;

    /// <summary>Those that have not had their turn, the next one first.</summary>
    public IEnumerable<Destination> Remaining => _all.Skip(_taken);

    public int Count => _all.Count - _taken;

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
