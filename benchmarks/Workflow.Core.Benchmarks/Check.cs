namespace Workflow.Core.Benchmarks;

/// <summary>Runs a check before a benchmark. BenchmarkDotNet awaits a setup that is a task when it measures in a process of its own. With <c>--inProcess</c> it
/// does not, so an exception of such a check would be lost.</summary>
internal static class Check
{
    public static void Completes(Task check) => check.GetAwaiter().GetResult();
}
