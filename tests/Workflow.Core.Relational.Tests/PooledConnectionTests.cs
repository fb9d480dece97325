using System.Transactions;
using Npgsql;

namespace Workflow.Core.Relational.Tests;

/// <summary>Connections that the host and the store take from one pool. SQLite has none: its connections are the store's own.</summary>
[TestFixture]
internal sealed class PooledConnectionTests
{
    [Test]
    public async Task A_pooled_connection_that_the_host_used_in_a_scope_carries_no_commit()
    {
        await using var database = new PostgreSqlDatabase(PostgreSqlServer.Required());
        await using var source = NpgsqlDataSource.Create(PostgreSqlServer.Required().ConnectionString + ";Enlist=true");
        await using var store = RelationalProcessStore.Create(source, SqlDialect.PostgreSql, database.Options);
        await store.EnsureSchemaAsync();
        ProcessInstanceId id;
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            for (var use = 0; use < 3; use++)
            {
                await using var connection = await source.OpenConnectionAsync();
                await using var command = connection.CreateCommand();
                command.CommandText = "SELECT 1";
                await command.ExecuteScalarAsync();
            }

            id = await store.ReserveAsync(default);
            await store.CommitAsync(TestCommits.Start(id), default);
        }

        (await store.LoadAsync(id, default)).ShouldNotBeNull();
    }
}
