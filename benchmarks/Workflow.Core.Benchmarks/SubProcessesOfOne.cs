using BenchmarkDotNet.Attributes;
using Workflow.Core.Client;

namespace Workflow.Core.Benchmarks;

/// <summary>J11: one sub-process that is started, runs and is received, among ten and among a thousand of one parent, against J2.</summary>
public class SubProcessesOfOne
{
    [GlobalSetup]
    public void WarmFirst() => WarmUp.Run(AmongTen, OneDecision);

    [Benchmark(Baseline = true, OperationsPerInvoke = DecisionLoad.Ones)]
    public Task<int> OneDecision() => DecisionLoad.EngineAsync(DecisionProcess.OfOne, DecisionLoad.Ones);

    [Benchmark(OperationsPerInvoke = SubProcessLoad.Many)]
    public Task<int> AmongTen() => RunAsync(SubProcessLoad.Many / SubProcessLoad.Few, SubProcessLoad.Few);

    [Benchmark(OperationsPerInvoke = SubProcessLoad.Many)]
    public Task<int> AmongThousand() => RunAsync(1, SubProcessLoad.Many);

    private static async Task<int> RunAsync(int parents, int children)
    {
        await using var engine = WorkflowEngine.Create(options => options.TakesUpWork = false);
        await engine.DeployAsync(SubProcessLoad.Definitions).ConfigureAwait(false);
        return await SubProcessLoad.RunAsync(engine, parents, children).ConfigureAwait(false);
    }
}
