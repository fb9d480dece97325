using System.Collections.Concurrent;
using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Support;

/// <summary>The view that one engine has of a store that several use. It can lose its connection, find some instances unreadable, and be disturbed at each
/// question.</summary>
internal sealed class SharedStore(InMemoryProcessStore shared) : StoreAround, IProcessStore
{
    private int _renewed;

    /// <summary>Whether the engine that uses this view is told that others use the store too.</summary>
    public bool IsShared { get; init; } = true;

    /// <summary>Whether the engine that uses this view is cut off.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>The instance that cannot be loaded, and how it fails.</summary>
    public (ProcessInstanceId Id, Func<StoredProcess, StoredProcess> Change)? Damage { get; set; }

    /// <summary>Called before each commit; may throw, or wait.</summary>
    public Func<Commit, Task>? BeforeCommit { get; set; }

    /// <summary>Called before each claim; may throw, or wait.</summary>
    public Func<Task>? BeforeClaim { get; set; }

    /// <summary>Called before a claim is given back; may throw, or wait.</summary>
    public Func<ClaimedProcess, Task>? BeforeRelease { get; set; }

    /// <summary>Called before an instance is set aside, or taken up again; may throw, or wait.</summary>
    public Func<ProcessInstanceId, Task>? BeforeSetAside { get; set; }

    /// <summary>Called before the leases are renewed; may throw, or wait.</summary>
    public Func<CancellationToken, Task>? BeforeRenew { get; set; }

    /// <summary>The instances that the engine has claimed so far.</summary>
    public List<ClaimedProcess> Claims { get; } = [];

    /// <summary>For each time that the leases were to be renewed, whether that was on a thread of the pool.</summary>
    public BlockingCollection<bool> Renewals { get; } = [];

    /// <summary>How often the leases have been renewed. A clock that is moved while the store is still asked makes the renewal late.</summary>
    public int Renewed => Volatile.Read(ref _renewed);

    protected override IProcessStore Asked => IsCutOff ? throw new ProcessStoreException("The connection is cut.") : shared;

    public override async ValueTask<StoredProcess?> LoadAsync(ProcessInstanceId processInstance, CancellationToken cancellation)
    {
        var stored = await base.LoadAsync(processInstance, cancellation);
        return Damage is { } damage && damage.Id == processInstance && stored is not null ? damage.Change(stored) : stored;
    }

    public override async ValueTask<StoredProcess?> LoadTaskAsync(SerialNumber serial, CancellationToken cancellation)
    {
        var stored = await base.LoadTaskAsync(serial, cancellation);
        return Damage is { } damage && damage.Id == serial.ProcessInstance && stored is not null ? damage.Change(stored) : stored;
    }

    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        await (BeforeCommit?.Invoke(commit) ?? Task.CompletedTask);
        await base.CommitAsync(commit, cancellation);
    }

    public override async ValueTask<IReadOnlyList<ClaimedProcess>> ClaimAsync(ClaimQuery query, CancellationToken cancellation)
    {
        await (BeforeClaim?.Invoke() ?? Task.CompletedTask);
        var claims = await base.ClaimAsync(query, cancellation);
        lock (Claims)
        {
            Claims.AddRange(claims);
        }

        return claims;
    }

    public override async ValueTask ReleaseAsync(ClaimedProcess claim, TimeSpan putOff, CancellationToken cancellation)
    {
        await (BeforeRelease?.Invoke(claim) ?? Task.CompletedTask);
        await base.ReleaseAsync(claim, putOff, cancellation);
    }

    public override async ValueTask<bool> SetAsideAsync(ProcessInstanceId processInstance, string? reason, CancellationToken cancellation)
    {
        await (BeforeSetAside?.Invoke(processInstance) ?? Task.CompletedTask);
        return await base.SetAsideAsync(processInstance, reason, cancellation);
    }

    public override async ValueTask RenewAsync(string owner, TimeSpan lease, CancellationToken cancellation)
    {
        Renewals.Add(Thread.CurrentThread.IsThreadPoolThread, CancellationToken.None);
        await (BeforeRenew?.Invoke(cancellation) ?? Task.CompletedTask);
        await base.RenewAsync(owner, lease, cancellation);
        Interlocked.Increment(ref _renewed);
    }
}
