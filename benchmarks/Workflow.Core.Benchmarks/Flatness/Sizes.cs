using System.Diagnostics;
using System.Globalization;

namespace Workflow.Core.Benchmarks.Flatness;

/// <summary>One operation among little and among much. The sizes take turns, some operations each, so that what else the machine does hits all of them; every
/// operation is timed for itself.</summary>
/// <param name="what">The name of the measurement.</param>
/// <param name="place">Where.</param>
/// <param name="most">The most that the largest median may be of the smallest; null for no goal.</param>
internal sealed class Sizes(string what, string place, double? most = Sizes.Most)
{
    /// <summary>The most that the largest median may be of the smallest.</summary>
    public const double Most = 1.5;

    /// <summary>The same for operations that load what they need.</summary>
    public const double MostOfLoaded = 1.35;

    private const double Microsecond = 1_000_000;

    private readonly List<(string Name, List<double> Times, Series Medians)> _sizes = [];
    private readonly List<Func<List<double>, Task>> _rounds = [];

    public static string Header => "| what | where | median, us | ratio | goal | p99 / p50 | |\n|---|---|---|---:|---:|---|---|";

    /// <summary>Times an operation.</summary>
    public static async Task TimeAsync(List<double> times, Func<Task> operation)
    {
        var start = Stopwatch.GetTimestamp();
        await operation();
        times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds * Microsecond);
    }

    /// <summary>Adds a size.</summary>
    /// <param name="name">How much there is.</param>
    /// <param name="round">Runs some operations and adds the time of each, in microseconds.</param>
    public void Add(string name, Func<List<double>, Task> round)
    {
        _sizes.Add((name, [], new Series()));
        _rounds.Add(round);
    }

    /// <summary>Measures in rounds. The first ones do not count.</summary>
    public async Task MeasureAsync(int warmUp, int rounds)
    {
        for (var round = -warmUp; round < rounds; round++)
        {
            for (var index = 0; index < _sizes.Count; index++)
            {
                var times = new List<double>();
                await _rounds[index](times);
                if (round >= 0)
                {
                    _sizes[index].Times.AddRange(times);
                    _sizes[index].Medians.Add(Series.Rank(times, 0.5));
                }
            }
        }
    }

    public override string ToString()
    {
        var medians = _sizes.Select(size => Series.Rank(size.Times, 0.5)).ToList();
        var ratio = medians.Max() / medians.Min();
        var verdict = (most is null ? "no goal" : ratio <= most ? "met" : "**missed**") + (_sizes.Exists(size => size.Medians.IsNoisy) ? ", noisy" : "");
        var shown = string.Join("; ", _sizes.Select((size, index) => $"{size.Name}: {One(medians[index])}"));
        var tails = string.Join("; ", _sizes.Select((size, index) => One(Series.Rank(size.Times, 0.99) / medians[index])));
        return $"| {what} | {place} | {shown} | {Page.Number(ratio)} | {(most is { } limit ? $"<= {Page.Number(limit)}" : "")} | {tails} | {verdict} |";
    }

    private static string One(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
