using System.Diagnostics.CodeAnalysis;
using Npgsql;
using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Tests;

/// <summary>A pooler between the store and PostgreSQL.</summary>
[Parallelizable(ParallelScope.Self)]
[SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "Tests write their own statements.")]
internal sealed class PoolerTests
{
    [TestCase("pool_mode = transaction")]
    [TestCase("pool_mode = transaction\nserver_round_robin = 1")]
    [TestCase("pool_mode = transaction\ndefault_pool_size = 1")]
    [CancelAfter(60_000)]
    public async Task A_pooler_in_transaction_mode_is_refused_when_the_store_is_opened(string settings)
    {
        await using var database = new PostgreSqlDatabase(PostgreSqlServer.Required());
        using var bouncer = await PgBouncer.StartAsync(settings);
        await using var source = NpgsqlDataSource.Create(bouncer.ConnectionString);
        await WarmUpAsync(source, connections: settings.Contains("default_pool_size", StringComparison.Ordinal) ? 1 : 3);
        await using var store = RelationalProcessStore.Create(source, SqlDialect.PostgreSql, database.Options);

        var refusal = await Should.ThrowAsync<ProcessStoreException>(async () => await store.ReserveAsync(default));

        refusal.Message.ShouldContain("pgbouncer");
        refusal.Message.ShouldContain("pool_mode = session");
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_pooler_in_session_mode_is_worked_with()
    {
        await using var database = new PostgreSqlDatabase(PostgreSqlServer.Required());
        using var bouncer = await PgBouncer.StartAsync("pool_mode = session");
        await using var source = NpgsqlDataSource.Create(bouncer.ConnectionString);
        await using var store = RelationalProcessStore.Create(source, SqlDialect.PostgreSql, database.Options);

        var id = await store.ReserveAsync(default);
        await store.CommitAsync(TestCommits.Start(id), default);
        await store.CommitAsync(TestCommits.Step(id, 1), default);

        (await store.LoadAsync(id, default))!.Version.ShouldBe(2);
    }

    [Test]
    public async Task The_stores_settings_of_its_connections_reach_no_other_user_of_the_drivers_pool()
    {
        await using var database = new PostgreSqlDatabase(PostgreSqlServer.Required());
        await using var source = NpgsqlDataSource.Create(PostgreSqlServer.Required().ConnectionString + ";No Reset On Close=true;Maximum Pool Size=5");
        await using (var store = RelationalProcessStore.Create(source, SqlDialect.PostgreSql, database.Options))
        {
            var id = await store.ReserveAsync(default);
            await store.CommitAsync(TestCommits.Start(id), default);
        }

        await CheckSettingsAsync(source, 5);
    }

    private static async Task<bool> IsStoredAsync(RelationalProcessStore store, ProcessInstanceId id)
    {
        try
        {
            await store.CommitAsync(TestCommits.Step(id, 1), default);
            return true;
        }
        catch (ProcessStoreException)
        {
            return false;
        }
    }

    private static async Task CheckSettingsAsync(NpgsqlDataSource source, int count)
    {
        var connections = new List<NpgsqlConnection>();
        for (var number = 0; number < count; number++)
        {
            connections.Add(await source.OpenConnectionAsync());
            foreach (var setting in new[] { "enable_seqscan", "plan_cache_mode", "jit", "lock_timeout", "statement_timeout" })
            {
                await using var command = new NpgsqlCommand($"SELECT setting = reset_val FROM pg_settings WHERE name = '{setting}'", connections[^1]);
                (await command.ExecuteScalarAsync()).ShouldBe(true, setting);
            }
        }

        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }
    }

    [Test]
    public async Task The_stores_settings_reach_no_other_user_when_one_connection_for_commits_breaks()
    {
        await using var database = new PostgreSqlDatabase(PostgreSqlServer.Required());
        await using var source = NpgsqlDataSource.Create(
            PostgreSqlServer.Required().ConnectionString + ";No Reset On Close=true;Maximum Pool Size=9;Application Name=broken_commits");
        await using var store = RelationalProcessStore.Create(source, SqlDialect.PostgreSql, database.Options);
        var ids = new List<ProcessInstanceId>();
        for (var number = 0; number < 16; number++)
        {
            ids.Add(await store.ReserveAsync(default));
        }

        await Task.WhenAll(ids.Select(id => Task.Run(async () => await store.CommitAsync(TestCommits.Start(id), default))));
        (await database.ScalarAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'broken_commits' AND query LIKE 'INSERT INTO%' "
                + "ORDER BY query_start DESC LIMIT 1"))
            .ShouldBe(true);

        // Of the commits, the one on that connection may fail; all others are stored.
        var stored = await Task.WhenAll(ids.Select(id => Task.Run(() => IsStoredAsync(store, id))));
        stored.ShouldContain(true);
        await store.DisposeAsync();

        await CheckSettingsAsync(source, 8);
    }

    /// <summary>Makes the pooler open several connections to the server, as it has when it is used.</summary>
    private static async Task WarmUpAsync(NpgsqlDataSource source, int connections)
    {
        var open = new List<(NpgsqlConnection Connection, NpgsqlTransaction Transaction)>();
        for (var number = 0; number < connections; number++)
        {
            var connection = await source.OpenConnectionAsync();
            open.Add((connection, await connection.BeginTransactionAsync()));
        }

        foreach (var (connection, transaction) in open)
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
