using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Workflow.Core.Client;
using Workflow.Core.CrashChild.Watching;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Relational.Tests;

/// <summary>The store in a transaction of the host (statement 13.6).</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
[Parallelizable(ParallelScope.Self)]
internal sealed class WithinTests(SqlDialect dialect)
{
    [Test]
    public async Task Others_see_the_commands_of_a_transaction_when_the_host_commits()
    {
        await using var database = TestDatabase.Create(dialect);
        var store = database.NewStore();
        await store.EnsureSchemaAsync();
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var within = store.Within(transaction);

        var id = await within.ReserveAsync(default);
        await within.CommitAsync(TestCommits.Start(id), default);
        await within.CommitAsync(TestCommits.Step(id, 1), default);

        (await within.LoadAsync(id, default))!.Version.ShouldBe(2);
        (await store.LoadAsync(id, default)).ShouldBeNull();
        await transaction.CommitAsync();
        (await store.LoadAsync(id, default))!.Version.ShouldBe(2);
        (await store.FindTaskAsync(new SerialNumber(id, 1), default)).ShouldNotBeNull();
    }

    [Test]
    public async Task Nothing_is_left_when_the_host_rolls_back_and_the_number_is_not_given_out_again()
    {
        await using var database = TestDatabase.Create(dialect);
        var store = database.NewStore();
        await store.EnsureSchemaAsync();
        ProcessInstanceId id;
        await using (var connection = await database.Source.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            var within = store.Within(transaction);
            id = await within.ReserveAsync(default);
            await within.CommitAsync(TestCommits.Start(id), default);
            await transaction.RollbackAsync();
        }

        (await store.LoadAsync(id, default)).ShouldBeNull();
        (await store.ReserveAsync(default)).Value.ShouldBeGreaterThan(id.Value);
    }

    [Test]
    public async Task Tables_that_are_not_there_are_said_to_have_to_be_made_before()
    {
        await using var database = TestDatabase.Create(dialect);
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var within = database.NewStore().Within(transaction);

        var refusal = await Should.ThrowAsync<ProcessStoreException>(async () => await within.LoadAsync(new ProcessInstanceId(1), default));

        refusal.Message.ShouldContain("first call EnsureSchemaAsync");
    }

    /// <summary>The question whether there are tables costs the host nothing that it has done in its transaction.</summary>
    [Test]
    public async Task The_transaction_goes_on_when_its_database_has_no_tables()
    {
        await using var database = TestDatabase.Create(dialect);
        await using var other = await OtherDatabase.CreateAsync(dialect);
        var store = database.NewStore();
        await store.EnsureSchemaAsync();
        await using var connection = await other.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();

        Should.Throw<ArgumentException>(() => store.Within(transaction)).Message.ShouldContain("another database");

        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT 7";
        Convert.ToInt32(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture).ShouldBe(7);
    }

    [Test]
    public async Task A_transaction_on_the_tables_of_another_store_is_refused_although_the_store_has_none_yet()
    {
        await using var database = TestDatabase.Create(dialect);
        await using var other = await OtherDatabase.CreateAsync(dialect);
        await other.NewStore(database.Options).EnsureSchemaAsync();
        await using var connection = await other.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();

        Should.Throw<ArgumentException>(() => database.NewStore().Within(transaction)).Message.ShouldContain("another database");
    }

    [Test]
    public async Task A_refused_commit_leaves_the_rest_of_the_transaction_alone()
    {
        await using var database = TestDatabase.Create(dialect);
        var store = database.NewStore();
        var taken = await store.ReserveAsync(default);
        var id = await store.ReserveAsync(default);
        await store.CommitAsync(TestCommits.Start(taken) with { Request = TestCommits.Request(taken, "taken") }, default);
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var within = store.Within(transaction);
        await within.CommitAsync(TestCommits.Start(id), default);

        await Should.ThrowAsync<ConcurrencyException>(async () => await within.CommitAsync(TestCommits.Step(id, 7), default));
        await Should.ThrowAsync<ConcurrencyException>(
            async () => await within.CommitAsync(TestCommits.Step(id, 1) with { Request = TestCommits.Request(id, "taken") }, default));
        await Should.ThrowAsync<ConcurrencyException>(
            async () => await within.CommitAsync(TestCommits.Step(id, 1) with { ReceivedMessages = [(taken, 1)] }, default));
        await Should.ThrowAsync<ProcessStoreException>(
            async () => await within.CommitAsync(TestCommits.Finish(id) with { Journal = new StoredJournal(1, 1, default) }, default));
        await transaction.CommitAsync();

        (await store.LoadAsync(id, default))!.Version.ShouldBe(1);
    }

