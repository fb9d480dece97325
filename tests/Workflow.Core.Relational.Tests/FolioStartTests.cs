using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Tests;

/// <summary>Instances are found by the beginning of their folio, whether few or many begin so: on SQLite these are two ways.</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
[Parallelizable(ParallelScope.Self)]
internal sealed class FolioStartTests(SqlDialect dialect)
{
    private const int Instances = 10_300;

    [Test]
    public async Task Few_and_many_are_found_in_both_orders_and_by_other_conditions_too()
    {
        await using var database = TestDatabase.Create(dialect);
        await database.NewStore().EnsureSchemaAsync();
        await FillAsync(database);
        var store = database.NewStore();

        (await FindAsync(new() { FolioStart = "claim", NewestFirst = true, Limit = 3 })).ShouldBe([10_300, 10_299, 10_298]);
        (await FindAsync(new() { FolioStart = "claim", Limit = 2, After = new ProcessInstanceId(7) })).ShouldBe([8, 9]);
        (await FindAsync(new() { FolioStart = "claim", Definitions = ["Odd", "Never"], NewestFirst = true, Limit = 2 })).ShouldBe([10_299, 10_297]);
        (await FindAsync(new() { FolioStart = "claim", Definitions = ["Odd", "Even"], Limit = 2 })).ShouldBe([1, 2]);
        (await FindAsync(new() { FolioStart = "claim 1029", NewestFirst = true, Limit = 3 })).ShouldBe([10_299, 10_298, 10_297]);
        (await FindAsync(new() { FolioStart = "claim 1029", Definitions = ["Odd", "Even"], Limit = 20 })).ShouldBe([1_029, .. Enumerable.Range(10_290, 10)]);
        (await FindAsync(new() { FolioStart = "claim 1029", Definition = "Even", Limit = 20 })).ShouldBe([10_290, 10_292, 10_294, 10_296, 10_298]);
        (await FindAsync(new() { FolioStart = "Claim" })).ShouldBeEmpty();
        (await store.CountProcessesAsync(new() { FolioStart = "claim" }, 20_000, default)).ShouldBe(Instances);
        (await store.CountProcessesAsync(new() { FolioStart = "claim 1029" }, 20_000, default)).ShouldBe(11);
        (await store.CountProcessesAsync(new() { FolioStart = "claim" }, 50, default)).ShouldBe(50);

        async Task<IEnumerable<int>> FindAsync(ProcessQuery query) =>
            (await store.FindProcessesAsync(query, default)).Select(record => (int)record.Id.Value);
    }

    /// <summary>As many rows as make many; the last hundred are among the newest on SQLite.</summary>
    private async Task FillAsync(TestDatabase database)
    {
        var prefix = database.Options.TablePrefix;
        var table = database.Options.Schema is { } schema ? $"{schema}.{prefix}process" : $"{prefix}process";
        var (column, value) = dialect is SqlDialect.Sqlite ? (", is_indexed", $", CASE WHEN n <= {Instances - 100} THEN 1 ELSE 0 END") : ("", "");
        await database.ScalarAsync($"""
            WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {Instances.Invariant()})
            INSERT INTO {table} (id, version, epoch, status, shown, has_pending, definition, definition_version, folio, originator, originator_key,
                started_at, ended_at, last_owner, leased_until, put_off_until, attempts, journal_count, last_commit, earlier_commits{column})
            SELECT n, 1, 0, 2, 2, 0, CASE WHEN n % 2 = 0 THEN 'Even' ELSE 'Odd' END, 1, 'claim ' || n, 'dora', 'DORA',
                639000000000000000, -1, 'engine', 0, 0, 0, 0, 'mark', ''{value} FROM numbers
            """);
        if (dialect is SqlDialect.Sqlite)
        {
            await database.ScalarAsync($"UPDATE {table}_number SET last = {Instances.Invariant()}, indexed_until = {(Instances - 100).Invariant()}");
        }
    }
}
