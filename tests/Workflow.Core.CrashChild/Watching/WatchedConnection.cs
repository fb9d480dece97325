using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Workflow.Core.CrashChild.Watching;

/// <summary>A connection whose statements are watched.</summary>
internal sealed class WatchedConnection(DbConnection inner, IStatementWatch watch) : DbConnection
{
    public DbConnection Inner => inner;

    public IStatementWatch Watch => watch;

    [AllowNull]
    public override string ConnectionString
    {
        get => inner.ConnectionString;
        set => inner.ConnectionString = value;
    }

    public override string Database => inner.Database;

    public override string DataSource => inner.DataSource;

    public override string ServerVersion => inner.ServerVersion;

    public override ConnectionState State => inner.State;

    public override int ConnectionTimeout => inner.ConnectionTimeout;

    public override bool CanCreateBatch => inner.CanCreateBatch;

    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

    public override void Open()
    {
        watch.Opening();
        inner.Open();
        watch.Opened(inner);
    }

    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        watch.Opening();
        await inner.OpenAsync(cancellationToken);
        watch.Opened(inner);
    }

    public override void Close() => inner.Close();

    public override Task CloseAsync() => inner.CloseAsync();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        new WatchedTransaction(this, watch.Run("BEGIN", () => inner.BeginTransaction(isolationLevel)));

    protected override async ValueTask<DbTransaction> BeginDbTransactionAsync(IsolationLevel isolationLevel, CancellationToken cancellationToken) =>
        new WatchedTransaction(this, await watch.RunAsync("BEGIN", () => inner.BeginTransactionAsync(isolationLevel, cancellationToken).AsTask()));

    protected override DbCommand CreateDbCommand() => new WatchedCommand(this, inner.CreateCommand());

    protected override DbBatch CreateDbBatch() => new WatchedBatch(this, inner.CreateBatch());
}
