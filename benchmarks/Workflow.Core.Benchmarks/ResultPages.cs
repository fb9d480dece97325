using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Perfolizer.Horology;
using Workflow.Core.Benchmarks.Flatness;
using Workflow.Core.Benchmarks.Stores;

namespace Workflow.Core.Benchmarks;

/// <summary>The pages of results, each written when everything on it has been measured.</summary>
internal static class ResultPages
{
    /// <summary>The names of the pages, in the order in which they are measured: memory is counted while nothing else is in the process.</summary>
    public static IReadOnlyList<string> Names { get; } = ["in-memory", "stores", "flatness"];

    /// <summary>Measures what stands on some pages, and writes them.</summary>
    /// <returns>Whether everything was measured.</returns>
    public static async Task<bool> WriteAsync(string folder, IReadOnlyCollection<string> names)
    {
        Directory.CreateDirectory(folder);
        foreach (var name in Names.Where(names.Contains))
        {
            var page = name switch
            {
                "in-memory" => await InMemoryAsync(),
                "stores" => await StoreThroughput.MeasureAsync(),
                _ => await FlatnessJob.MeasureAsync(),
            };
            if (page is null)
            {
                return false;
            }

            await File.WriteAllTextAsync(Path.Combine(folder, name + ".md"), page);
        }

        return true;
    }

    /// <summary>Runs classes of BenchmarkDotNet; short, so that everything is measured within minutes,
    /// unless a job on the command line takes its place.</summary>
    /// <returns>The measured value; null when one is missing.</returns>
    public static IReadOnlyList<Summary>? Run(IReadOnlyList<string> arguments)
    {
        var config = DefaultConfig.Instance.AddDiagnoser(MemoryDiagnoser.Default);
        if (!arguments.Any(argument => argument is "--job" or "-j"))
        {
            config = config.AddJob(Job.Default
                .WithLaunchCount(1)
                .WithWarmupCount(5)
                .WithIterationCount(15)
                .WithIterationTime(TimeInterval.FromMilliseconds(250))
                .WithEnvironmentVariable(WarmUp.Variable, "6")
                .AsDefault());
        }

        var summaries = BenchmarkSwitcher.FromAssembly(typeof(PureSequence).Assembly).Run([.. arguments], config).ToList();
        return summaries.Count > 0 && summaries.TrueForAll(IsWhole) ? summaries : null;
    }

    private static async Task<string?> InMemoryAsync()
    {
        var memory = await WaitingMemory.MeasureAsync();
        return Run(["--filter", "*"]) is { } summaries ? new Report(summaries, memory).Write() : null;
    }

    private static bool IsWhole(Summary summary) =>
        !summary.HasCriticalValidationErrors && summary.Reports.Length > 0 && summary.Reports.All(report => report.Success);
}
