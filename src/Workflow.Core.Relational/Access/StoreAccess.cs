using Workflow.Core.Persistence;
using Workflow.Core.Relational.Commits;
using Workflow.Core.Relational.Connections;

namespace Workflow.Core.Relational.Access;

/// <summary>The store's way to its database: on connections of its own, or inside a transaction of the host.</summary>
internal abstract class StoreAccess : IAsyncDisposable
{
    /// <summary>The statements of commits.</summary>
    public abstract CommitTexts Texts { get; }

    /// <summary>The numbers that are reserved.</summary>
    public abstract NumberBlock Numbers { get; }

    /// <summary>The identity that tells the store from others.</summary>
    public abstract StoreIdentity Identity { get; }

    /// <summary>Reads at once, on a connection of the store's own, whether its tables are there or not.</summary>
    public abstract T ReadNow<T>(Func<Session, T> read);

    /// <summary>Writes, all or nothing, for as long as it takes.</summary>
    public abstract ValueTask<T> WriteLongAsync<T>(Func<Session, CancellationToken, ValueTask<T>> write, CancellationToken cancellation);

    /// <summary>Reads on some connection.</summary>
    public abstract ValueTask<T> ReadAsync<T>(Func<Session, CancellationToken, ValueTask<T>> read, CancellationToken cancellation);

    /// <summary>Writes, all or nothing.</summary>
    public abstract ValueTask<T> WriteAsync<T>(Func<Session, CancellationToken, ValueTask<T>> write, CancellationToken cancellation);

    /// <summary>Claims work. Somebody who waits for something else may come before it.</summary>
    public virtual ValueTask<T> ClaimAsync<T>(Func<Session, CancellationToken, ValueTask<T>> claim, CancellationToken cancellation) =>
        WriteAsync(claim, cancellation);

    public abstract ValueTask CommitAsync(Commit commit, CancellationToken cancellation);

    public abstract ValueTask<ProcessInstanceId> ReserveAsync(CancellationToken cancellation);

    /// <summary>Makes the tables, if they are not there yet.</summary>
    public abstract ValueTask EnsureReadyAsync(CancellationToken cancellation);

    public abstract ValueTask DisposeAsync();
}
