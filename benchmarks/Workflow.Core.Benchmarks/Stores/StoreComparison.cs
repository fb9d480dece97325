using System.Globalization;

namespace Workflow.Core.Benchmarks.Stores;

/// <summary>The engine on a durable store against what its commits cost at least there, both in commits per second.</summary>
/// <param name="job">The name of the job.</param>
/// <param name="what">The two things that are compared.</param>
/// <param name="least">The least that the ratio may be; null for no goal.</param>
internal sealed class StoreComparison(string job, string what, double? least)
{
    /// <summary>Odd, so that the median is a round that took place. There are many short ones, because a disk that others use too sometimes stalls.</summary>
    public const int Rounds = 41;

    /// <summary>How long a round of one side takes.</summary>
    public const int Milliseconds = 250;

    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _round = TimeSpan.FromMilliseconds(Milliseconds);

    private readonly Series _engine = new();
    private readonly Series _floor = new();
    private readonly Series _ratios = new();

    public static string Header =>
        "| job | what | floor, commits/s | engine, commits/s | ratio | middle half | goal | |\n|---|---|---:|---:|---:|---|---:|---|";

    /// <param name="engine">The engine.</param>
    /// <param name="floor">Commits for some time, and gives the commits in a second.</param>
    public async Task MeasureAsync(EngineThroughput engine, Func<TimeSpan, Task<double>> floor)
    {
        await floor(_warmUp);
        await engine.RunAsync(_warmUp);
        for (var round = 0; round < Rounds; round++)
        {
            var possible = await floor(_round);
            var measured = await engine.RunAsync(_round);
            _floor.Add(possible);
            _engine.Add(measured);
            _ratios.Add(measured / possible);
        }
    }

    public override string ToString()
    {
        var ratio = _engine.Median / _floor.Median;
        var goal = least is { } number ? $">= {Page.Number(number)}" : "none";
        var verdict = least is null ? "" : ratio >= least ? "met" : "**missed**";
        var noise = _engine.IsNoisy || _floor.IsNoisy ? ", noisy" : "";
        return $"| {job} | {what} | {Rate(_floor.Median)} | {Rate(_engine.Median)} | {Page.Number(ratio)} "
            + $"| {Page.Number(_ratios.Lower)} to {Page.Number(_ratios.Upper)} | {goal} | {(verdict + noise).TrimStart(',', ' ')} |";
    }

    private static string Rate(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
