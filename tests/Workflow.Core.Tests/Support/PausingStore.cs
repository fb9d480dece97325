using System.Data.Common;
using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Support;

/// <summary>A store that lets a test look at what a commit has left, before anything else happens, and that can refuse everything that changes it.</summary>
internal sealed class PausingStore(IProcessStore inner) : StoreAround, IProcessStore
{
    public bool IsShared => inner.IsShared;

    public string KeyPart => inner.KeyPart;

    /// <summary>Called once after the next commit.</summary>
    public Func<Task>? AfterNextCommit { get; set; }

    /// <summary>Whether it refuses commits.</summary>
    public bool IsClosed { get; set; }

    protected override IProcessStore Asked => inner;

    public IProcessStore Within(DbTransaction transaction) => inner.Within(transaction);

    public override ValueTask<ProcessInstanceId> ReserveAsync(CancellationToken cancellation) =>
        IsClosed ? throw Changed() : base.ReserveAsync(cancellation);

    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        if (IsClosed)
        {
            throw Changed();
        }

        await inner.CommitAsync(commit, cancellation);
        if (AfterNextCommit is { } look)
        {
            AfterNextCommit = null;
            await look();
        }
    }

    private static InvalidOperationException Changed() => new("A preview changes nothing.");
}
