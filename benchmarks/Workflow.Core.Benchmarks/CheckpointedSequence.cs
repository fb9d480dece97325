using BenchmarkDotNet.Attributes;

namespace Workflow.Core.Benchmarks;

/// <summary>J1c: as J1, with a committed checkpoint before and after every event. The baseline commits nothing.</summary>
public class CheckpointedSequence
{
    [GlobalSetup]
    public void CheckFirst()
    {
        Check.Completes(SameFacts.CheckAsync(TenSteps.Checkpointed));
        WarmUp.Run(Engine, Raw);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Load.Starts)]
    public Task<int> Raw() => Load.RawOneAfterTheOtherAsync();

    [Benchmark(OperationsPerInvoke = Load.Starts)]
    public Task<int> Engine() => Load.EngineOneAfterTheOtherAsync(TenSteps.Checkpointed);
}
