using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace Workflow.Core.Relational.Tests.Databases;

/// <summary>A schema of its own on the test server.</summary>
internal sealed class PostgreSqlDatabase : TestDatabase
{
    private static int _last;

    private readonly string _schema = string.Create(CultureInfo.InvariantCulture, $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _last)}");

    public PostgreSqlDatabase(PostgreSqlServer server)
        : this(server.ConnectionString)
    {
    }

    public PostgreSqlDatabase(string connectionString) => Source = NpgsqlDataSource.Create(connectionString);

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
