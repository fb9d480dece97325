using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Workflow.Core.Relational.Tests.Databases;

/// <summary>A connection of a <see cref="WatchedSource"/>.</summary>
[SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "Tests write their own statements.")]
internal sealed class WatchedConnection(DbConnection inner, WatchedSource source) : DbConnection
{
    [AllowNull]
    public override string ConnectionString { get => inner.ConnectionString; set => inner.ConnectionString = value; }

    public override string Database => inner.Database;

    public override string DataSource => inner.DataSource;

    public override string ServerVersion => inner.ServerVersion;

    public override ConnectionState State => inner.State;

    public override bool CanCreateBatch => inner.CanCreateBatch;

    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

    public override void Close() => inner.Close();

    public override void Open()
    {
        Refuse();
        inner.Open();
        if (source.FirstStatement is { } first)
        {
            using var command = inner.CreateCommand();
            command.CommandText = first;
            command.ExecuteNonQuery();
        }
    }

    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        Refuse();
        await inner.OpenAsync(cancellationToken);
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => inner.BeginTransaction(isolationLevel);

    protected override DbCommand CreateDbCommand() => new WatchedCommand(inner.CreateCommand(), source);

    protected override DbBatch CreateDbBatch() => new WatchedBatch(inner.CreateBatch(), source);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Refuse()
    {
        if (source.RefusedConnections > 0)
        {
            source.RefusedConnections--;
            throw new IOException("The way to the database is broken.");
        }
    }
}
