using BenchmarkDotNet.Attributes;

namespace Workflow.Core.Benchmarks;

/// <summary>J2: one start that waits for one user, the user's action by serial number, and the line of its outcome to Completed. It runs in memory, with one
/// caller. The engine checks the rights, writes the history, and commits both commands.</summary>
public class OneDecision
{
    [GlobalSetup]
    public void CheckFirst()
    {
        Check.Completes(SameDecisions.CheckAsync(DecisionProcess.OfOne));
        WarmUp.Run(Engine, () => Task.FromResult(RawAndSnapshot()));
    }

    [Benchmark(OperationsPerInvoke = DecisionLoad.Ones)]
    public int Raw() => DecisionLoad.Raw(DecisionProcess.OfOne, DecisionLoad.Ones, takesSnapshots: false);

    [Benchmark(Baseline = true, OperationsPerInvoke = DecisionLoad.Ones)]
    public int RawAndSnapshot() => DecisionLoad.Raw(DecisionProcess.OfOne, DecisionLoad.Ones, takesSnapshots: true);

    [Benchmark(OperationsPerInvoke = DecisionLoad.Ones)]
    public Task<int> Engine() => DecisionLoad.EngineAsync(DecisionProcess.OfOne, DecisionLoad.Ones);
}
