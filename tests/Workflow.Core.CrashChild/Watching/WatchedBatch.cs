using System.Data;
using System.Data.Common;

namespace Workflow.Core.CrashChild.Watching;

/// <summary>A batch that is watched as a whole.</summary>
internal sealed class WatchedBatch(WatchedConnection connection, DbBatch inner) : DbBatch
{
    private WatchedTransaction? _transaction;

    public override int Timeout
    {
        get => inner.Timeout;
        set => inner.Timeout = value;
    }

    protected override DbBatchCommandCollection DbBatchCommands => inner.BatchCommands;

    protected override DbConnection? DbConnection
    {
        get => connection;
        set => inner.Connection = ((WatchedConnection?)value)?.Inner;
    }

    protected override DbTransaction? DbTransaction
    {
        get => _transaction;
        set => inner.Transaction = (_transaction = (WatchedTransaction?)value)?.Inner;
    }

    public override void Cancel() => inner.Cancel();

    public override void Prepare() => inner.Prepare();

    public override Task PrepareAsync(CancellationToken cancellationToken = default) => inner.PrepareAsync(cancellationToken);

    public override int ExecuteNonQuery() => Watched(inner.ExecuteNonQuery);

    public override object? ExecuteScalar() => Watched(inner.ExecuteScalar);

    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken = default) =>
        WatchedAsync(() => inner.ExecuteNonQueryAsync(cancellationToken));

    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken = default) =>
        WatchedAsync(() => inner.ExecuteScalarAsync(cancellationToken));

    public override void Dispose()
    {
        inner.Dispose();
        base.Dispose();
    }

    protected override DbBatchCommand CreateDbBatchCommand() => inner.CreateBatchCommand();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Watched(() => inner.ExecuteReader(behavior));

    protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        WatchedAsync(() => inner.ExecuteReaderAsync(behavior, cancellationToken));

    private T Watched<T>(Func<T> execute) => connection.Watch.Run(Statements(), isBatch: _transaction is null, execute);

    private Task<T> WatchedAsync<T>(Func<Task<T>> execute) => connection.Watch.RunAsync(Statements(), isBatch: _transaction is null, execute);

    private SentStatement[] Statements() => [.. inner.BatchCommands.Select(command => new SentStatement(command.CommandText, command.Parameters))];
}
