using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Workflow.Core.Client;
using Workflow.Core.CrashChild;
using Workflow.Core.CrashChild.Load;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>A transaction that stays open while children run and are killed. On PostgreSQL a host has started a process instance in it. On SQLite a transaction
/// that has written keeps everybody else from writing, so there it has only read.</summary>
internal sealed class StrangersTransaction : IAsyncDisposable
{
    private readonly DbDataSource _source;
    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;
    private readonly string _question;
    private long _seen;

    private StrangersTransaction(CrashDatabase database, DbDataSource source, DbTransaction transaction, ProcessInstanceId? started)
    {
        _source = source;
        _connection = transaction.Connection!;
        _transaction = transaction;
        Started = started;

        // Only that of SQLite goes on seeing what there was when it began.
        _question = $"SELECT count(*) FROM {database.StoreTable("process")}" + (started is null ? "" : $" WHERE id = {started}");
    }

    /// <summary>The instance that it has started; null on SQLite.</summary>
    public ProcessInstanceId? Started { get; }

    public static async Task<StrangersTransaction> OpenAsync(CrashDatabase database, ChildOptions options, WorkflowEngine engine)
    {
        var source = ChildStore.OpenDataSource(options);
        var connection = await source.OpenConnectionAsync();
        var transaction = Begin(connection);
        ProcessInstanceId? started = options.Dialect is SqlDialect.PostgreSql
            ? (await engine.Within(transaction).As(Lane.UserOf(1)).StartAsync(Processes.Decision)).Id
            : null;
        var stranger = new StrangersTransaction(database, source, transaction, started);
        stranger._seen = await stranger.CountAsync();
        return stranger;
    }

    /// <summary>It sees what it saw when it began: nobody has ended it.</summary>
    public async Task CheckOpenAsync()
    {
        _transaction.Connection.ShouldNotBeNull();
        _seen.ShouldBeGreaterThan(0);
        (await CountAsync()).ShouldBe(_seen);
    }

    public Task EndAsync(bool commits) => commits ? _transaction.CommitAsync() : _transaction.RollbackAsync();

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
        await _source.DisposeAsync();
    }

    /// <summary>The driver of SQLite begins by locking the file for writing unless it is told not to.</summary>
    private static DbTransaction Begin(DbConnection connection) =>
        connection is SqliteConnection file ? file.BeginTransaction(deferred: true) : connection.BeginTransaction();

    [SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "The names come from the test.")]
    private async Task<long> CountAsync()
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = _question;
        command.Transaction = _transaction;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
