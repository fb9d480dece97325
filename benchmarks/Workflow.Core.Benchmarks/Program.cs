using Workflow.Core.Benchmarks;
using Workflow.Core.Benchmarks.Flatness;
using Workflow.Core.Benchmarks.Stores;

// Ours: --results <folder> measures everything and writes its pages, or only the named ones. The argument --memory measures memory alone, and --loaded an
// answer with nothing in memory, --screens what screens ask for, and --timers claims among armed escalations. The arguments --commits, --worklists,
// --escalations and --sub-processes measure what these cost on the stores, and --names what many roles and groups cost.
// All other arguments are those of BenchmarkDotNet.
const string Results = "--results";
const string Memory = "--memory";
const string Names = "--names";
const string Loaded = "--loaded";
const string Screens = "--screens";
const string Timers = "--timers";
const string Commits = "--commits";
const string Worklists = "--worklists";
const string Escalations = "--escalations";
const string SubProcesses = "--sub-processes";
switch (args)
{
    case [Memory]:
        Console.WriteLine(await WaitingMemory.MeasureAsync());
        return 0;
    case [Loaded]:
        Console.WriteLine(await FlatnessJob.MeasureAsync(FlatnessParts.Loaded));
        return 0;
    case [Screens]:
        Console.WriteLine(await FlatnessJob.MeasureAsync(FlatnessParts.Screens));
        return 0;
    case [Timers]:
        Console.WriteLine(await FlatnessJob.MeasureAsync(FlatnessParts.Timers));
        return 0;
    case [Commits]:
        Console.WriteLine(await StoreThroughput.MeasureAsync(StoreJobs.Commits));
        return 0;
    case [Worklists]:
        Console.WriteLine(await StoreThroughput.MeasureAsync(StoreJobs.Worklists));
        return 0;
    case [Escalations]:
        Console.WriteLine(await StoreThroughput.MeasureAsync(StoreJobs.Escalations));
        return 0;
    case [SubProcesses]:
        Console.WriteLine(await StoreThroughput.MeasureAsync(StoreJobs.SubProcesses));
        return 0;
    case [Names]:
        Console.WriteLine(await ManyNames.MeasureAsync());
        return 0;
    case [Results, var folder]:
        return await ResultPages.WriteAsync(folder, ResultPages.Names) ? 0 : 1;
    case [Results, var folder, .. var pages] when pages.All(ResultPages.Names.Contains):
        return await ResultPages.WriteAsync(folder, pages) ? 0 : 1;
    case [Results, ..]:
        await Console.Error.WriteLineAsync($"{Results} needs the folder of the pages, and may name some of them: {string.Join(", ", ResultPages.Names)}.");
        return 1;
    default:
        return ResultPages.Run(args) is null ? 1 : 0;
}