    [Test]
    public async Task A_message_that_was_received_or_discarded_in_a_transaction_comes_back_with_its_rollback([Values] bool isReceived)
    {
        await using var database = TestDatabase.Create(dialect);
        var store = database.NewStore();
        var id = await store.ReserveAsync(default);
        await store.CommitAsync(TestCommits.Start(id) with { SentMessages = [new ProcessMessage(id, 1, id, default)] }, default);
        await using (var connection = await database.Source.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            var within = store.Within(transaction);
            if (isReceived)
            {
                await within.CommitAsync(TestCommits.Step(id, 1) with { ReceivedMessages = [(id, 1)] }, default);
            }
            else
            {
                (await within.DiscardMessageAsync(new MessageKey(id, id, 1), default)).ShouldBeTrue();
            }

            (await within.FindMessagesAsync(new MessageQuery { To = id, Limit = 10 }, default)).ShouldBeEmpty();
            await transaction.RollbackAsync();
        }

        await store.CommitAsync(TestCommits.Step(id, 1) with { ReceivedMessages = [(id, 1)] }, default);

        (await store.FindMessagesAsync(new MessageQuery { To = id, Limit = 10 }, default)).ShouldBeEmpty();
    }

    /// <summary>The commit waits for the transaction, and then looks again.</summary>
    [Test]
    [CancelAfter(60_000)]
    public async Task A_commit_that_receives_what_an_open_transaction_discards_is_refused_when_that_commits()
    {
        await using var database = TestDatabase.Create(dialect);
        var store = database.NewStore();
        var id = await store.ReserveAsync(default);
        await store.CommitAsync(TestCommits.Start(id) with { SentMessages = [new ProcessMessage(id, 1, id, default)] }, default);
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        (await store.Within(transaction).DiscardMessageAsync(new MessageKey(id, id, 1), default)).ShouldBeTrue();

        var commit = Task.Run(async () => await store.CommitAsync(TestCommits.Step(id, 1) with { ReceivedMessages = [(id, 1)] }, default));
        const string Waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted";
        while (database is PostgreSqlDatabase && !commit.IsCompleted && await database.ScalarAsync(Waiting) is not > 0L)
        {
            await Task.Yield();
        }

        await transaction.CommitAsync();

        await Should.ThrowAsync<ConcurrencyException>(() => commit);
        (await store.LoadAsync(id, default))!.Version.ShouldBe(1);
    }

    [Test]
    public async Task A_transaction_that_has_ended_is_refused()
    {
        await using var database = TestDatabase.Create(dialect);
        var store = database.NewStore();
        await store.EnsureSchemaAsync();
        await using var connection = await database.Source.OpenConnectionAsync();
        var transaction = await connection.BeginTransactionAsync();
        var within = store.Within(transaction);
        await transaction.CommitAsync();
        await transaction.DisposeAsync();

        Should.Throw<ArgumentException>(() => store.Within(transaction)).Message.ShouldContain("has ended");
        (await Should.ThrowAsync<InvalidOperationException>(async () => await within.LoadAsync(new ProcessInstanceId(1), default)))
            .Message.ShouldContain("has ended");
    }

