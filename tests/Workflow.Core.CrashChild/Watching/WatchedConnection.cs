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

    public override void Open() => inner.Open();

    public override Task OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

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

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
    {
        watch.Before("BEGIN", isBatch: false);
        var begun = new WatchedTransaction(this, inner.BeginTransaction(isolationLevel));
        watch.After("BEGIN", isBatch: false);
        return begun;
    }

    protected override async ValueTask<DbTransaction> BeginDbTransactionAsync(IsolationLevel isolationLevel, CancellationToken cancellationToken)
    {
        watch.Before("BEGIN", isBatch: false);
        var begun = new WatchedTransaction(this, await inner.BeginTransactionAsync(isolationLevel, cancellationToken));
        watch.After("BEGIN", isBatch: false);
        return begun;
    }

    protected override DbCommand CreateDbCommand() => new WatchedCommand(this, inner.CreateCommand());

    protected override DbBatch CreateDbBatch() => new WatchedBatch(this, inner.CreateBatch());
}
