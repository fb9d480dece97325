namespace Cases.Playing;

/// <summary>The order in which the steps of all cases are taken: that of their instants. At one instant the escalations fire before anybody acts. An escalation
/// of a case that has begun or continued at this very instant is an exception. The rest is as the logs have it.</summary>
public static class ReplayOrder
{
    /// <summary>Merges what is left to do of all cases, cut at the ends of months.</summary>
    /// <returns>One list of steps, each named by its case, for the time up to each of the instants, and one for the time behind them.</returns>
    public static IReadOnlyList<IReadOnlyList<DueStep>> Of(IEnumerable<CaseRun> runs, IReadOnlyList<DateTimeOffset> cuts)
    {
        var parts = Enumerable.Range(0, cuts.Count + 1).Select(_ => new List<DueStep>()).ToList();
        var part = 0;
        foreach (var step in runs.SelectMany(StepsOf).OrderBy(step => step.At).ThenByDescending(step => step.IsFirstOfInstant))
        {
            while (part < cuts.Count && step.At >= cuts[part])
            {
                part++;
            }

            parts[part].Add(step);
        }

        return parts;
    }

    /// <summary>Cuts steps before each instant at which escalations fire, so that cases which move side by side wait for each other there.</summary>
    public static IEnumerable<IReadOnlyList<DueStep>> Stretches(IReadOnlyList<DueStep> steps)
    {
        var stretch = new List<DueStep>();
        foreach (var step in steps)
        {
            if (step.IsEscalation && stretch is [.., var last] && !(last.IsEscalation && last.At == step.At))
            {
                yield return stretch;
                stretch = [];
            }

            stretch.Add(step);
        }

        if (stretch.Count > 0)
        {
            yield return stretch;
        }
    }

    private static IEnumerable<DueStep> StepsOf(CaseRun run)
    {
        var steps = run.Recorded.Steps;
        for (var place = run.Position; place < steps.Count; place++)
        {
            var step = steps[place];
            var isFirst = step.IsEscalation && steps[place - 1].At < step.At;
            yield return new DueStep(run, step.At, step.IsEscalation, isFirst);
        }
    }
}
