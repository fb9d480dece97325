using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Persistence.WrongStores;

/// <summary>A store in memory with one thing wrong, so that it is known that the contract would find it in another.</summary>
internal abstract class WrongStore(IProcessStore asked) : StoreAround
{
    protected override IProcessStore Asked => asked;

    /// <summary>The stored state of an instance, for faults that take it for what the commit says.</summary>
    protected async ValueTask<StoredProcess> StoredAsync(ProcessInstanceId id) =>
        await asked.LoadAsync(id, CancellationToken.None) ?? new StoredProcess(0, 0, []);
}
