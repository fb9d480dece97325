namespace Cases.Playing;

/// <summary>The result of the replay of one log.</summary>
/// <param name="Process">The process.</param>
/// <param name="Cases">How many cases there are.</param>
/// <param name="Steps">How many of their steps are stored.</param>
/// <param name="Differences">In how many cases the engine did something else than it must.</param>
public readonly record struct LogResult(string Process, int Cases, int Steps, int Differences)
{
    public static LogResult Of(IEnumerable<CaseRun> log)
    {
        var runs = log.ToList();
        return new LogResult(runs[0].Log.Definition.Name, runs.Count, runs.Sum(run => run.Position), runs.Count(run => run.Difference is not null));
    }
}
