using System.Data;
using System.Data.Common;

namespace Workflow.Core.CrashChild.Watching;

/// <summary>A transaction whose beginning and end are watched like statements.</summary>
internal sealed class WatchedTransaction(WatchedConnection connection, DbTransaction inner) : DbTransaction
{
    public DbTransaction Inner => inner;

    public override IsolationLevel IsolationLevel => inner.IsolationLevel;

    /// <summary>A transaction that has ended has no connection.</summary>
    protected override DbConnection? DbConnection => inner.Connection is null ? null : connection;

    public override void Commit() => connection.Watch.Run("COMMIT", () =>
    {
        inner.Commit();
        return true;
    });

    public override Task CommitAsync(CancellationToken cancellationToken = default) => connection.Watch.RunAsync("COMMIT", async () =>
    {
        await inner.CommitAsync(cancellationToken);
        return true;
    });

    public override void Rollback() => inner.Rollback();

    public override Task RollbackAsync(CancellationToken cancellationToken = default) => inner.RollbackAsync(cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
