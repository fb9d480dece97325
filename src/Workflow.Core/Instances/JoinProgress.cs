namespace Workflow.Core.Instances;

/// <summary>How far a join is (statement 13.1). It does not change afterwards.</summary>
public sealed class JoinProgress
{
    internal JoinProgress(JoinArrivals arrivals, SplitRun? run)
    {
        (Activity, HasPassed) = (arrivals.Activity, arrivals.HasPassed);
        var lines = run?.Lines.Where(line => !line.IsOver || arrivals.CountOf(line.Line) > 0).Select(line => line.Line) ?? arrivals.Lines;
        Arrived = [.. lines.Where(line => arrivals.CountOf(line) > 0)];
        Missing = [.. lines.Where(line => arrivals.CountOf(line) == 0)];
        Count = arrivals.Kept.Sum(kept => kept.Count);
    }

    /// <summary>The activity that waits.</summary>
    public string Activity { get; }

    /// <summary>The lines of which an arrival is kept, in the order of the definition. Where the join counts the lines of a split, these are the lines that
    /// leave the split.</summary>
    public IReadOnlyList<string> Arrived { get; }

    /// <summary>The lines of which none is kept and that can still bring one.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>How many arrivals are kept, over all lines.</summary>
    public int Count { get; }

    /// <summary>Whether the join has passed in this round, and waits for the rest before it begins anew.</summary>
    public bool HasPassed { get; }

    /// <summary>The state of the join in words.</summary>
    /// <returns>For example <c>2 of 3 have arrived; still to come: Inspect to Ship</c>.</returns>
    public override string ToString()
    {
        var arrived = $"{Arrived.Count.Invariant()} of {(Arrived.Count + Missing.Count).Invariant()} have arrived";
        return Missing.Count == 0 ? arrived : $"{arrived}; still to come: {string.Join(", ", Missing)}";
    }
}