    [Test]
    public async Task Every_call_after_the_end_is_refused_with_what_to_do([Values("commit", "rollback", "dispose", "close")] string end)
    {
        await using var database = TestDatabase.Create(dialect);
        var store = database.NewStore();
        var id = await store.ReserveAsync(default);
        await store.CommitAsync(TestCommits.Start(id), default);
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var within = store.Within(transaction);
        await within.LoadAsync(id, default);
        await (end switch
        {
            "commit" => transaction.CommitAsync(),
            "rollback" => transaction.RollbackAsync(),
            "dispose" => transaction.DisposeAsync().AsTask(),
            _ => connection.CloseAsync(),
        });
        Func<Task>[] calls =
        [
            async () => await within.LoadAsync(id, default), async () => await within.CommitAsync(TestCommits.Step(id, 1), default),
            async () => await within.ReserveAsync(default),
            async () => await within.FindTasksAsync([Destination.User("ann")], new WorklistQuery(), default),
            async () => await within.FindProcessesAsync(new ProcessQuery(), default),
            async () => await within.SetAsideAsync(id, "why", default),
            async () => await within.PurgeAsync(DateTimeOffset.MaxValue, definition: null, 1, default),
            async () => await within.SaveAsync("ann", absence: null, default), async () => await ((RelationalProcessStore)within).EnsureSchemaAsync(),
        ];

        foreach (var call in calls)
        {
            var refusal = await Should.ThrowAsync<InvalidOperationException>(call);
            refusal.Message.ShouldContain("The transaction has ended");
            refusal.Message.ShouldContain("ask for Within again");
        }

        Should.Throw<ArgumentException>(() => store.Within(transaction)).Message.ShouldContain("has ended");
        (await store.LoadAsync(id, default))!.Version.ShouldBe(1);
    }

    [Test]
    public async Task Every_call_of_an_engine_after_the_end_is_refused_with_what_to_do()
    {
        await using var database = TestDatabase.Create(dialect);
        await using var engine = WorkflowEngine.Create(options => options.Store = database.NewStore());
        await engine.DeployAsync(ProcessDefinition.Define("Claim", process =>
        {
            process.Rights(rights => rights.Everyone(ProcessRight.Start));
            process.StartsWith(
                process.Activity("Decide", activity => activity.Destinations(to => to.Users("ann")).Client("Decide", task => task.Action("Approve"))));
        }));
        var serial = new SerialNumber((await engine.As("dora").StartAsync("Claim")).Id, 1);
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var within = engine.Within(transaction);
        await transaction.CommitAsync();

        Func<Task>[] calls =
        [
            async () => await within.As("dora").StartAsync("Claim"), async () => await within.As("ann").Worklist.ExecuteAsync(serial, "Approve"),
            async () => await within.As("ann").Worklist.ListAsync(),
        ];
        foreach (var call in calls)
        {
            (await Should.ThrowAsync<InvalidOperationException>(call)).Message.ShouldContain("ask for Within again");
        }

        await engine.As("ann").Worklist.ExecuteAsync(serial, "Approve");
    }

    /// <summary>The engine asks for a role that stays one after the role interval, when the host has committed, and finds nothing when it has not. The next
    /// search finds later commits.</summary>
    [TestCase(true, false)]
    [TestCase(true, true)]
    [TestCase(false, false)]
    public async Task A_role_that_the_resolver_does_not_know_is_reported_after_the_host_has_committed(bool isCommitted, bool isLate)
    {
        await using var database = TestDatabase.Create(dialect);
        var clock = new ManualTimeProvider(WorkflowTestBed.Beginning);
        await using var engine = WorkflowEngine.Create(options =>
        {
            (options.Store, options.Clock, options.TakesUpWork) = (database.NewStore(), clock, false);
        });
        await engine.DeployAsync(ProcessDefinition.Define("Claim", process =>
        {
            process.Rights(rights => rights.Everyone(ProcessRight.Start));
            process.StartsWith(process.Activity(
                "Decide",
                activity => activity.Destinations(to => to.Role("Managres")).Client("Decide", task => task.Action("Approve"))));
        }));
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var id = (await engine.Within(transaction).As("dora").StartAsync("Claim")).Id;
        if (isLate)
        {
            clock.Advance(TimeSpan.FromMinutes(10));
            await engine.RunDueTimersAsync();
            clock.Advance(TimeSpan.FromMinutes(10));
            await engine.RunDueTimersAsync();
        }

        await (isCommitted ? transaction.CommitAsync() : transaction.RollbackAsync());

        clock.Advance(TimeSpan.FromMinutes(10));
        await engine.RunDueTimersAsync();

        if (isCommitted)
        {
            (await engine.AsSystem().ReadHistoryAsync(id, limit: 500))
                .ShouldContain(fact => fact.Kind == JournalKind.UnknownRole && fact.Detail == "role Managres");
        }
        else
        {
            await Should.ThrowAsync<ProcessInstanceNotFoundException>(async () => await engine.AsSystem().ReadAsync(id));
        }
    }

