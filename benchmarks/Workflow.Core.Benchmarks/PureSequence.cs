using BenchmarkDotNet.Attributes;

namespace Workflow.Core.Benchmarks;

/// <summary>J1: one start of ten activities with a pure server event each, run to Completed, in memory, one caller.</summary>
public class PureSequence
{
    [GlobalSetup]
    public void CheckFirst()
    {
        Check.Completes(SameFacts.CheckAsync(TenSteps.Pure));
        WarmUp.Run(Engine, Raw);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Load.Starts)]
    public Task<int> Raw() => Load.RawOneAfterTheOtherAsync();

    [Benchmark(OperationsPerInvoke = Load.Starts)]
    public Task<int> Engine() => Load.EngineOneAfterTheOtherAsync(TenSteps.Pure);
}
