using Workflow.Core.Persistence;

namespace Workflow.Core.Benchmarks.Stores;

/// <summary>Stores in memory.</summary>
internal sealed class MemoryPlace : Place
{
    public override string Name => "in memory";

    public override int Many => 1_000_000;

    public override IProcessStore NewStore() => new InMemoryProcessStore();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
