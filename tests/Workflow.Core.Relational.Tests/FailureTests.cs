using Microsoft.Data.Sqlite;
using Npgsql;
using Workflow.Core.CrashChild.Watching;
using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Tests;

/// <summary>A failure of the database is told in a sentence, and nothing is stored.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class FailureTests
{
    [Test]
    public async Task A_file_is_for_one_store_at_a_time_and_free_again_afterwards()
    {
        await using var database = new SqliteDatabase();
        ProcessInstanceId id;
        await using (var first = RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, database.Path))
        {
            id = await first.ReserveAsync(default);
            await first.CommitAsync(TestCommits.Start(id), default);

            var refusal = Should.Throw<ProcessStoreException>(() => RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, database.Path));
            refusal.Message.ShouldContain("is in use");
        }

        await using var second = RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, database.Path);
        (await second.LoadAsync(id, default))!.Version.ShouldBe(1);
        (await second.ReserveAsync(default)).Value.ShouldBeGreaterThan(id.Value);
    }

    [Test]
    public async Task Leases_of_an_engine_that_is_gone_are_void_when_its_file_is_opened()
    {
        await using var database = new SqliteDatabase();
        ProcessInstanceId id;
        await using (var first = RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, database.Path))
        {
            id = await first.ReserveAsync(default);
            await first.CommitAsync(TestCommits.Start(id) with { Owner = "gone", Lease = new ProcessLease("gone", ProcessLease.Longest) }, default);
            (await first.LoadAsync(id, default))!.Owner.ShouldBe("gone");
        }

        await using var second = RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, database.Path);
        (await second.LoadAsync(id, default))!.Owner.ShouldBeNull();
    }

    [Test]
    public void A_folder_that_is_missing_is_named() => Should
        .Throw<ProcessStoreException>(() => RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, "/nowhere/at/all/workflow.db"))
        .Message.ShouldContain("does not exist");

    [Test]
    public async Task A_file_that_is_no_database_is_left_alone()
    {
        await using var database = new SqliteDatabase();
        var text = string.Concat(Enumerable.Repeat("This is a letter. ", 1_000));
        await File.WriteAllTextAsync(database.Path, text);

        var refusal = await Should.ThrowAsync<ProcessStoreException>(async () => await database.NewStore().ReserveAsync(default));

        refusal.Message.ShouldContain("not an SQLite database");
        (await File.ReadAllTextAsync(database.Path)).ShouldBe(text);
    }

    [Test]
    public async Task A_database_that_is_read_only_can_be_read()
    {
        await using var database = new SqliteDatabase();
        var id = await StoredAsync(database);
        await using var source = SqliteFactory.Instance.CreateDataSource($"Data Source={database.Path};Mode=ReadOnly;Pooling=False");
        await using var store = RelationalProcessStore.Create(source, SqlDialect.Sqlite);

        (await Should.ThrowAsync<ProcessStoreException>(async () => await store.CommitAsync(TestCommits.Step(id, 1), default)))
            .Message.ShouldContain("read-only");
    }

    [Test]
    public async Task A_database_that_somebody_else_keeps_locked_is_given_up_and_taken_up_again()
    {
        await using var database = new SqliteDatabase();
        var store = database.NewStore(database.Options with { CommandTimeout = TimeSpan.FromSeconds(1) });
        var id = await store.ReserveAsync(default);
        await store.CommitAsync(TestCommits.Start(id), default);
        await using (var connection = await database.Source.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();

            var refusal = await Should.ThrowAsync<ProcessStoreException>(async () => await store.CommitAsync(TestCommits.Step(id, 1), default));

            refusal.Message.ShouldContain("locked");
            (await store.LoadAsync(id, default))!.Version.ShouldBe(1);
            await transaction.RollbackAsync();
        }

        await store.CommitAsync(TestCommits.Step(id, 1), default);
        (await store.LoadAsync(id, default))!.Version.ShouldBe(2);
    }

    [Test]
    public async Task A_database_that_is_full_is_said_to_be()
    {
        await using var database = new SqliteDatabase();
        await using var source = new WatchedDataSource(database.Source, new FirstStatement("PRAGMA max_page_count = 60"));
        await using var store = RelationalProcessStore.Create(source, SqlDialect.Sqlite);
        var id = await store.ReserveAsync(default);
        var large = TestCommits.Start(id) with { Parts = [new StoredPart(PartKey.Header, new byte[1_000_000])] };

        (await Should.ThrowAsync<ProcessStoreException>(async () => await store.CommitAsync(large, default))).Message.ShouldContain("full");

        await store.CommitAsync(TestCommits.Start(id), default);
        (await store.LoadAsync(id, default))!.Version.ShouldBe(1);
    }

    [Test]
    public async Task Tables_that_a_transaction_of_the_host_finds_not_upgraded_are_said_to_be_old([Values(1, 2)] int version, [Values] SqlDialect dialect)
    {
        await using var database = TestDatabase.Create(dialect);
        var options = OldTables.Options(database);
        await database.ScalarAsync(OldTables.Named(SchemaScripts.Read(version, dialect), options));
        await using (var connection = await database.Source.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            var within = database.NewStore(options).Within(transaction);

            var refusal = await Should.ThrowAsync<ProcessStoreException>(
                async () => await within.CommitAsync(TestCommits.Start(new ProcessInstanceId(1)), default));

            refusal.Message.ShouldContain("of an older version");
        }

        await OldTables.DropAsync(database, options);
    }

    [Test]
    public async Task A_server_that_is_not_there_is_said_to_be_gone()
    {
        await using var source = Npgsql.NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=nobody;Timeout=2");
        await using var store = RelationalProcessStore.Create(source, SqlDialect.PostgreSql);

        (await Should.ThrowAsync<ProcessStoreException>(async () => await store.ReserveAsync(default))).Message.ShouldContain("cannot be reached");
    }

    [Test]
    public async Task A_server_that_answers_before_the_disk_has_it_is_refused()
    {
        await using var database = new PostgreSqlDatabase(PostgreSqlServer.Required());
        await using var hurried = NpgsqlDataSource.Create(PostgreSqlServer.Required().ConnectionString + ";Options=-c synchronous_commit=off");
        var options = database.Options with { AcceptsUnsynchronizedCommits = false };
        await using var store = RelationalProcessStore.Create(hurried, SqlDialect.PostgreSql, options);

        var refusal = await Should.ThrowAsync<ProcessStoreException>(async () => await store.ReserveAsync(default));

        refusal.Message.ShouldContain("= off");
        refusal.Message.ShouldContain("AcceptsUnsynchronizedCommits");
    }

    [Test]
    public async Task A_permission_that_is_missing_is_said_to_be()
    {
        await using var database = new PostgreSqlDatabase(PostgreSqlServer.Required());
        await database.NewStore().EnsureSchemaAsync();
        var user = database.Schema + "_reader";
        await database.ScalarAsync(
            $"CREATE ROLE {user} LOGIN; GRANT USAGE ON SCHEMA {database.Schema} TO {user}; GRANT SELECT ON ALL TABLES IN SCHEMA {database.Schema} TO {user}");
        await using (var source = Npgsql.NpgsqlDataSource.Create($"{PostgreSqlServer.Required().ConnectionString};Username={user}"))
        await using (var store = RelationalProcessStore.Create(source, SqlDialect.PostgreSql, database.Options))
        {
            (await store.LoadAsync(new ProcessInstanceId(1), default)).ShouldBeNull();
            (await Should.ThrowAsync<ProcessStoreException>(async () => await store.CommitAsync(TestCommits.Start(new ProcessInstanceId(1)), default)))
                .Message.ShouldContain("permission");
        }

        await database.ScalarAsync($"DROP OWNED BY {user}; DROP ROLE {user}");
    }

    [Test]
    public async Task A_database_that_is_read_only_on_the_server_is_said_to_be()
    {
        await using var database = new PostgreSqlDatabase(PostgreSqlServer.Required());
        var id = await StoredAsync(database);
        await using var source = Npgsql.NpgsqlDataSource.Create($"{PostgreSqlServer.Required().ConnectionString};Options=-c default_transaction_read_only=on");
        await using var store = RelationalProcessStore.Create(source, SqlDialect.PostgreSql, database.Options);

        (await Should.ThrowAsync<ProcessStoreException>(async () => await store.CommitAsync(TestCommits.Step(id, 1), default)))
            .Message.ShouldContain("read-only");
        (await store.LoadAsync(id, default))!.Version.ShouldBe(1);
    }

    private static async Task<ProcessInstanceId> StoredAsync(TestDatabase database)
    {
        var store = database.NewStore();
        var id = await store.ReserveAsync(default);
        await store.CommitAsync(TestCommits.Start(id), default);
        return id;
    }
}
