namespace Workflow.Core.Instances;

/// <summary>How far a join is (statement 13.1). It does not change afterwards.</summary>
public sealed class JoinProgress
{
    private readonly IReadOnlyList<string> _over;
    private readonly bool _isOfOneLine;

    internal JoinProgress(JoinArrivals arrivals, SplitRun? run)
    {
        (Activity, HasPassed, _isOfOneLine) = (arrivals.Activity, arrivals.HasPassed, arrivals.Demand.IsOfOneLine);
        IReadOnlyList<string> lines = run is null ? arrivals.Demand.Lines : [.. run.Lines.Select(line => line.Line)];
        Arrived = [.. lines.Where(line => arrivals.CountOf(line) > 0)];
        _over = run is null ? [] : [.. run.Lines.Where(line => line.IsOver && arrivals.CountOf(line.Line) == 0).Select(line => line.Line)];
        Missing = [.. lines.Except(Arrived, StringComparer.Ordinal).Except(_over, StringComparer.Ordinal)];
        Wanted = arrivals.Demand.Count > 0 ? arrivals.Demand.Count : Arrived.Count + Missing.Count;
        Count = _isOfOneLine ? lines.Aggregate(0, (most, line) => Math.Max(most, arrivals.CountOf(line))) : Arrived.Count;
    }

    /// <summary>The activity that waits.</summary>
    public string Activity { get; }

    /// <summary>The lines of which an arrival is kept, in the order of the definition. Where the join counts the lines of a split, these are the lines that
    /// leave the split.</summary>
    public IReadOnlyList<string> Arrived { get; }

    /// <summary>The lines of which none is kept and that can still bring one.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>How many arrivals count: different lines, or the most of one line where one line has to bring all.</summary>
    public int Count { get; }

    /// <summary>How many it wants.</summary>
    public int Wanted { get; }

    /// <summary>Whether the join has passed in this round, and waits for the rest before it begins anew.</summary>
    public bool HasPassed { get; }

    /// <summary>The state of the join in words.</summary>
    /// <returns>For example <c>2 of 3 have arrived; still to come: Inspect to Ship</c>.</returns>
    public override string ToString()
    {
        var arrived = $"{Count.Invariant()} of {Wanted.Invariant()} have arrived";
        var along = _isOfOneLine ? $"{arrived} along one line" : arrived;
        var missing = Missing.Count == 0 || _isOfOneLine ? along
            : Wanted < Arrived.Count + Missing.Count ? $"{along}; can come: {string.Join(", ", Missing)}"
            : $"{along}; still to come: {string.Join(", ", Missing)}";
        return _over.Count == 0 ? missing : $"{missing}; nothing comes along: {string.Join(", ", _over)}";
    }
}
