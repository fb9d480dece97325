using System.Globalization;
using Npgsql;
using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Tests;

/// <summary>How many connections the store needs of the driver's pool on PostgreSQL.</summary>
[Parallelizable(ParallelScope.Self)]
internal sealed class PoolTests
{
    [TestCase("Maximum Pool Size=1", 4)]
    [TestCase("Maximum Pool Size=4", 4)]
    [TestCase("Maximum Pool Size=1", 1)]
    public async Task A_pool_that_is_too_small_is_refused_when_the_store_is_opened_and_named(string setting, int commitConnections)
    {
        await using var database = new PostgreSqlDatabase(PostgreSqlServer.Required());
        await using var source = Source(setting);
        await using var store = RelationalProcessStore.Create(source, SqlDialect.PostgreSql, database.Options with { CommitConnections = commitConnections });

        var refusal = await Should.ThrowAsync<ProcessStoreException>(async () => await store.EnsureSchemaAsync());

        refusal.Message.ShouldContain($"needs {(commitConnections + 1).ToString(CultureInfo.InvariantCulture)}");
        refusal.Message.ShouldContain("Maximum Pool Size");
        refusal.Message.ShouldContain("CommitConnections");
    }

    [TestCase(1)]
    [TestCase(4)]
    [CancelAfter(120_000)]
    public async Task The_smallest_pool_that_is_accepted_is_enough_for_everything_at_once(int commitConnections)
    {
        await using var database = new PostgreSqlDatabase(PostgreSqlServer.Required());
        await using var source = Source(string.Create(CultureInfo.InvariantCulture, $"Maximum Pool Size={commitConnections + 1};Timeout=20"));
        await using var store = RelationalProcessStore.Create(source, SqlDialect.PostgreSql, database.Options with { CommitConnections = commitConnections });

        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => Task.Run(async () =>
        {
            var id = await store.ReserveAsync(default);
            await store.CommitAsync(TestCommits.Start(id), default);
            await store.SaveAsync($"user {number.ToString(CultureInfo.InvariantCulture)}", null, default);
            await store.CommitAsync(TestCommits.Step(id, 1), default);
            (await store.LoadAsync(id, default))!.Version.ShouldBe(2);
            await store.FindProcessesAsync(new ProcessQuery(), default);
        })));
    }

    [Test]
    public async Task A_pool_that_the_host_uses_up_is_named_with_the_words_of_the_driver()
    {
        await using var database = new PostgreSqlDatabase(PostgreSqlServer.Required());
        await using var source = Source("Maximum Pool Size=2;Timeout=1");
        await using var store = RelationalProcessStore.Create(source, SqlDialect.PostgreSql, database.Options with { CommitConnections = 1 });
        await store.EnsureSchemaAsync();
        await using var one = await source.OpenConnectionAsync();
        await using var two = await source.OpenConnectionAsync();

        var refusal = await Should.ThrowAsync<ProcessStoreException>(async () => await store.FindProcessesAsync(new ProcessQuery(), default));

        refusal.Message.ShouldContain("driver's pool");
        refusal.Message.ShouldContain(refusal.InnerException!.Message.TrimEnd('.'));
    }

    private static NpgsqlDataSource Source(string settings)
    {
        var connection = new NpgsqlConnectionStringBuilder(PostgreSqlServer.Required().ConnectionString);
        connection.Remove("Maximum Pool Size");
        return NpgsqlDataSource.Create($"{connection.ConnectionString};{settings}");
    }
}
