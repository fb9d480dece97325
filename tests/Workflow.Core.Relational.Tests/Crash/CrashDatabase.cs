using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Workflow.Core.CrashChild;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>A database for children to be killed on, and the ledger beside it.</summary>
internal sealed class CrashDatabase : IAsyncDisposable
{
    private static int _last;

    private readonly string _folder = Directory.CreateTempSubdirectory("workflow-crash-").FullName;

    private CrashDatabase(SqlDialect dialect, string? connection, string? schema)
    {
        Dialect = dialect;
        Schema = schema;

        // Without the pool, closing a connection closes the file.
        Connection = connection ?? new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folder, "crash.db"), Pooling = false }.ToString();
    }

    public SqlDialect Dialect { get; }

    public string Connection { get; }

    public string? Schema { get; }

    public string Ledger => Path.Combine(_folder, "ledger.txt");

    public static CrashDatabase New(SqlDialect dialect) => dialect is SqlDialect.Sqlite
        ? new CrashDatabase(dialect, connection: null, schema: null)
        : new CrashDatabase(
            dialect, PostgreSqlServer.Required().ConnectionString,
            string.Create(CultureInfo.InvariantCulture, $"crash_{Environment.ProcessId}_{Interlocked.Increment(ref _last)}"));

    /// <summary>The name of a table of the host in statements.</summary>
    public string HostTable(string table) => Schema is null ? table : $"{Schema}.{table}";

    /// <summary>The name of a table of the store in statements.</summary>
    public string StoreTable(string table) => HostTable(new RelationalStoreOptions().TablePrefix + table);

    /// <summary>Makes the tables of the host, which are in the same database as those of the store.</summary>
    public async Task MakeHostTablesAsync()
    {
        if (Schema is not null)
        {
            await AskAsync($"CREATE SCHEMA {Schema}");
        }

        foreach (var table in HostOrder.Tables)
        {
            await AskAsync($"CREATE TABLE {HostTable(table)} (id BIGINT PRIMARY KEY)");
        }
    }

    /// <summary>Lets SQLite look at its file. PostgreSQL looks after its own.</summary>
    public async Task CheckIntegrityAsync()
    {
        if (Dialect is SqlDialect.Sqlite)
        {
            (await AskAsync("PRAGMA integrity_check")).ShouldBe(["ok"]);
        }
    }

    /// <summary>Asks the database past the store.</summary>
    /// <returns>The first column.</returns>
    [SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "The texts are constants of the tests.")]
    public async Task<IReadOnlyList<string>> AskAsync(string text)
    {
        await using var source = ChildStore.OpenDataSource(new ChildOptions { Dialect = Dialect, Connection = Connection, Ledger = Ledger });
        await using var command = source.CreateCommand(text);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync())
        {
            found.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        }

        return found;
    }

    public async ValueTask DisposeAsync()
    {
        if (Schema is not null)
        {
            await AskAsync($"DROP SCHEMA IF EXISTS {Schema} CASCADE");
        }

        Directory.Delete(_folder, recursive: true);
    }
}
