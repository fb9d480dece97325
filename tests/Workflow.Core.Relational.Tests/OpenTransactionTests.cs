using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Relational.Tests;

/// <summary>A transaction that a host or a stranger keeps open delays nobody's commit of another instance (statement 14.7b). A caller that does wait for it is
/// told so.</summary>
[Parallelizable(ParallelScope.Self)]
[SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "Tests write their own statements.")]
internal sealed class OpenTransactionTests
{
    [Test]
    public async Task A_start_within_a_transaction_that_stays_open_delays_no_start_and_no_commit_of_others()
    {
        await using var database = new PostgreSqlDatabase(PostgreSqlServer.Required());
        var options = database.Options with { CommandTimeout = TimeSpan.FromSeconds(2) };
        var (one, two) = (database.NewStore(options), database.NewStore(options));
        var before = await StartAsync(one, hour: 0);
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await StartAsync(one.Within(transaction), hour: 1);
        await StartAsync(one.Within(transaction), hour: 2);

        // The hour has changed for both stores, which know of none of the rows that are not committed.
        for (var number = 0; number < 4; number++)
        {
            await StartAsync(one, hour: 1);
            await StartAsync(two, hour: 1);
            await StartAsync(two, hour: 2);
        }

        await one.CommitAsync(TestCommits.Step(before, 1), default);
        await transaction.CommitAsync();
        (await one.FindProcessesAsync(new ProcessQuery { StartedFrom = WorkflowTestBed.Beginning.AddHours(1), Limit = 100 }, default)).Count.ShouldBe(14);
        (await one.FindProcessesAsync(new ProcessQuery { StartedBefore = WorkflowTestBed.Beginning.AddHours(1), Limit = 100 }, default)).Count.ShouldBe(1);
    }

    [TestCase(SqlDialect.Sqlite)]
    [TestCase(SqlDialect.PostgreSql)]
    public async Task Instances_started_within_transactions_are_found_by_the_time_of_their_start(SqlDialect dialect)
    {
        await using var database = TestDatabase.Create(dialect);
        var store = database.NewStore();
        await store.EnsureSchemaAsync();
        for (var hour = 0; hour < 3; hour++)
        {
            await using var connection = await database.Source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await StartAsync(store.Within(transaction), hour);
            await StartAsync(store.Within(transaction), hour);
            await transaction.CommitAsync();
        }

        var query = new ProcessQuery { StartedFrom = WorkflowTestBed.Beginning.AddHours(1), StartedBefore = WorkflowTestBed.Beginning.AddHours(2) };
        (await store.FindProcessesAsync(query, default)).Count.ShouldBe(2);
        Convert.ToInt64(await database.ScalarAsync($"SELECT count(*) FROM {database.Table("period")}"), System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBe(3);
    }

    [Test]
    public async Task A_commit_that_waits_for_a_lock_is_told_so_before_the_driver_gives_up_and_is_not_stored()
    {
        await using var database = new PostgreSqlDatabase(PostgreSqlServer.Required());
        var store = database.NewStore(database.Options with { CommandTimeout = TimeSpan.FromSeconds(4) });
        var id = await StartAsync(store, hour: 0);
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await LockAsync(connection, database, id);
        var time = Stopwatch.StartNew();

        var refusal = await Should.ThrowAsync<ProcessStoreException>(async () => await store.CommitAsync(TestCommits.Step(id, 1), default));

        time.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(4));
        refusal.Message.ShouldContain("has locked the row");
        refusal.Message.ShouldContain("stored nothing");
        await transaction.RollbackAsync();
        (await store.LoadAsync(id, default))!.Version.ShouldBe(1);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_locked_instance_holds_up_no_commit_of_another_on_the_only_connection()
    {
        await using var database = new PostgreSqlDatabase(PostgreSqlServer.Required());
        var store = database.NewStore(database.Options with { CommitConnections = 1 });
        var ids = new List<ProcessInstanceId>();
        for (var number = 0; number < 20; number++)
        {
            ids.Add(await StartAsync(store, hour: 0));
        }

        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await LockAsync(connection, database, ids[0]);
        var time = Stopwatch.StartNew();

        // The locked one comes first, and alone; then again, in the middle of the others.
        var held = Task.Run(async () => await store.CommitAsync(TestCommits.Step(ids[0], 1), default));
        await Task.WhenAll(ids.Skip(1).Select(id => Task.Run(async () => await store.CommitAsync(TestCommits.Step(id, 1), default))));
        await Task.WhenAll(ids.Skip(1).Select(id => Task.Run(async () => await store.CommitAsync(TestCommits.Step(id, 2), default))));

        time.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(7));
        held.IsCompleted.ShouldBeFalse();
        await transaction.RollbackAsync();
        await held;
        (await store.LoadAsync(ids[0], default))!.Version.ShouldBe(2);
        (await store.LoadAsync(ids[^1], default))!.Version.ShouldBe(3);
    }

    [Test]
    public async Task A_locked_instance_costs_an_engine_none_of_its_other_leases()
    {
        await using var database = new PostgreSqlDatabase(PostgreSqlServer.Required());
        var store = database.NewStore(database.Options with { CommandTimeout = TimeSpan.FromSeconds(4) });
        var (locked, free) = (await StartAsync(store, hour: 0), await StartAsync(store, hour: 0));
        foreach (var id in new[] { locked, free })
        {
            await store.CommitAsync(TestCommits.Step(id, 1) with { Owner = "engine", Lease = new ProcessLease("engine", TimeSpan.FromSeconds(30)) }, default);
        }

        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await LockAsync(connection, database, locked);

        await store.RenewAsync("engine", TimeSpan.FromSeconds(60), default);

        database.Clock.Advance(TimeSpan.FromSeconds(45));
        (await store.LoadAsync(free, default))!.Owner.ShouldBe("engine");
        (await store.LoadAsync(locked, default))!.Owner.ShouldBeNull();
    }

    [Test]
    public async Task A_write_beside_commits_that_waits_for_a_lock_is_told_so()
    {
        await using var database = new PostgreSqlDatabase(PostgreSqlServer.Required());
        var store = database.NewStore(database.Options with { CommandTimeout = TimeSpan.FromSeconds(2) });
        var id = await StartAsync(store, hour: 0);
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await LockAsync(connection, database, id);

        var refusal = await Should.ThrowAsync<ProcessStoreException>(async () => await store.SetAsideAsync(id, "damaged", default));

        refusal.Message.ShouldContain("has locked the row");
        refusal.Message.ShouldContain("stored nothing");
    }

    private static async Task LockAsync(DbConnection connection, PostgreSqlDatabase database, ProcessInstanceId id)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT 1 FROM {database.Table("process")} WHERE id = {id.Value} FOR UPDATE";
        await command.ExecuteScalarAsync();
    }

    private static async Task<ProcessInstanceId> StartAsync(IProcessStore store, int hour)
    {
        var id = await store.ReserveAsync(default);
        var record = TestCommits.Record(id, ProcessInstanceStatus.Active) with { StartedAt = WorkflowTestBed.Beginning.AddHours(hour) };
        await store.CommitAsync(TestCommits.Start(id) with { Record = record }, default);
        return id;
    }
}
