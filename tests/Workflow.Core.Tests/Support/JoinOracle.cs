namespace Workflow.Core.Tests.Support;

/// <summary>Says when one join J runs that stands behind one split S (statements 13.1 and 13.1b to 13.1i). Each branch of S is one activity with one line to J.
/// It is plain and slow, and knows nothing of the engine.</summary>
internal sealed class JoinOracle(OracleJoin kind, int count, int branches)
{
    private readonly bool _isOfSplit = kind
        is OracleJoin.TakenBySplit or OracleJoin.FirstOfSplit or OracleJoin.AtLeastOfSplit or OracleJoin.AtLeastOfSplitThenExpireOthers;

    private readonly bool _expiresOthers = kind is OracleJoin.AtLeastThenExpireOthers or OracleJoin.AtLeastOfSplitThenExpireOthers;
    private readonly int _needed = kind is OracleJoin.First or OracleJoin.FirstOfSplit ? 1 : count;
    private readonly Dictionary<int, int[]> _taken = [];
    private readonly List<(int Run, int Branch)> _active = [];

    /// <summary>Arrivals are counted in groups. If the join names the split, each run of it is a group; otherwise everything is in group 0.</summary>
    private readonly List<(int Group, int Branch)> _arrivals = [];
    private readonly HashSet<int> _passed = [];

    /// <summary>The branches that are active, ordered by run and branch.</summary>
    public IReadOnlyList<(int Run, int Branch)> Active => [.. _active.Order()];

    /// <summary>Whether the process would report that the join waits, if it completed now (statement 10.8b).</summary>
    public bool IsUnfinished => kind switch
    {
        OracleJoin.All or OracleJoin.TakenBySplit or OracleJoin.AlongOneLine => _arrivals.Count > 0,

        // In a round that has passed, the first arrival of each line belongs to that round; only further ones wait.
        OracleJoin.AtLeastBlocking => Enumerable.Range(0, branches).Any(line => CountOf(0, line) > (_passed.Contains(0) ? 1 : 0)),

        // An arrival after the passing is recorded and dropped, so it does not wait.
        _ => _arrivals.Exists(arrival => !_passed.Contains(arrival.Group)),
    };

    /// <summary>All that decides what comes next.</summary>
    public string State =>
        $"{string.Join(" ", Active)} | {string.Join(" ", _arrivals.Order())} | {string.Join(" ", _passed.Order())}";

    /// <summary>S runs and takes these lines. Everything on them is active from now on.</summary>
    public void Split(int run, IReadOnlyCollection<int> taken)
    {
        _taken.Add(run, [.. taken]);
        _active.AddRange(taken.Select(branch => (run, branch)));
    }

    /// <summary>The activity of a branch has completed, and its line leads to J.</summary>
    /// <returns>How often J runs because of that.</returns>
    public int Arrive(int run, int branch)
    {
        Leave(run, branch);
        var group = _isOfSplit ? run : 0;
        _arrivals.Add((group, branch));
        return kind switch
        {
            OracleJoin.All => HasEach(0) ? TakeEach() : 0,
            OracleJoin.TakenBySplit => PassTaken(run),
            OracleJoin.AtLeastBlocking => PassBlocking(),
            OracleJoin.AlongOneLine => PassAlong(branch),
            _ => PassAtLeast(run, group),
        };
    }

    /// <summary>The activity of a branch has ended, and leads nowhere.</summary>
    /// <returns>How often J runs because of that.</returns>
    public int End(int run, int branch)
    {
        Leave(run, branch);
        return kind is OracleJoin.TakenBySplit ? PassTaken(run) : 0;
    }

    /// <summary>Nothing of the run is active any more, and something has arrived (statement 13.1c).</summary>
    private int PassTaken(int run) =>
        _active.Exists(item => item.Run == run) || _arrivals.RemoveAll(arrival => arrival.Group == run) == 0 ? 0 : 1;

    /// <summary>Different lines count. Later arrivals are dropped, and when every line has arrived the counts are cleared (statements 13.1d and
    /// 13.1e).</summary>
    private int PassAtLeast(int run, int group)
    {
        var passes = !_passed.Contains(group) && Lines(group).Count(line => CountOf(group, line) > 0) >= _needed;
        if (passes)
        {
            _passed.Add(group);
            _active.RemoveAll(item => _expiresOthers && item.Run == run);
        }

        if (_passed.Contains(group) && (_expiresOthers || HasEach(group)))
        {
            _arrivals.RemoveAll(arrival => arrival.Group == group);
            _passed.Remove(group);
        }

        return passes ? 1 : 0;
    }

    /// <summary>The end of a round takes one of each line; what is kept may make the next round pass at once (statement 13.1h).</summary>
    private int PassBlocking()
    {
        for (var passes = 0; ; TakeEach())
        {
            passes += Lines(0).Count(line => CountOf(0, line) > 0) >= _needed && _passed.Add(0) ? 1 : 0;
            if (!_passed.Contains(0) || !HasEach(0))
            {
                return passes;
            }

            _passed.Remove(0);
        }
    }

    /// <summary>Arrivals along the same line are taken together (statement 13.1i).</summary>
    private int PassAlong(int line) =>
        CountOf(0, line) < count ? 0 : Math.Sign(Enumerable.Range(0, count).Count(_ => _arrivals.Remove((0, line))));

    private IEnumerable<int> Lines(int group) => _isOfSplit ? _taken[group] : Enumerable.Range(0, branches);

    private int CountOf(int group, int line) => _arrivals.Count(arrival => arrival == (group, line));

    private bool HasEach(int group) => Lines(group).All(line => CountOf(group, line) > 0);

    private int TakeEach() => Math.Sign(Lines(0).Count(line => _arrivals.Remove((0, line))));

    private void Leave(int run, int branch) => _active.Remove((run, branch)).ShouldBeTrue();
}
