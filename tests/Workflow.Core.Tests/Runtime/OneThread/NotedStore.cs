using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Runtime.OneThread;

/// <summary>The view of one engine on a store that several share. It notes who commits, who renews and who is given what.</summary>
internal sealed class NotedStore(IProcessStore shared, Action<string> note) : StoreAround, IProcessStore
{
    public bool IsShared => true;

    /// <summary>The threads on which the store was asked.</summary>
    public HashSet<int> Threads { get; } = [];

    protected override IProcessStore Asked
    {
        get
        {
            Threads.Add(Environment.CurrentManagedThreadId);
            return shared;
        }
    }

    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        note($"{commit.Owner} commits {commit.Id}{(commit.Lease is null ? "" : " and takes a lease")}");
        return base.CommitAsync(commit, cancellation);
    }

    public override ValueTask RenewAsync(string owner, TimeSpan lease, CancellationToken cancellation)
    {
        note($"{owner} renews");
        return base.RenewAsync(owner, lease, cancellation);
    }

    public override async ValueTask<IReadOnlyList<ClaimedProcess>> ClaimAsync(ClaimQuery query, CancellationToken cancellation)
    {
        var claims = await base.ClaimAsync(query, cancellation);
        foreach (var claim in claims)
        {
            note($"{query.Owner} is given {claim.Id}");
        }

        return claims;
    }
}
