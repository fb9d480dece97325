using System.Globalization;

namespace Cases.Playing;

/// <summary>The result of a replay.</summary>
public sealed record ReplayResult
{
    private const int Explained = 10;

    public required IReadOnlyList<LogResult> Logs { get; init; }

    /// <summary>The findings at the month ends; none where not all cases were replayed.</summary>
    public required IReadOnlyList<MonthEndResult> MonthEnds { get; init; }

    public required IReadOnlyList<Difference> Differences { get; init; }

    /// <summary>How many steps and escalations an earlier run had left in the store.</summary>
    public required int StepsFound { get; init; }

    /// <summary>How many process instances were alive at once at most.</summary>
    public required int MostAlive { get; init; }

    /// <summary>How long it took, from the first question to the store to the last comparison.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>How much memory the process had at once at most, in bytes.</summary>
    public required long PeakMemory { get; init; }

    /// <summary>How often the replay was killed on the way.</summary>
    public int Kills { get; init; }

    /// <summary>How many steps were stored whose answer was lost by being killed.</summary>
    public int AnswersLost { get; init; }

    /// <summary>The differences at the month ends.</summary>
    public IEnumerable<Difference> MonthEndDifferences => MonthEnds.SelectMany(month => month.Differences.Select(
        what => new Difference(month.At.ToString("O", CultureInfo.InvariantCulture), what)));

    public bool IsAsItMust => Differences.Count == 0 && !MonthEndDifferences.Any();

    public async Task WriteAsync(TextWriter output)
    {
        foreach (var difference in Differences.Concat(MonthEndDifferences).Take(Explained))
        {
            await output.WriteLineAsync($"{difference.Case}: {difference.What}\n{difference.Transcript}");
        }

        await output.WriteLineAsync();
        await Row("", "cases", "steps", "escalations", "differences");
        foreach (var (process, cases, steps, escalations, differences) in Logs)
        {
            await Row(process, Text(cases), Text(steps), Text(escalations), Text(differences));
        }

        await Row(
            "together", Text(Logs.Sum(log => log.Cases)), Text(Logs.Sum(log => log.Steps)), Text(Logs.Sum(log => log.Escalations)), Text(Differences.Count));
        await Row("month ends", Text(MonthEnds.Count), Text(MonthEnds.Sum(month => month.Counts)), "", Text(MonthEndDifferences.Count()));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"""

            time {Time.TotalSeconds:F1} s, peak memory {PeakMemory >> 20:N0} MB, most instances alive at once {MostAlive:N0}
            """));
        if (Kills > 0)
        {
            await output.WriteLineAsync($"killed {Text(Kills)} times; {Text(AnswersLost)} steps were stored whose answer was lost by it");
        }
        else if (StepsFound > 0)
        {
            await output.WriteLineAsync($"{Text(StepsFound)} of the steps were in the store already");
        }

        Task Row(string what, string cases, string steps, string escalations, string differences) =>
            output.WriteLineAsync($"{what,-20}{cases,10}{steps,10}{escalations,13}{differences,13}");

        static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
    }
}
