using System.Diagnostics;
using System.Globalization;

namespace Cases;

/// <summary>What a replay has come to.</summary>
public sealed record ReplayResult
{
    private const int Explained = 10;

    /// <summary>For each log: its process, its cases and the steps that were taken in this run.</summary>
    public required IReadOnlyList<(string Process, int Cases, int Steps, int Differences)> Logs { get; init; }

    /// <summary>How many month ends were asked about; none where not all cases were replayed.</summary>
    public required int MonthEnds { get; init; }

    /// <summary>How many counts were compared at the month ends.</summary>
    public required int Counts { get; init; }

    public required IReadOnlyList<Difference> Differences { get; init; }

    public required IReadOnlyList<Difference> MonthEndDifferences { get; init; }

    public required int MostAlive { get; init; }

    /// <summary>How long the replay took, from the first step to the last comparison.</summary>
    public required TimeSpan Time { get; init; }

    public bool IsAsItMust => Differences.Count == 0 && MonthEndDifferences.Count == 0;

    public async Task WriteAsync(TextWriter output)
    {
        foreach (var difference in Differences.Concat(MonthEndDifferences).Take(Explained))
        {
            await output.WriteLineAsync($"{difference.Case}: {difference.What}\n{difference.Transcript}");
        }

        await output.WriteLineAsync();
        await Row("", "cases", "steps", "differences");
        foreach (var (name, cases, steps, differences) in Logs)
        {
            await Row(name, Text(cases), Text(steps), Text(differences));
        }

        await Row("both", Text(Logs.Sum(log => log.Cases)), Text(Logs.Sum(log => log.Steps)), Text(Differences.Count));
        await Row("month ends", Text(MonthEnds), Text(Counts), Text(MonthEndDifferences.Count));
        using var process = Process.GetCurrentProcess();
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"""

            time {Time.TotalSeconds:F1} s, peak memory {process.PeakWorkingSet64 >> 20:N0} MB, most instances alive at once {MostAlive:N0}
            """));

        Task Row(string what, string first, string second, string third) => output.WriteLineAsync($"{what,-20}{first,10}{second,10}{third,13}");

        static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
    }
}
