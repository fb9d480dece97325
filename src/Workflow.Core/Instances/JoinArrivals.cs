namespace Workflow.Core.Instances;

/// <summary>The arrivals at one join that have not been used up (statement 13.1).</summary>
internal sealed class JoinArrivals
{
    /// <summary>The value of <see cref="Split"/> where the lines that lead to the join are counted.</summary>
    public const int ByLines = -1;

    private readonly List<KeptArrivals> _kept = [];

    public JoinArrivals(string activity, int split, IReadOnlyList<string> lines) => (Activity, Split, Lines) = (activity, split, lines);

    /// <summary>The name of the activity that waits.</summary>
    public string Activity { get; private set; }

    /// <summary>The number of the activity instance whose lines are counted; <see cref="ByLines"/> where those are counted that lead to the join.</summary>
    public int Split { get; }

    /// <summary>The names of the lines that lead to the join. They are those of the definition, and are not stored.</summary>
    public IReadOnlyList<string> Lines { get; private set; }

    /// <summary>Whether the join has passed in this round.</summary>
    public bool HasPassed { get; set; }

    /// <summary>The arrivals, oldest first; those of one line and way that follow each other together.</summary>
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
        if (_kept.Count > 0 && _kept[^1] is var last && last.Line == arrivals.Line && last.Way == arrivals.Way)
        {
            _kept[^1] = last with { Count = last.Count + arrivals.Count };
        }
        else
        {
            _kept.Add(arrivals);
        }
    }

    /// <summary>Takes the oldest arrivals of a line.</summary>
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
        HasPassed = false;
    }

    /// <summary>The lines and the activity have other names in another version (statement 8.8).</summary>
    public void Rename(string activity, IReadOnlyList<string> lines, Func<KeptArrivals, KeptArrivals> rename)
    {
        (Activity, Lines) = (activity, lines);
        for (var place = 0; place < _kept.Count; place++)
        {
            _kept[place] = rename(_kept[place]);
        }
    }
}
