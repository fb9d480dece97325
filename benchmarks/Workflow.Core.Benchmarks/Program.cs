using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using Perfolizer.Horology;
using Workflow.Core.Benchmarks;
using Workflow.Core.Benchmarks.Flatness;
using Workflow.Core.Benchmarks.Stores;

// Ours: --results <file> measures everything in memory and writes the page; --memory measures memory alone, --stores and --flatness what their pages say, with
// --results <file> into a file. All other arguments are those of BenchmarkDotNet.
const string Results = "--results";
const string Memory = "--memory";
const string Stores = "--stores";
const string Flatness = "--flatness";
var arguments = args.ToList();
switch (arguments)
{
    case [Memory]:
        Console.WriteLine(await WaitingMemory.MeasureAsync());
        return 0;
    case [Stores or Flatness, .. var rest] when rest is [] or [Results, _]:
        var page = arguments[0] == Stores ? await StoreThroughput.MeasureAsync() : await FlatnessJob.MeasureAsync();
        Console.Write(page);
        if (rest is [_, var target])
        {
            await File.WriteAllTextAsync(target, page);
        }

        return 0;
}

var position = arguments.IndexOf(Results);
string? file = null;
if (position >= 0)
{
    if (position + 1 == arguments.Count)
    {
        await Console.Error.WriteLineAsync($"{Results} needs the file to write, for example {Results} benchmarks/results/in-memory.md");
        return 1;
    }

    file = Path.GetFullPath(arguments[position + 1]);
    arguments.RemoveRange(position, 2);
    arguments.AddRange(["--filter", "*"]);
}

// In this process, and before anything else is in it.
var memory = file is null ? null : await WaitingMemory.MeasureAsync();

// Short, so that everything is measured within minutes; a job on the command line takes its place.
var config = DefaultConfig.Instance.AddDiagnoser(MemoryDiagnoser.Default);
if (!arguments.Exists(argument => argument is "--job" or "-j"))
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
var hasFailed = summaries.Count == 0
    || summaries.Exists(summary => summary.HasCriticalValidationErrors || summary.Reports.Length == 0 || summary.Reports.Any(report => !report.Success));
if (file is not null && memory is not null && !hasFailed)
{
    await File.WriteAllTextAsync(file, new Report(summaries, memory).Write());
}

return hasFailed ? 1 : 0;
