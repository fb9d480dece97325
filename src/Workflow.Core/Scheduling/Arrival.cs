using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>An arrival at a join, or the question of a join that nothing arrives at now (statement 13.1).</summary>
internal sealed class Arrival
{
    private readonly Episode _episode;
    private readonly ActivityDefinition _activity;
    private readonly Arrivals _join;
    private readonly int _split;
    private readonly SplitRun? _run;

    /// <summary>The line that is counted; null where nothing arrives now, or the arrival does not come from the split.</summary>
    private readonly string? _line;
    private readonly Branch? _way;
    private bool _isKept;

    private Arrival(Episode episode, ActivityDefinition activity, int split, string? line, Branch? way)
    {
        (_episode, _activity, _join, _split, _line, _way) = (episode, activity, activity.Join!, split, line, way);
        _run = split == JoinArrivals.ByLines ? null : episode.Process.JoinedOrNull?.RunOf(split);
    }

    /// <summary>Whether the join passes, as far as arrivals are concerned.</summary>
    public bool IsEnough => !IsFromElsewhere && _join.Kind switch
    {
        _ when Kept is { HasPassed: true } => false,
        ArrivalKind.All => IsComplete && (_line is not null || Kept is { Kept.Count: > 0 }),
        ArrivalKind.AtLeast => Lines.Count(Has) >= _join.Count,
        ArrivalKind.AlongOneLine => Lines.Any(line => CountOf(line) >= _join.Count),
        _ => _line is null && Kept is { Kept.Count: > 0 },
    };

    private JoinArrivals? Kept => _episode.Process.JoinedOrNull?.Find(_activity.Name, _split);

    /// <summary>The lines that count.</summary>
    private IEnumerable<string> Lines => _run?.Lines.Select(line => line.Line) ?? _episode.Definition.Joins!.Incoming[_activity.Ordinal];

    /// <summary>Whether every line has brought an arrival, or cannot bring one any more.</summary>
    private bool IsComplete => _run?.Lines.All(line => line.IsOver || Has(line.Line)) ?? Lines.All(Has);

    /// <summary>An arrival that does not come from the split whose lines are counted does not count.</summary>
    private bool IsFromElsewhere => !_join.IsByLines && _run is null;

    /// <summary>Something arrives.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="activity">The activity, which has a join.</param>
    /// <param name="line">The line along which it arrives.</param>
    /// <param name="way">The way on which it comes; null for none.</param>
    public static Arrival Along(Episode episode, ActivityDefinition activity, LineDefinition line, Branch? way)
    {
        if (activity.Join!.IsByLines)
        {
            return new Arrival(episode, activity, JoinArrivals.ByLines, line.Name, way);
        }

        for (var part = way; part is not null; part = part.Outer)
        {
            if (episode.Process.JoinedOrNull?.RunOf(part.Split)?.Activity == activity.Join.Split)
            {
                return new Arrival(episode, activity, part.Split, part.Line, way);
            }
        }

        return new Arrival(episode, activity, split: 0, line: null, way);
    }

    /// <summary>Nothing arrives, and the join is asked all the same.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="activity">The activity, which has a join.</param>
    /// <param name="split">As <see cref="JoinArrivals.Split"/>.</param>
    public static Arrival Without(Episode episode, ActivityDefinition activity, int split) => new(episode, activity, split, line: null, way: null);

    /// <summary>The arrival happens, and does not pass.</summary>
    /// <returns>Why it ends there.</returns>
    public ExpiryReason Stay()
    {
        var wasEnough = IsEnough;
        var isKept = Keep();
        EndRound();
        return wasEnough ? ExpiryReason.PrecedingRuleFalse : isKept ? ExpiryReason.ArrivalKept : ExpiryReason.ArrivalDropped;
    }

    /// <summary>The arrival happens, and passes with those that were kept.</summary>
    /// <param name="activity">The activity instance that runs.</param>
    public void Pass(ActivityInstance activity)
    {
        Keep();
        var kept = At();
        var used = Use(kept);
        _episode.Record(JournalKind.JoinPassed, activity, string.Join(", ", used.Select(item => item.Line)));
        if (WayAfter(used) is { } way)
        {
            _episode.Process.Joined.SetWay(activity.Id, way);
        }

        if (_join.ExpiresOthers)
        {
            kept.Clear();
        }

        EndRound();
        RemoveIfEmpty(kept);
    }

    /// <summary>The arrivals will never pass: that is told, and they are forgotten (statement 10.8b).</summary>
    public void GiveUp()
    {
        if (Kept is { } kept && (_run is not null || _join.Kind is ArrivalKind.AllThatCanCome))
        {
            JoinsAtRest.Report(_episode, kept);
            _episode.Process.Joined.Remove(kept);
        }
    }

    private JoinArrivals At() => _episode.Process.Joined.At(_activity.Name, _split, _episode.Definition.Joins!.Incoming[_activity.Ordinal]);

    private void RemoveIfEmpty(JoinArrivals kept)
    {
        if (kept is { HasPassed: false, Kept.Count: 0 })
        {
            _episode.Process.Joined.Remove(kept);
        }
    }

    /// <summary>The way of the activity instance that runs. It is the way of the split whose branches come together here. Where that split is not known, it is
    /// what the ways of all arrivals have in common.</summary>
    private Branch? WayAfter(List<KeptArrivals> used)
    {
        var split = _run?.Split;
        if (_join.ExpiresOthers)
        {
            split ??= Branch.SplitOf([.. used.Select(item => item.Way)]);
            if (split is { } known)
            {
                Expiry.OfOthers(_episode, known, [.. used.Select(item => Branch.From(item.Way, known)!.Line)]);
            }
        }

        return split is { } from ? Branch.From(used[0].Way, from)!.Outer : used.Select(item => item.Way).Aggregate(Branch.Common);
    }

    /// <summary>Keeps the arrival, unless the join drops it.</summary>
    private bool Keep()
    {
        if (_line is null)
        {
            return false;
        }

        var kept = At();
        var isLate = kept.HasPassed && !_join.KeepsLater;

        // In a round that drops what comes later, more of one line would never count.
        if (_join.Kind is not ArrivalKind.AtLeast || _join.KeepsLater || kept.CountOf(_line) == 0)
        {
            kept.Add(new KeptArrivals(_line, _way, 1));
        }

        _isKept = true;
        return !isLate;
    }

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

    /// <summary>A round in which the join has passed ends with the last line. Arrivals that were kept for the next round may be enough for it (statements 13.1d
    /// and 13.1h).</summary>
    private void EndRound()
    {
        if (_join.Kind is not ArrivalKind.AtLeast || Kept is not { HasPassed: true } kept || !IsComplete)
        {
            return;
        }

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

    private bool Has(string line) => CountOf(line) > 0;

    private int CountOf(string line) => (Kept?.CountOf(line) ?? 0) + (line == _line && !_isKept ? 1 : 0);
}
