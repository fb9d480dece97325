namespace Cases.Playing;

/// <summary>The result of the replay of one log.</summary>
/// <param name="Process">The process.</param>
/// <param name="Cases">How many cases there are.</param>
/// <param name="Steps">How many steps that somebody took are stored.</param>
/// <param name="Escalations">How many escalations have fired as they must.</param>
/// <param name="Differences">In how many cases the engine did something else than it must.</param>
public readonly record struct LogResult(string Process, int Cases, int Steps, int Escalations, int Differences)
{
    public static LogResult Of(IEnumerable<CaseRun> log)
    {
        var runs = log.ToList();
        var fired = runs.Sum(run => run.Fired);
        return new LogResult(
            runs[0].Log.Definition.Name, runs.Count, runs.Sum(run => run.Position) - fired, fired, runs.Count(run => run.Difference is not null));
    }
}
