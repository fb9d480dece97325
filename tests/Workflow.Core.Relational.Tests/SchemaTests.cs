using System.Globalization;
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

    [TestCase("Wf_")]
    [TestCase("wf; drop")]
    [TestCase("1wf")]
    [TestCase("a_prefix_that_is_longer_than_it_may_be_")]
    public async Task A_prefix_that_is_no_name_is_refused(string prefix)
    {
        await using var database = TestDatabase.Create(dialect);

        Should.Throw<ArgumentException>(() => database.NewStore(database.Options with { TablePrefix = prefix }));
    }

    private static string Table(TestDatabase database, string name) => (database is PostgreSqlDatabase postgres ? postgres.Schema + "." : "") + "wf_" + name;
}
