using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Tests;

/// <summary>The tables are made by the store, once.</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
[Parallelizable(ParallelScope.Self)]
[SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "Tests write their own statements.")]
internal sealed class SchemaTests(SqlDialect dialect)
{
    private const int Current = 9;

    [Test]
    public async Task It_is_made_once_and_found_again()
    {
        await using var database = TestDatabase.Create(dialect);
        await database.NewStore().EnsureSchemaAsync();
        var store = database.NewStore();
        await store.EnsureSchemaAsync();

        var id = await store.ReserveAsync(default);
        await store.CommitAsync(TestCommits.Start(id), default);

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
        await one.CommitAsync(TestCommits.Start(id), default);

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
        await store.CommitAsync(TestCommits.Start(id), default);

        (await store.LoadAsync(id, default)).ShouldNotBeNull();
    }

    /// <summary>A database is upgraded only from what was written down, so a script that has been released does not change.</summary>
    [Test]
    public void The_script_of_this_version_is_the_approved_one()
    {
        var script = RelationalProcessStore.SchemaScript(dialect);
        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            File.WriteAllText(SchemaScripts.PathOf(Current, dialect), script);
        }

        script.ShouldBe(SchemaScripts.Read(Current, dialect));
        RelationalProcessStore.SchemaScript(dialect, from: Current).ShouldBeEmpty();
        Should.Throw<ArgumentOutOfRangeException>(() => RelationalProcessStore.SchemaScript(dialect, from: Current + 1));
    }

    [Test]
    public async Task Tables_of_an_older_version_are_upgraded_with_what_is_in_them([Values(1, 2, 3, 4, 5, 6, 7, 8)] int version, [Values] bool byHand)
    {
        await using var database = TestDatabase.Create(dialect);
        var options = OldTables.Options(database);
        await database.ScalarAsync(OldTables.Named(SchemaScripts.Read(version, dialect), options));
        await database.ScalarAsync(OldTables.Named(OldTables.Instance(version, dialect), options));
        if (byHand)
        {
            await database.ScalarAsync(RelationalProcessStore.SchemaScript(dialect, options, version));
        }

        var store = database.NewStore(options);
        var id = await store.ReserveAsync(default);
        await store.CommitAsync(TestCommits.Start(id), default);

        id.Value.ShouldBe(8);
        (await store.FindProcessesAsync(new ProcessQuery { Definition = "Decision" }, default)).Select(record => record.Id.Value).ShouldBe([7, 8]);
        await CheckAsync(store, new ProcessInstanceId(7));
        await CheckDefinitionsAsync(store);
        Convert.ToInt64(await database.ScalarAsync($"SELECT version FROM {options.TablePrefix}schema_version"), CultureInfo.InvariantCulture).ShouldBe(Current);
        await OldTables.DropAsync(database, options);
    }

    /// <summary>An engine of the version before stays at work while hosts are updated one by one. Its statements name no column that is new.</summary>
    [Test]
    public async Task An_instance_that_an_engine_of_the_version_before_stores_after_the_upgrade_has_no_parent()
    {
        await using var database = TestDatabase.Create(dialect);
        var options = OldTables.Options(database);
        await database.ScalarAsync(OldTables.Named(SchemaScripts.Read(Current - 1, dialect), options));
        var store = database.NewStore(options);
        await store.EnsureSchemaAsync();

        await database.ScalarAsync(OldTables.Named(OldTables.Instance(Current - 1, dialect), options));

        (await store.FindProcessesAsync(new ProcessQuery { Definition = "Decision" }, default)).ShouldHaveSingleItem().Parent.ShouldBeNull();
        await CheckOfOlderAsync(store, new ProcessInstanceId(7));
        await OldTables.DropAsync(database, options);
    }

    /// <summary>Versions before 4 stored <c>SAM</c> for a user whose name begins with a long s, as for sam.</summary>
    [Test]
    public async Task Keys_of_names_of_an_older_version_are_renewed([Values(1, 2, 3)] int version, [Values] bool byHand)
    {
        await using var database = TestDatabase.Create(dialect);
        var options = OldTables.Options(database);
        await database.ScalarAsync(OldTables.Named(SchemaScripts.Read(version, dialect), options));
        await database.ScalarAsync(OldTables.Named(OldTables.Instance(version, dialect), options));
        await database.ScalarAsync(OldTables.Named(OldTables.LongS, options));
        if (byHand)
        {
            await database.ScalarAsync(RelationalProcessStore.SchemaScript(dialect, options, version));
        }

        var store = database.NewStore(options);

        (await store.FindTasksAsync([Destination.User("sam")], new WorklistQuery(), default)).ShouldBeEmpty();
        (await store.FindTasksAsync([Destination.User("\u017FAM")], new WorklistQuery(), default)).Count.ShouldBe(1);
        (await store.FindTasksAsync([Destination.User("ann")], new WorklistQuery(), default)).Count.ShouldBe(1);
        (await store.FindProcessesAsync(new ProcessQuery { Originator = "sam" }, default)).ShouldBeEmpty();
        (await store.FindProcessesAsync(new ProcessQuery { Originator = "\u017Fam" }, default)).Count.ShouldBe(1);
        (await store.FindAbsenceAsync("sam", default)).ShouldBeNull();
        (await store.FindAbsenceAsync("\u017Fam", default)).ShouldNotBeNull().ForwardTo.ShouldBe(["bob"]);
        (await store.FindAbsencesSharedWithAsync("BOB", default)).Count.ShouldBe(1);
        await OldTables.DropAsync(database, options);
    }

    /// <summary>An absence that cannot be read keeps no host from the upgrade (statement 14.7b).</summary>
    [Test]
    public async Task A_damaged_absence_is_left_as_it_is_by_the_upgrade(
        [Values("{\"User\":7", "null", "{}", "{\"User\":null,\"ForwardTo\":null}")] string content)
    {
        await using var database = TestDatabase.Create(dialect);
        var options = OldTables.Options(database);
        await database.ScalarAsync(OldTables.Named(SchemaScripts.Read(3, dialect), options));
        await database.ScalarAsync(OldTables.Named(OldTables.Instance(3, dialect), options));
        await database.ScalarAsync(OldTables.Named(OldTables.LongS, options));
        await database.ScalarAsync(OldTables.Named($"INSERT INTO wf_absence (user_key, content) VALUES ('ANN', '{content}')", options));

        var store = database.NewStore(options);

        (await store.FindAbsenceAsync("ann", default)).ShouldNotBeNull().Problem.ShouldNotBeNull();
        (await store.FindAbsenceAsync("\u017Fam", default)).ShouldNotBeNull().ForwardTo.ShouldBe(["bob"]);
        (await database.ScalarAsync(OldTables.Named("SELECT content FROM wf_absence WHERE user_key = 'ANN'", options))).ShouldBe(content);
        await OldTables.DropAsync(database, options);
    }

    /// <summary>An engine of an older version may work while a newer one upgrades its tables. Everything that it commits until then is there
    /// afterwards.</summary>
    [Test]
    [CancelAfter(60_000)]
    public async Task Commits_of_an_older_host_during_the_upgrade_are_not_lost()
    {
        await using var database = TestDatabase.Create(dialect);
        var options = OldTables.Options(database);
        await database.ScalarAsync(OldTables.Named(SchemaScripts.Read(2, dialect), options));
        await database.ScalarAsync(OldTables.Named(OldTables.Instance(2, dialect), options));
        var store = database.NewStore(options);
        Task upgrade;
        await using (var connection = await database.Source.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = OldTables.Named(OldTables.Step(dialect), options);
            await command.ExecuteNonQueryAsync();
            upgrade = Task.Run(async () => await store.EnsureSchemaAsync());
            await UntilWaitingAsync(database, options);
            await transaction.CommitAsync();
        }

        await upgrade;

        var stored = (await store.LoadAsync(new ProcessInstanceId(7), default))!;
        stored.Version.ShouldBe(2);
        stored.Parts[0].Content.ToArray().ShouldBe([9]);
        (await store.ReadJournalAsync(new ProcessInstanceId(7), 0, 10, default)).Select(piece => piece.FirstNumber).ShouldBe([1, 3, 4]);
        await OldTables.DropAsync(database, options);
    }

    [Test]
    public async Task Upgraded_tables_have_the_columns_and_indexes_of_new_ones([Values(1, 2, 3, 4, 5, 6, 7)] int version)
    {
        await using var old = TestDatabase.Create(dialect);
        var options = OldTables.Options(old);
        await old.ScalarAsync(OldTables.Named(SchemaScripts.Read(version, dialect), options));
        await old.NewStore(options).EnsureSchemaAsync();
        await using var fresh = TestDatabase.Create(dialect);
        await fresh.NewStore(OldTables.Options(fresh)).EnsureSchemaAsync();

        var upgraded = await DescribeAsync(old, options.TablePrefix);
        var made = await DescribeAsync(fresh, OldTables.Options(fresh).TablePrefix);

        made.ShouldContain("task_all_open");
        made.ShouldContain("default_version.name");
        upgraded.ShouldBe(made);
        await OldTables.DropAsync(old, options);
        await OldTables.DropAsync(fresh, OldTables.Options(fresh));
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

    /// <summary>Everything stored is there in all its places, and can be committed on.</summary>
    private static async Task CheckAsync(RelationalProcessStore store, ProcessInstanceId id)
    {
        var stored = (await store.LoadAsync(id, default))!;
        stored.Parts.Select(part => (part.Key, part.Content.ToArray()[0]))
            .ShouldBe([(PartKey.Header, (byte)1), (new PartKey(1, 2, DetailKind.Slot, 2), (byte)2)]);
        (await store.ReadJournalAsync(id, 0, 10, default)).Select(piece => (piece.FirstNumber, piece.Count, piece.Content.ToArray()[0])).ShouldBe(
            [(1, 2, (byte)3), (3, 1, (byte)4)]);
        (await store.FindTasksAsync([Destination.User("ann")], new WorklistQuery(), default))
            .Select(task => task.Serial).ShouldContain(new SerialNumber(id, 1));
        (await store.FindTasksAsync(entries: null, new WorklistQuery(), default)).Select(task => task.Serial.ProcessInstance.Value).ShouldBe([7, 8]);
        var dueAt = new DateTimeOffset(639000000000000001, TimeSpan.Zero);
        (await store.FindTimersAsync(new TimerQuery(), default)).ShouldBe([new ProcessTimer(id, 5, ProcessTimerKind.Sleep, 1, 1, dueAt)]);

        await store.CommitAsync(TestCommits.Finish(id, version: 1) with { Journal = new StoredJournal(4, 1, new byte[] { 5 }) }, default);

        (await store.FindProcessesAsync(new ProcessQuery { Status = ProcessInstanceStatus.Completed }, default))
            .Select(record => record.Id.Value).ShouldBe([7]);
        (await store.ReadJournalAsync(id, 3, 10, default)).Select(piece => piece.FirstNumber).ShouldBe([4]);
        (await store.PurgeAsync(DateTimeOffset.MaxValue, definition: null, 10, default)).ShouldBe(1);
        (await store.ReadJournalAsync(id, 0, 10, default)).ShouldBeEmpty();
    }

    /// <summary>A newer engine goes on with it, and starts a sub-process of it.</summary>
    private static async Task CheckOfOlderAsync(RelationalProcessStore store, ProcessInstanceId id)
    {
        await store.CommitAsync(TestCommits.Step(id, 1), default);
        var child = await store.ReserveAsync(default);
        var start = TestCommits.Start(child);
        await store.CommitAsync(start with { Record = start.Record! with { Parent = id } }, default);

        (await store.FindProcessesAsync(new ProcessQuery { Parent = id }, default)).ShouldHaveSingleItem().Id.ShouldBe(child);
    }

    /// <summary>Of what was deployed before nothing is known, and its next deployment is kept.</summary>
    private static async Task CheckDefinitionsAsync(RelationalProcessStore store)
    {
        (await store.FindDefinitionsAsync("Decision", default)).ShouldBeEmpty();
        (await store.FindDefaultVersionsAsync(default)).ShouldBeEmpty();
        var definition = new StoredDefinition(new DefinitionVersion("Decision", 1), "1:00", "process \"Decision\"\n");

        (await store.KeepDefinitionAsync(definition, becomesDefault: true, default)).ShouldBe(definition);
        (await store.FindDefaultVersionsAsync(default)).ShouldBe([definition.Version]);
    }

    /// <summary>Until somebody waits for one of the tables. That SQLite's writer waits cannot be seen; it cannot do anything else.</summary>
    private static async Task UntilWaitingAsync(TestDatabase database, RelationalStoreOptions options)
    {
        var waiting = $"SELECT count(*) FROM pg_locks JOIN pg_class ON oid = relation WHERE NOT granted AND relname LIKE '{options.TablePrefix}%'";
        while (database is PostgreSqlDatabase && await database.ScalarAsync(waiting) is not > 0L)
        {
            await Task.Yield();
        }
    }

    /// <summary>The tables with their columns by name, and the indexes as they were made.</summary>
    private async Task<string> DescribeAsync(TestDatabase database, string prefix)
    {
        var text = dialect is SqlDialect.Sqlite
            ? """
                SELECT group_concat(line, char(10)) FROM (
                    SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk AS line
                    FROM sqlite_master m JOIN pragma_table_info(m.name) c
                    WHERE m.type = 'table' UNION SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1)
                """
            : $"""
                SELECT string_agg(line, chr(10) ORDER BY line) FROM (
                    SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(collation_name, '') AS line
                    FROM information_schema.columns WHERE table_name LIKE '{prefix}%'
                    UNION SELECT indexdef FROM pg_indexes WHERE tablename LIKE '{prefix}%') AS lines
                """;
        return ((string)(await database.ScalarAsync(text))!).Replace(prefix, "", StringComparison.Ordinal);
    }

    private static string Table(TestDatabase database, string name) => (database is PostgreSqlDatabase postgres ? postgres.Schema + "." : "") + "wf_" + name;
}
