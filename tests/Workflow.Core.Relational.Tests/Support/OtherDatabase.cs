using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Workflow.Core.Relational.Tests.Support;

/// <summary>A database of the same kind that is not the one of the test: another file, or another database of the same server.</summary>
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "They are disposed of with the object that they are given to.")]
internal sealed class OtherDatabase : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly PostgreSqlDatabase? _server;
    private readonly string _name;

    private OtherDatabase(TestDatabase database, PostgreSqlDatabase? server = null, string name = "")
    {
        _database = database;
        _server = server;
        _name = name;
    }

    public DbDataSource Source => _database.Source;

    public static async Task<OtherDatabase> CreateAsync(SqlDialect dialect)
    {
        if (dialect is SqlDialect.Sqlite)
        {
            return new OtherDatabase(new SqliteDatabase());
        }

        var server = new PostgreSqlDatabase(PostgreSqlServer.Required());
        var name = server.Schema + "_other";
        await server.ScalarAsync($"CREATE DATABASE {name}");
        return new OtherDatabase(new PostgreSqlDatabase($"{PostgreSqlServer.Required().ConnectionString};Database={name}"), server, name);
    }

    /// <summary>A store there under the names that another database has.</summary>
    public RelationalProcessStore NewStore(RelationalStoreOptions options) => _database.NewStore(options);

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        if (_server is not null)
        {
            await _server.ScalarAsync($"DROP DATABASE {_name} WITH (FORCE)");
            await _server.DisposeAsync();
        }
    }
}
