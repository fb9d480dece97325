using System.Globalization;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Mathematics;
using BenchmarkDotNet.Reports;

namespace Workflow.Core.Benchmarks;

/// <summary>Writes what was measured as one page: the machine, the ratios beside the goals, and the tables.</summary>
internal sealed class Report(IReadOnlyList<Summary> summaries, WaitingMemory memory)
{
    private readonly Page _page = new();

    public string Write()
    {
        var reports = summaries.SelectMany(summary => summary.Reports).ToList();
        var runtime = reports.Select(report => report.GetRuntimeInfo()).FirstOrDefault(info => info is not null);
        var gc = reports.Select(report => report.GetGcInfo()).FirstOrDefault(info => info is not null);
        _page.Begin("Results, in memory", summaries[0].HostEnvironmentInfo, $"{runtime}, GC {gc}");
        Goals();
        Memory();
        Tables();
        return _page.ToString();
    }

    private void Goals()
    {
        Line("## Goals");
        Line();
        Line("Ratio: median of the method divided by the median of its baseline, both of this run. Bytes: allocated for one operation. Noisy: one of");
        Line("the two varied by more than 10 % (standard deviation), because something else ran on the machine; its ratio decides nothing.");
        Line();
        Line("| job | what | ratio | goal | bytes | baseline | |");
        Line("|---|---|---:|---:|---:|---:|---|");
        foreach (var goal in Goal.All)
        {
            var measured = Find(goal.Type, goal.Method);
            var baseline = Find(goal.Type, goal.Baseline);
            if (measured?.ResultStatistics is not { } statistics || baseline?.ResultStatistics is not { } against)
            {
                Line($"| {goal.Job} | {goal.What} | | <= {Number(goal.Most)} | | | not measured |");
                continue;
            }

            var ratio = statistics.Median / against.Median;
            var bytes = Bytes(measured);
            var isMet = ratio <= goal.Most && (goal.MostBytes is not { } most || bytes <= most);
            var limit = goal.MostBytes is { } number ? $"<= {Number(goal.Most)}, {number} bytes" : $"<= {Number(goal.Most)}";
            var verdict = (isMet ? "met" : "**missed**") + (IsNoisy(statistics) || IsNoisy(against) ? ", noisy" : "");
            Line($"| {goal.Job} | {goal.What} | {Number(ratio)} | {limit} | {bytes} | {Bytes(baseline)} | {verdict} |");
        }

        Line();
    }

    private void Memory()
    {
        Line("## Memory");
        Line();
        Line(
            $"Bytes held for one process instance, {WaitingMemory.Instances.ToString("N0", CultureInfo.InvariantCulture)} of which wait as in J2 and are kept "
            + "by the store alone. Held: state, tasks and");
        Line("indexes. Raw keeps the same data as objects; its history is left out too.");
        Line();
        Line("| job | what | held | goal | history beside it | raw | |");
        Line("|---|---|---:|---:|---:|---:|---|");
        var verdict = memory.Bytes <= WaitingMemory.Most ? "met" : "**missed**";
        Line(
            $"| J3 | memory held while waiting | {Whole(memory.Bytes)} | <= {WaitingMemory.Most} | {Whole(memory.JournalBytes)} | {Whole(memory.RawBytes)} "
            + $"| {verdict} |");
        Line();
    }

    private void Tables()
    {
        foreach (var summary in summaries)
        {
            Line($"## {summary.BenchmarksCases[0].Descriptor.Type.Name}");
            var log = new AccumulationLogger();
            MarkdownExporter.GitHub.ExportToLog(summary, log);
            Line();
            Line(Table(log.GetLog()));
            Line();
        }
    }

    /// <summary>Without the header, which every table has and the page has already.</summary>
    private static string Table(string log)
    {
        var lines = log.ReplaceLineEndings("\n").Split('\n');
        return string.Join('\n', lines.SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|')));
    }

    private BenchmarkReport? Find(Type type, string method) => summaries
        .SelectMany(summary => summary.Reports)
        .FirstOrDefault(report => report.BenchmarkCase.Descriptor.Type == type
            && string.Equals(report.BenchmarkCase.Descriptor.WorkloadMethod.Name, method, StringComparison.Ordinal));

    private static bool IsNoisy(Statistics statistics) => statistics.StandardDeviation > 0.1 * statistics.Mean;

    private static long Bytes(BenchmarkReport report) => report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;

    private static string Number(double value) => Page.Number(value);

    private static string Whole(double bytes) => Math.Round(bytes).ToString(CultureInfo.InvariantCulture);

    private void Line(string line = "") => _page.Line(line);
}
