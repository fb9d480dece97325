using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>An arrival at a join, or the question of a join that nothing arrives at now (statement 13.1).</summary>
internal sealed class Arrival
{
    /// <summary>A split that no activity instance is, for an arrival that does not come from the split whose lines are counted.</summary>
    private const int Elsewhere = -2;

    private readonly Episode _episode;
    private readonly ActivityDefinition _activity;
    private readonly Arrivals _join;
    private readonly int _split;
    private readonly SplitRun? _run;

    /// <summary>The lines that are counted. Where those of a split are, an arrival that came through a join may be on several.</summary>
    private readonly string[] _lines;
    private readonly Branches? _on;
    private bool _isKept;

    private Arrival(Episode episode, ActivityDefinition activity, int split, string[] lines, Branches? on)
    {
        (_episode, _activity, _join, _split, _lines, _on) = (episode, activity, activity.Join!, split, lines, on);
        _run = split == JoinArrivals.ByLines ? null : episode.Process.JoinedOrNull?.RunOf(split);
    }

    /// <summary>Whether the join passes, as far as arrivals are concerned.</summary>
    public bool IsEnough => !IsFromElsewhere && _join.Kind switch
    {
        _ when Kept is { HasPassed: true } => false,
        ArrivalKind.All => IsComplete && (_lines.Length > 0 || Kept is { Kept.Count: > 0 }),
        ArrivalKind.AtLeast => Lines.Count(Has) >= _join.Count,
        ArrivalKind.AlongOneLine => Lines.Any(line => CountOf(line) >= _join.Count),
        _ => _lines.Length == 0 && Kept is { Kept.Count: > 0 } kept && JoinsAtRest.CanNothingCome(_episode, kept),
    };

    /// <summary>Whether the join was asked with these arrivals, and the rest of the preceding rule was false.</summary>
    public bool WasRefused => Kept is { IsRefused: true };

    private JoinArrivals? Kept => _episode.Process.JoinedOrNull?.Find(_activity.Name, _split);

    private JoinPlan Plan => _episode.Definition.Joins!;

    /// <summary>The lines that count.</summary>
    private IEnumerable<string> Lines => _run?.Lines.Select(line => line.Line) ?? Plan.DemandOf(_activity).Lines;

    /// <summary>Whether every line has brought an arrival, or cannot bring one any more.</summary>
    private bool IsComplete => _run?.Lines.All(line => line.IsOver || Has(line.Line)) ?? Lines.All(Has);

    /// <summary>An arrival that does not come from the split whose lines are counted does not count.</summary>
    private bool IsFromElsewhere => !_join.IsByLines && _run is null;

    /// <summary>Something arrives.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="activity">The activity, which has a join.</param>
    /// <param name="line">The line along which it arrives.</param>
    /// <param name="on">The branches on which it comes; null for none.</param>
    public static Arrival Along(Episode episode, ActivityDefinition activity, LineDefinition line, Branches? on)
    {
        if (activity.Join!.IsByLines)
        {
            return new Arrival(episode, activity, JoinArrivals.ByLines, [line.Name], on);
        }

        // The latest run counts, where several have come together.
        var branches = OfSplit(episode, activity.Join.Split!, on).ToList();
        var split = branches.Count == 0 ? Elsewhere : branches[^1].Split;
        return new Arrival(episode, activity, split, [.. branches.Where(branch => branch.Split == split).Select(branch => branch.Line)], on);
    }

    /// <summary>Nothing arrives, and the join is asked all the same.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="activity">The activity, which has a join.</param>
    /// <param name="split">As <see cref="JoinArrivals.Split"/>.</param>
    public static Arrival Without(Episode episode, ActivityDefinition activity, int split) => new(episode, activity, split, [], on: null);

    /// <summary>The arrival happens, and does not pass.</summary>
    /// <returns>Why it ends there.</returns>
    public ExpiryReason Stay()
    {
        if (IsFromElsewhere)
        {
            JoinsAtRest.Tell(_episode, _activity.Name, $"an arrival does not come from '{_join.Split}', whose lines it counts");
            return ExpiryReason.ArrivalDropped;
        }

        var wasEnough = IsEnough;
        var isKept = Keep();
        EndRound();
        if (wasEnough && Kept is { } kept)
        {
            kept.IsRefused = true;
        }

        return wasEnough ? ExpiryReason.PrecedingRuleFalse : isKept ? ExpiryReason.ArrivalKept : ExpiryReason.ArrivalDropped;
    }

    /// <summary>The arrival happens, and passes with those that were kept.</summary>
    /// <param name="activity">The activity instance that runs.</param>
    public void Pass(ActivityInstance activity)
    {
        Keep();
        var kept = At();
        kept.IsRefused = false;
        var used = Use(kept);
        _episode.Record(JournalKind.JoinPassed, activity, string.Join(", ", used.Select(item => item.Line)));
        if (BranchesAfter(used) is { } branches)
        {
            _episode.Process.Joined.SetBranches(activity.Id, branches);
        }

        if (_join.ExpiresOthers)
        {
            // A run of a split passes once; where lines are counted, the next round begins.
            kept.Clear();
            kept.HasPassed = _run is not null;
        }

        EndRound();
        RemoveIfEmpty(kept);
        if (_join.Kind is ArrivalKind.All or ArrivalKind.AlongOneLine && _run is null && Without(_episode, _activity, _split).IsEnough)
        {
            // More was kept than one round needs.
            _episode.Plan(new Operation(Verb.AskJoin, Ordinal: _activity.Ordinal, From: _split));
        }
    }

