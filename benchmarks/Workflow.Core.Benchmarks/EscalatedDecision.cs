using BenchmarkDotNet.Attributes;

namespace Workflow.Core.Benchmarks;

/// <summary>J10: J2 with an escalation of the task, which is armed with it and ends with it, against J2 itself.</summary>
public class EscalatedDecision
{
    [GlobalSetup]
    public void WarmFirst() => WarmUp.Run(WithEscalation, WithoutEscalation);

    [Benchmark(Baseline = true, OperationsPerInvoke = DecisionLoad.Ones)]
    public Task<int> WithoutEscalation() => DecisionLoad.EngineAsync(DecisionProcess.OfOne, DecisionLoad.Ones);

    [Benchmark(OperationsPerInvoke = DecisionLoad.Ones)]
    public Task<int> WithEscalation() => DecisionLoad.EngineAsync(DecisionProcess.OfOneEscalated, DecisionLoad.Ones);
}
