using System.Data;
using System.Data.Common;

namespace Workflow.Core.Relational.Tests.Databases;

/// <summary>A batch of a <see cref="WatchedSource"/>; its answer may be lost.</summary>
internal sealed class WatchedBatch(DbBatch inner, WatchedSource source) : DbBatch
{
    public override int Timeout { get => inner.Timeout; set => inner.Timeout = value; }

    protected override DbBatchCommandCollection DbBatchCommands => inner.BatchCommands;

    protected override DbConnection? DbConnection { get => inner.Connection; set => inner.Connection = value; }

    protected override DbTransaction? DbTransaction { get => inner.Transaction; set => inner.Transaction = value; }

    public override void Cancel() => inner.Cancel();

    public override int ExecuteNonQuery() => inner.ExecuteNonQuery();

    public override async Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken = default)
    {
        foreach (var command in inner.BatchCommands)
        {
            source.Note(command.CommandText, command.Parameters);
        }

        var isLost = source.IsLostNow();
        if (isLost && !source.IsSent)
        {
            throw new IOException("The way to the database broke before it was sent.");
        }

        var count = await inner.ExecuteNonQueryAsync(cancellationToken);
        return isLost ? throw new IOException("The way to the database broke before it answered.") : count;
    }

    public override object? ExecuteScalar() => inner.ExecuteScalar();

    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken = default) => inner.ExecuteScalarAsync(cancellationToken);

    public override void Prepare() => inner.Prepare();

    public override Task PrepareAsync(CancellationToken cancellationToken = default) => inner.PrepareAsync(cancellationToken);

    protected override DbBatchCommand CreateDbBatchCommand() => inner.CreateBatchCommand();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => inner.ExecuteReader(behavior);

    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        await inner.ExecuteReaderAsync(behavior, cancellationToken);
}