    [Test]
    public async Task A_transaction_in_which_a_statement_of_the_host_has_failed_says_to_roll_it_back()
    {
        if (dialect is SqlDialect.Sqlite)
        {
            Assert.Pass("On SQLite a statement that fails takes nothing else with it.");
        }

        await using var database = TestDatabase.Create(dialect);
        var store = database.NewStore();
        await store.EnsureSchemaAsync();
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var within = store.Within(transaction);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1 / 0";
        await Should.ThrowAsync<DbException>(async () => await command.ExecuteScalarAsync());

        Func<Task>[] calls =
        [
            async () => await within.LoadAsync(new ProcessInstanceId(1), default),
            async () => await within.CommitAsync(TestCommits.Start(new ProcessInstanceId(1)), default),
        ];
        foreach (var call in calls)
        {
            (await Should.ThrowAsync<ProcessStoreException>(call)).Message.ShouldContain("Roll the transaction back");
        }
    }

    [Test]
    public async Task A_transaction_of_another_database_of_the_same_kind_is_refused()
    {
        await using var database = TestDatabase.Create(dialect);
        await using var other = await OtherDatabase.CreateAsync(dialect);
        var otherStore = other.NewStore(database.Options);
        await otherStore.EnsureSchemaAsync();
        await using var connection = await other.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var store = database.NewStore();
        await store.EnsureSchemaAsync();

        Should.Throw<ArgumentException>(() => store.Within(transaction)).Message.ShouldContain("another database");
        otherStore.Within(transaction).ShouldNotBeNull();
    }

    [Test]
    public async Task A_transaction_is_compared_too_when_the_store_was_not_used_before()
    {
        await using var database = TestDatabase.Create(dialect);
        await database.NewStore().EnsureSchemaAsync();
        await using var other = await OtherDatabase.CreateAsync(dialect);
        await using var connection = await other.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();

        Should.Throw<ArgumentException>(() => database.NewStore().Within(transaction)).Message.ShouldContain("another database");
    }

    [Test]
    public async Task A_connection_is_compared_once()
    {
        await using var database = TestDatabase.Create(dialect);
        var log = new StatementLog();
        await using var source = new WatchedDataSource(database.Source, log);
        await using var store = RelationalProcessStore.Create(source, dialect, database.Options);
        await store.EnsureSchemaAsync();
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        store.Within(transaction);
        log.Statements.Clear();

        store.Within(transaction);

        log.Statements.ShouldBeEmpty();
    }

    [Test]
    public async Task A_transaction_goes_on_to_fit_after_the_identity_was_renewed()
    {
        await using var database = TestDatabase.Create(dialect);
        var store = database.NewStore();
        await store.EnsureSchemaAsync();
        await database.NewStore().RenewIdentityAsync(skippedNumbers: 10);
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();

        store.Within(transaction).ShouldNotBeNull();
        Should.Throw<InvalidOperationException>(
            () => ((RelationalProcessStore)store.Within(transaction)).RenewIdentityAsync().AsTask().GetAwaiter().GetResult());
    }

    [Test]
    public async Task A_transaction_of_another_kind_of_database_is_refused()
    {
        await using var database = TestDatabase.Create(dialect);
        await using var other = TestDatabase.Create(dialect is SqlDialect.Sqlite ? SqlDialect.PostgreSql : SqlDialect.Sqlite);
        await using var connection = await other.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();

        var refusal = Should.Throw<ArgumentException>(() => database.NewStore().Within(transaction));

        refusal.Message.ShouldContain(nameof(NpgsqlConnection));
        refusal.Message.ShouldContain(nameof(SqliteConnection));
    }
}
