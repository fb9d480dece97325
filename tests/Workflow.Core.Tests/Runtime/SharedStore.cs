using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Runtime;

/// <summary>The view that one engine has of a store that several use; it can lose its connection, and find some instances unreadable.</summary>
internal sealed class SharedStore(InMemoryProcessStore shared) : StoreAround, IProcessStore
{
    public bool IsShared => true;

    /// <summary>Whether the engine that uses this view is cut off.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>The instance that cannot be loaded, and how it fails.</summary>
    public (ProcessInstanceId Id, Func<StoredProcess, StoredProcess> Change)? Damage { get; set; }

    /// <summary>What was claimed by the engine so far.</summary>
    public List<ClaimedProcess> Claims { get; } = [];

    protected override IProcessStore Asked => IsCutOff ? throw new ProcessStoreException("The connection is cut.") : shared;

    public override async ValueTask<StoredProcess?> LoadAsync(ProcessInstanceId processInstance, CancellationToken cancellation)
    {
        var stored = await base.LoadAsync(processInstance, cancellation);
        return Damage is { } damage && damage.Id == processInstance && stored is not null ? damage.Change(stored) : stored;
    }

    public override async ValueTask<IReadOnlyList<ClaimedProcess>> ClaimAsync(ClaimQuery query, CancellationToken cancellation)
    {
        var claims = await base.ClaimAsync(query, cancellation);
        lock (Claims)
        {
            Claims.AddRange(claims);
        }

        return claims;
    }
}
