using BenchmarkDotNet.Attributes;

namespace Workflow.Core.Benchmarks;

/// <summary>J4: one activity that is planned for thirty users at once, and their thirty answers one by one, each committed. The outcome asks all slots after
/// each answer.</summary>
public class ThirtyDecisions
{
    [GlobalSetup]
    public void CheckFirst()
    {
        Check.Completes(SameDecisions.CheckAsync(DecisionProcess.OfThirty));
        WarmUp.Run(Engine, () => Task.FromResult(RawAndSnapshot()));
    }

    [Benchmark(OperationsPerInvoke = DecisionLoad.Thirties)]
    public int Raw() => DecisionLoad.Raw(DecisionProcess.OfThirty, DecisionLoad.Thirties, takesSnapshots: false);

    [Benchmark(Baseline = true, OperationsPerInvoke = DecisionLoad.Thirties)]
    public int RawAndSnapshot() => DecisionLoad.Raw(DecisionProcess.OfThirty, DecisionLoad.Thirties, takesSnapshots: true);

    [Benchmark(OperationsPerInvoke = DecisionLoad.Thirties)]
    public Task<int> Engine() => DecisionLoad.EngineAsync(DecisionProcess.OfThirty, DecisionLoad.Thirties);
}
