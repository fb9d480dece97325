using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace Workflow.Core.Relational.Tests.Support;

/// <summary>A schema of its own on the test server.</summary>
internal sealed class PostgreSqlDatabase : TestDatabase
{
    private static int _last;

    private readonly string _schema = string.Create(CultureInfo.InvariantCulture, $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _last)}");

    public PostgreSqlDatabase(PostgreSqlServer server)
        : this(server.ConnectionString)
    {
    }

    /// <summary>Each database has a data source of its own. The driver would ask for all types of the server for each of them, which takes longer than most
    /// tests. Tests that care how a connection is made have connection strings of their own.</summary>
    public PostgreSqlDatabase(string connectionString) => Source = NpgsqlDataSource.Create(connectionString + ";Server Compatibility Mode=NoTypeLoading");

    public string Schema => _schema;

    public override SqlDialect Dialect => SqlDialect.PostgreSql;

    public override DbDataSource Source { get; }

    public override RelationalStoreOptions Options => base.Options with { Schema = _schema, AcceptsUnsynchronizedCommits = true };

    protected override async ValueTask DropAsync()
    {
        await ScalarAsync($"DROP SCHEMA IF EXISTS {_schema} CASCADE");
        await Source.DisposeAsync();
    }
}
