using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Workflow.Core.Testing;

namespace Workflow.Core.Relational.Tests.Support;

/// <summary>A database of its own for one test, and the stores on it.</summary>
internal abstract class TestDatabase : IAsyncDisposable
{
    private readonly List<RelationalProcessStore> _stores = [];

    public abstract SqlDialect Dialect { get; }

    public abstract DbDataSource Source { get; }

    /// <summary>By which the leases of the stores run out.</summary>
    public ManualTimeProvider Clock { get; } = new(WorkflowTestBed.Beginning);

    public virtual RelationalStoreOptions Options => new() { Clock = Clock };

    public static TestDatabase Create(SqlDialect dialect) =>
        dialect is SqlDialect.Sqlite ? new SqliteDatabase() : new PostgreSqlDatabase(PostgreSqlServer.Required());

    /// <summary>The full name of a table.</summary>
    public string Table(string name) => (Options.Schema is { } schema ? schema + "." : "") + Options.TablePrefix + name;

    /// <summary>Another store on the same database, as another host would have.</summary>
    public RelationalProcessStore NewStore(RelationalStoreOptions? options = null)
    {
        var store = RelationalProcessStore.Create(Source, Dialect, options ?? Options);
        _stores.Add(store);
        return store;
    }

    [SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "Tests write their own statements.")]
    public async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = await Source.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        await DropAsync();
    }

    protected abstract ValueTask DropAsync();
}
