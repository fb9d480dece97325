using System.Globalization;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Tests.Databases;

namespace Workflow.Core.Relational.Tests;

/// <summary>The tables are made by the store, once.</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
internal sealed class SchemaTests(SqlDialect dialect)
{
    [Test]
    public async Task It_is_made_once_and_found_again()
    {
        await using var database = TestDatabase.Create(dialect);
        await database.NewStore().EnsureSchemaAsync();
        var store = database.NewStore();
        await store.EnsureSchemaAsync();

        var id = await store.ReserveAsync(default);
        await store.CommitAsync(Commits.Start(id), default);

        (await database.NewStore().LoadAsync(id, default))!.Version.ShouldBe(1);
    }

    [Test]
    public async Task Eight_hosts_may_start_at_once()
    {
        await using var database = TestDatabase.Create(dialect);

        var numbers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await database.NewStore().ReserveAsync(default))));

        numbers.ShouldBeUnique();
        Convert.ToInt64(await database.ScalarAsync($"SELECT count(*) FROM {Table(database, "schema_version")}"), CultureInfo.InvariantCulture).ShouldBe(1);
    }

    [Test]
    public async Task A_newer_one_is_refused()
    {
        await using var database = TestDatabase.Create(dialect);
        await database.NewStore().EnsureSchemaAsync();
        await database.ScalarAsync($"UPDATE {Table(database, "schema_version")} SET version = 99");

        var refusal = await Should.ThrowAsync<ProcessStoreException>(async () => await database.NewStore().ReserveAsync(default));

        refusal.Message.ShouldContain("have version 99");
        refusal.Message.ShouldContain("Update the package");
    }

    [Test]
    public async Task One_that_is_too_old_is_refused()
    {
        await using var database = TestDatabase.Create(dialect);
        await database.NewStore().EnsureSchemaAsync();
        await database.ScalarAsync($"UPDATE {Table(database, "schema_version")} SET version = 0");

        var refusal = await Should.ThrowAsync<ProcessStoreException>(async () => await database.NewStore().EnsureSchemaAsync());

        refusal.Message.ShouldContain("older version of the package");
    }

    [Test]
    public async Task Stores_with_other_prefixes_do_not_meet()
    {
        await using var database = TestDatabase.Create(dialect);
        var one = database.NewStore(database.Options with { TablePrefix = "one_" });
        var two = database.NewStore(database.Options with { TablePrefix = "" });

        var id = await one.ReserveAsync(default);
        await one.CommitAsync(Commits.Start(id), default);

        (await two.LoadAsync(id, default)).ShouldBeNull();
        (await two.ReserveAsync(default)).ShouldBe(id);
    }

    [Test]
    public async Task The_script_makes_what_the_store_finds()
    {
        await using var database = TestDatabase.Create(dialect);
        await database.ScalarAsync(RelationalProcessStore.SchemaScript(dialect, database.Options));
        var store = database.NewStore();

        var id = await store.ReserveAsync(default);
        await store.CommitAsync(Commits.Start(id), default);

        (await store.LoadAsync(id, default)).ShouldNotBeNull();
    }

    /// <summary>A database is upgraded only from what was written down, so a script that has been released does not change.</summary>
    [Test]
    public void The_script_of_this_version_is_the_approved_one()
    {
        var script = RelationalProcessStore.SchemaScript(dialect);
        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            File.WriteAllText(SchemaScripts.PathOf(3, dialect), script);
        }

        script.ShouldBe(SchemaScripts.Read(3, dialect));
        RelationalProcessStore.SchemaScript(dialect, from: 3).ShouldBeEmpty();
        Should.Throw<ArgumentOutOfRangeException>(() => RelationalProcessStore.SchemaScript(dialect, from: 4));
    }

    [Test]
    public async Task Tables_of_an_older_version_are_upgraded_with_what_is_in_them([Values(1, 2)] int version, [Values] bool byHand)
    {
        await using var database = TestDatabase.Create(dialect);
        var options = database.Options with { Schema = null, TablePrefix = database is PostgreSqlDatabase postgres ? postgres.Schema + "_" : "wf_" };
        await database.ScalarAsync(Named(SchemaScripts.Read(version, dialect), options));
        await database.ScalarAsync(Named(Instance(version), options));
        if (byHand)
        {
            await database.ScalarAsync(RelationalProcessStore.SchemaScript(dialect, options, version));
        }

        var store = database.NewStore(options);
        var id = await store.ReserveAsync(default);
        await store.CommitAsync(Commits.Start(id), default);

        id.Value.ShouldBe(8);
        (await store.FindProcessesAsync(new ProcessQuery { Definition = "Decision" }, default)).Select(record => record.Id.Value).ShouldBe([7, 8]);
        await CheckAsync(store, new ProcessInstanceId(7));
        Convert.ToInt64(await database.ScalarAsync($"SELECT version FROM {options.TablePrefix}schema_version"), CultureInfo.InvariantCulture).ShouldBe(3);
        await DropAsync(database, options);
    }

    [TestCase("Wf_")]
    [TestCase("wf; drop")]
    [TestCase("1wf")]
    [TestCase("a_prefix_that_is_longer_than_it_may_be_")]
    public async Task A_prefix_that_is_no_name_is_refused(string prefix)
    {
        await using var database = TestDatabase.Create(dialect);

        Should.Throw<ArgumentException>(() => database.NewStore(database.Options with { TablePrefix = prefix }));
    }

    /// <summary>What was stored is there in all its places, and can be committed on.</summary>
    private static async Task CheckAsync(RelationalProcessStore store, ProcessInstanceId id)
    {
        var stored = (await store.LoadAsync(id, default))!;
        stored.Parts.Select(part => (part.Key, part.Content.ToArray()[0])).ShouldBe([(PartKey.Header, (byte)1), (new PartKey(1, 2, 3), (byte)2)]);
        (await store.ReadJournalAsync(id, 0, 10, default)).Select(piece => (piece.FirstNumber, piece.Count, piece.Content.ToArray()[0])).ShouldBe([(1, 2, (byte)3), (3, 1, (byte)4)]);
        (await store.FindTasksAsync([Destination.User("ann")], new WorklistQuery(), default)).Select(task => task.Serial).ShouldContain(new SerialNumber(id, 1));
        (await store.FindTasksAsync(entries: null, new WorklistQuery(), default)).Select(task => task.Serial.ProcessInstance.Value).ShouldBe([7, 8]);

        await store.CommitAsync(Commits.Finish(id, version: 1) with { Journal = new StoredJournal(4, 1, new byte[] { 5 }) }, default);

        (await store.FindProcessesAsync(new ProcessQuery { Status = ProcessInstanceStatus.Completed }, default)).Select(record => record.Id.Value).ShouldBe([7]);
        (await store.ReadJournalAsync(id, 3, 10, default)).Select(piece => piece.FirstNumber).ShouldBe([4]);
        (await store.PurgeAsync(DateTimeOffset.MaxValue, definition: null, 10, default)).ShouldBe(1);
        (await store.ReadJournalAsync(id, 0, 10, default)).ShouldBeEmpty();
    }

    /// <summary>An instance as an older version stored it: two parts, two pieces of history, and a task for ann.</summary>
    private string Instance(int version)
    {
        var (indexed, isIndexed) = version == 1 || dialect is SqlDialect.PostgreSql ? ("", "") : (", is_indexed", ", 1");
        return $"""
            INSERT INTO wf_process (id, version, epoch, status, shown, has_pending, definition, definition_version, folio, originator, originator_key, started_at, ended_at,
                last_owner, leased_until, put_off_until, attempts, journal_count, last_commit, earlier_commits{indexed})
            VALUES (7, 1, 0, 2, 2, 0, 'Decision', 1, '', 'dora', 'DORA', 639000000000000000, -1, 'engine', 0, 0, 0, 3, 'mark', ''{isIndexed});
            INSERT INTO wf_part VALUES (7, 0, 0, 0, {Byte(1)}), (7, 1, 2, 3, {Byte(2)});
            INSERT INTO wf_journal VALUES (7, 1, 2, {Byte(3)}), (7, 3, 1, {Byte(4)});
            INSERT INTO wf_task VALUES (7, 1, 0, '', '', 0, 0, 1, 'Decide', 'Decide', 1, 639000000000000000),
                (7, 1, 1, 'ANN', 'ann', 1, 0, NULL, NULL, NULL, NULL, NULL);
            {(dialect is SqlDialect.Sqlite ? "UPDATE wf_process_number SET last = 7" : "SELECT setval('wf_process_number', 7)")}
            """;
    }

    private string Byte(int value) => dialect is SqlDialect.Sqlite ? $"x'0{value}'" : $"'\\x0{value}'";

    private static string Named(string script, RelationalStoreOptions options) => script.Replace("wf_", options.TablePrefix, StringComparison.Ordinal);

    /// <summary>What is not in the schema of the test is not removed with it.</summary>
    private static async Task DropAsync(TestDatabase database, RelationalStoreOptions options)
    {
        if (database is PostgreSqlDatabase)
        {
            await database.ScalarAsync($"""
                DO $$ DECLARE name text; BEGIN
                    FOR name IN SELECT tablename FROM pg_tables WHERE tablename LIKE '{options.TablePrefix}%' LOOP EXECUTE 'DROP TABLE ' || name; END LOOP;
                END $$;
                DROP SEQUENCE {options.TablePrefix}process_number; DROP FUNCTION {options.TablePrefix}now()
                """);
        }
    }

    private static string Table(TestDatabase database, string name) => (database is PostgreSqlDatabase postgres ? postgres.Schema + "." : "") + "wf_" + name;
}
