namespace Cases.Playing;

/// <summary>The order in which the steps of all cases are taken: that of their instants; what falls on one instant as the logs have it.</summary>
public static class ReplayOrder
{
    /// <summary>Merges what is left to do of all cases, cut at the ends of months.</summary>
    /// <returns>One list of steps, each named by its case, for the time up to each of the instants, and one for the time behind them.</returns>
    public static IReadOnlyList<IReadOnlyList<(CaseRun Run, DateTimeOffset At)>> Of(IEnumerable<CaseRun> runs, IReadOnlyList<DateTimeOffset> cuts)
    {
        var parts = Enumerable.Range(0, cuts.Count + 1).Select(_ => new List<(CaseRun Run, DateTimeOffset At)>()).ToList();
        var steps = runs.SelectMany(run => run.Recorded.Steps.Skip(run.Position).Select(step => (Run: run, step.At))).OrderBy(step => step.At);
        var part = 0;
        foreach (var step in steps)
        {
            while (part < cuts.Count && step.At >= cuts[part])
            {
                part++;
            }

            parts[part].Add(step);
        }

        return parts;
    }
}
