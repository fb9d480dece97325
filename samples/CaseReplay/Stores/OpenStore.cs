using Workflow.Core.Persistence;

namespace Cases.Stores;

/// <summary>A store that is open, with what has to be closed behind it, in this order.</summary>
public sealed class OpenStore(IProcessStore store, params IReadOnlyList<IAsyncDisposable> closing) : IAsyncDisposable
{
    public IProcessStore Store => store;

    public async ValueTask DisposeAsync()
    {
        foreach (var item in closing)
        {
            await item.DisposeAsync();
        }
    }
}
