using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;

namespace Workflow.Core.Benchmarks;

/// <summary>J1, at once: 1,000 starts handed to the thread pool together, compared with 1,000 one after the other. The gain of the bare loop shows what the
/// machine has to give.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class PureSequenceAtOnce
{
    [GlobalSetup]
    public void CheckFirst()
    {
        Check.Completes(SameFacts.CheckAsync(TenSteps.Pure));
        WarmUp.Run(EngineAtOnce, EngineOneAfterTheOther);
    }

    [BenchmarkCategory("Raw")]
    [Benchmark(Baseline = true, OperationsPerInvoke = Load.Starts)]
    public Task<int> RawOneAfterTheOther() => Load.RawOneAfterTheOtherAsync();

    [BenchmarkCategory("Raw")]
    [Benchmark(OperationsPerInvoke = Load.Starts)]
    public Task<int> RawAtOnce() => Load.RawAtOnceAsync();

    [BenchmarkCategory("Engine")]
    [Benchmark(Baseline = true, OperationsPerInvoke = Load.Starts)]
    public Task<int> EngineOneAfterTheOther() => Load.EngineOneAfterTheOtherAsync(TenSteps.Pure);

    [BenchmarkCategory("Engine")]
    [Benchmark(OperationsPerInvoke = Load.Starts)]
    public Task<int> EngineAtOnce() => Load.EngineAtOnceAsync(TenSteps.Pure);
}
