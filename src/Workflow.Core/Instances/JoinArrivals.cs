namespace Workflow.Core.Instances;

/// <summary>The arrivals at one join that have not been used up (statement 13.1).</summary>
/// <param name="activity">The name of the activity that waits.</param>
/// <param name="split">The number of the activity instance whose lines are counted; <see cref="ByLines"/> where those are counted that lead to the
/// join.</param>
/// <param name="demand">The arrivals that it wants.</param>
internal sealed class JoinArrivals(string activity, int split, JoinDemand demand)
{
    /// <summary>The value of <see cref="Split"/> where the lines that lead to the join are counted.</summary>
    public const int ByLines = -1;

    private readonly List<KeptArrivals> _kept = [];

    /// <summary>The name of the activity that waits.</summary>
    public string Activity { get; private set; } = activity;

    /// <summary>The number of the activity instance whose lines are counted, or <see cref="ByLines"/>.</summary>
    public int Split => split;

    /// <summary>The arrivals that it wants.</summary>
    public JoinDemand Demand { get; private set; } = demand;

    /// <summary>Whether the join has passed in this round.</summary>
    public bool HasPassed { get; set; }

    /// <summary>Whether the arrivals were enough, and the rest of the preceding rule was false. It is not asked again until something else arrives or
    /// ends.</summary>
    public bool IsRefused { get; set; }

    /// <summary>The arrivals, in the order in which their lines and branches first came.</summary>
    public IReadOnlyList<KeptArrivals> Kept => _kept;

    /// <summary>How many arrivals of a line are kept.</summary>
    public int CountOf(string line)
    {
        var count = 0;
        foreach (var kept in _kept)
        {
            count += kept.Line == line ? kept.Count : 0;
        }

        return count;
    }

    /// <summary>Keeps arrivals.</summary>
    public void Add(in KeptArrivals arrivals)
    {
        for (var place = 0; place < _kept.Count; place++)
        {
            var kept = _kept[place];
            if (kept.Line == arrivals.Line && Equals(kept.On, arrivals.On))
            {
                _kept[place] = kept with { Count = checked(kept.Count + arrivals.Count) };
                return;
            }
        }

        _kept.Add(arrivals);
    }

    /// <summary>One more arrival of a line that counts once: it adds its branches.</summary>
    public void Unite(string line, Branches? on)
    {
        var place = _kept.FindIndex(kept => kept.Line == line);
        _kept[place] = _kept[place] with { On = Branches.Union([_kept[place].On, on]) };
    }

    /// <summary>Forgets the arrivals that came on certain branches.</summary>
    public void Remove(Predicate<Branches?> isOn) => _kept.RemoveAll(kept => isOn(kept.On));

    /// <summary>Takes arrivals of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="count">How many; that many are there.</param>
    /// <param name="taken">Gets them.</param>
    public void Take(string line, int count, List<KeptArrivals> taken)
    {
        for (var place = 0; count > 0; place++)
        {
            var kept = _kept[place];
            if (kept.Line != line)
            {
                continue;
            }

            var part = Math.Min(count, kept.Count);
            taken.Add(kept with { Count = part });
            count -= part;
            if (part == kept.Count)
            {
                _kept.RemoveAt(place--);
            }
            else
            {
                _kept[place] = kept with { Count = kept.Count - part };
            }
        }
    }

    /// <summary>Forgets all arrivals; a new round begins.</summary>
    public void Clear()
    {
        _kept.Clear();
        (HasPassed, IsRefused) = (false, false);
    }

    /// <summary>The lines and the activity have other names in another version (statement 8.8).</summary>
    public void ChangeVersion(string activity, JoinDemand demand, Func<KeptArrivals, KeptArrivals> rename)
    {
        (Activity, Demand) = (activity, demand);
        for (var place = 0; place < _kept.Count; place++)
        {
            _kept[place] = rename(_kept[place]);
        }
    }
}