    /// <summary>The arrivals were enough, and the rest of the preceding rule was false. Where nothing more can come, that is told, and they are
    /// forgotten (statement 10.8b).</summary>
    public void Refuse()
    {
        if (Kept is not { } kept)
        {
            return;
        }

        kept.IsRefused = true;
        _episode.Process.Touch();
        if (_join.Kind is ArrivalKind.AllThatCanCome)
        {
            JoinsAtRest.Report(_episode, kept);
            _episode.Process.Joined.Remove(kept);
        }
    }

    /// <summary>A round in which the join has passed ends with the last line. Arrivals that were kept for the next round may be enough for it (statements 13.1d
    /// and 13.1h).</summary>
    public void EndRound()
    {
        if (_join.Kind is not ArrivalKind.AtLeast || _join.ExpiresOthers || Kept is not { HasPassed: true } kept || !IsComplete)
        {
            return;
        }

        _episode.Process.Touch();
        kept.HasPassed = false;
        if (_join.KeepsLater)
        {
            foreach (var line in Lines)
            {
                kept.Take(line, 1, []);
            }

            _episode.Plan(new Operation(Verb.AskJoin, Ordinal: _activity.Ordinal, From: JoinArrivals.ByLines));
        }
        else
        {
            kept.Clear();
        }

        RemoveIfEmpty(kept);
    }

    /// <summary>The branches of the runs of a split, the latest run last.</summary>
    private static IEnumerable<Branch> OfSplit(Episode episode, string split, Branches? on) =>
        on?.All.Where(branch => episode.Process.JoinedOrNull?.RunOf(branch.Split)?.Activity == split) ?? [];

    private JoinArrivals At() => _episode.Process.Joined.At(_activity.Name, _split, Plan.DemandOf(_activity));

    private void RemoveIfEmpty(JoinArrivals kept)
    {
        if (kept is { HasPassed: false, Kept.Count: 0 })
        {
            _episode.Process.Joined.Remove(kept);
        }
    }

    /// <summary>The branches of the activity instance that runs: those of all arrivals that were used, without the ones that come together here.</summary>
    private Branches? BranchesAfter(List<KeptArrivals> used)
    {
        var all = Branches.Union(used.Select(item => item.On));
        List<int> ended = _run is not null ? [_split] : [];
        if (_join.ExpiresOthers && Plan.SplitOf(_activity) is { } split)
        {
            ended = _run is not null ? ended : [.. OfSplit(_episode, split, all).Select(branch => branch.Split).Distinct()];
            foreach (var run in ended)
            {
                string[] arrived = _run is not null
                    ? [.. used.Select(item => item.Line)]
                    : [.. all!.All.Where(branch => branch.Split == run).Select(branch => branch.Line)];
                Expiry.OfOthers(_episode, run, arrived);
            }
        }

        return Branches.Of(all?.All.Where(branch => !ended.Contains(branch.Split)) ?? []);
    }

    /// <summary>Keeps the arrival, unless the join drops it.</summary>
    private bool Keep()
    {
        if (_lines.Length == 0)
        {
            return false;
        }

        var kept = At();
        var isLate = kept.HasPassed && !_join.KeepsLater;
        kept.IsRefused = false;
        foreach (var line in _lines)
        {
            var isOne = _join.Kind is ArrivalKind.AtLeast && !_join.KeepsLater;
            if (isOne && kept.CountOf(line) > 0)
            {
                // Of one line, more than one arrival counts once. In a round that has passed it does not count at all.
                if (!kept.HasPassed)
                {
                    kept.Unite(line, Known(_on));
                }
            }
            else if (!isLate || isOne)
            {
                kept.Add(new KeptArrivals(line, Known(_on), 1));
            }
        }

        _isKept = true;
        return !isLate;
    }

    /// <summary>Branches of runs that are over mean nothing any more.</summary>
    private Branches? Known(Branches? on) => Branches.Of(on?.All.Where(branch => _episode.Process.JoinedOrNull?.RunOf(branch.Split) is not null) ?? []);

    /// <summary>Takes the arrivals with which the join passes.</summary>
    private List<KeptArrivals> Use(JoinArrivals kept)
    {
        var used = new List<KeptArrivals>();
        switch (_join.Kind)
        {
            case ArrivalKind.AlongOneLine:
                kept.Take(Lines.First(line => kept.CountOf(line) >= _join.Count), _join.Count, used);
                break;
            case ArrivalKind.AllThatCanCome:
                used.AddRange(kept.Kept);
                kept.Clear();
                break;
            case ArrivalKind.All when _run is null:
                foreach (var line in Lines)
                {
                    kept.Take(line, 1, used);
                }

                break;
            default:
                used.AddRange(kept.Kept.DistinctBy(item => item.Line));
                kept.HasPassed = true;
                break;
        }

        return used;
    }

    private bool Has(string line) => CountOf(line) > 0;

    private int CountOf(string line) => (Kept?.CountOf(line) ?? 0) + (!_isKept && _lines.Contains(line, StringComparer.Ordinal) ? 1 : 0);
}
