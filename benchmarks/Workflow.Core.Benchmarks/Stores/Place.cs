using Workflow.Core.Persistence;

namespace Workflow.Core.Benchmarks.Stores;

/// <summary>Where stores to measure are made.</summary>
internal abstract class Place : IAsyncDisposable
{
    public abstract string Name { get; }

    /// <summary>How many instances one commit after the other can be put into a store of this kind within the time that a benchmark may take.</summary>
    public abstract int Many { get; }

    /// <summary>Makes an empty store; dispose of it with <see cref="CloseAsync"/>.</summary>
    public abstract IProcessStore NewStore();

    public static ValueTask CloseAsync(IProcessStore store) => store is IAsyncDisposable disposable ? disposable.DisposeAsync() : ValueTask.CompletedTask;

    public abstract ValueTask DisposeAsync();
}
