using Workflow.Core.CrashChild.Watching;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Relational.Tests;

/// <summary>A store need not ask for what it has left in a row itself, and is not mistaken when somebody else has written it since.</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
[Parallelizable(ParallelScope.Self)]
internal sealed class KnownRowsTests(SqlDialect dialect)
{
    private static readonly IndexedField _amount = new("Amount", "1");

    /// <summary>The statement that a store sends in vain when it goes on with an instance that somebody else has left.</summary>
    private string Superfluous => dialect is SqlDialect.Sqlite ? "SELECT version, shown" : "DELETE FROM";

    [Test]
    public async Task The_store_neither_asks_for_nor_removes_rows_that_it_left_itself()
    {
        await using var database = TestDatabase.Create(dialect);
        var log = new StatementLog();
        await using var source = new WatchedDataSource(database.Source, log);
        await using var one = RelationalProcessStore.Create(source, dialect, database.Options);
        var (mine, others) = (await StartAsync(one), await StartAsync(database.NewStore()));

        await one.CommitAsync(Step(mine, 1) with { LastCommit = (await one.LoadAsync(mine, default))!.LastCommit }, default);
        log.Statements.Keys.Where(text => text.StartsWith(Superfluous, StringComparison.Ordinal)).ShouldBeEmpty();

        await one.CommitAsync(Step(others, 1), default);
        log.Statements.Keys.Where(text => text.StartsWith(Superfluous, StringComparison.Ordinal)).ShouldHaveSingleItem();
    }

    [Test]
    public async Task The_store_does_not_trust_its_memory_when_the_row_carries_another_commit_under_the_same_version()
    {
        await using var database = TestDatabase.Create(dialect);
        var (one, other) = (database.NewStore(), database.NewStore());
        var id = await one.ReserveAsync(default);
        await one.CommitAsync(TestCommits.Start(id) with { Id = "one" }, default);
        await database.ScalarAsync($"DELETE FROM {database.Table("process")}");
        await database.ScalarAsync($"DELETE FROM {database.Table("content")}");
        var record = TestCommits.Record(id, ProcessInstanceStatus.Active) with { Folio = "other", Fields = [_amount] };
        await other.CommitAsync(TestCommits.Start(id) with { Id = "other", Worklist = [], Record = record }, default);

        await Should.ThrowAsync<ConcurrencyException>(async () => await one.CommitAsync(Step(id, 1) with { LastCommit = "one" }, default));
        (await FindAsync(one, new ProcessQuery { Folio = "other", Fields = [_amount] })).ShouldBe([id]);
        await one.CommitAsync(Step(id, 1) with { LastCommit = "other" }, default);

        (await FindAsync(one, new ProcessQuery { Fields = [_amount] })).ShouldBeEmpty();
        (await FindAsync(one, new ProcessQuery { Folio = "other" })).ShouldBeEmpty();
    }

    [Test]
    public async Task Fields_that_another_store_has_set_are_removed()
    {
        await using var database = TestDatabase.Create(dialect);
        var (one, other) = (database.NewStore(), database.NewStore());
        var id = await StartAsync(one);
        await other.CommitAsync(Step(id, 1, fields: [_amount]), default);
        (await FindAsync(one, new ProcessQuery { Fields = [_amount] })).ShouldBe([id]);

        await one.CommitAsync(Step(id, 2), default);

        (await FindAsync(one, new ProcessQuery { Fields = [_amount] })).ShouldBeEmpty();
        (await FindAsync(other, new ProcessQuery { Definition = "Decision" })).ShouldBe([id]);
    }

    [Test]
    public async Task A_folio_that_another_store_has_set_is_set_back()
    {
        await using var database = TestDatabase.Create(dialect);
        var (one, other) = (database.NewStore(), database.NewStore());
        var id = await StartAsync(one);
        await other.CommitAsync(Step(id, 1, folio: "other"), default);
        (await FindAsync(one, new ProcessQuery { Folio = "other" })).ShouldBe([id]);

        await one.CommitAsync(Step(id, 2), default);

        (await FindAsync(other, new ProcessQuery { Folio = "other" })).ShouldBeEmpty();
    }

    [Test]
    public async Task Changes_within_one_store_are_seen_at_each_step()
    {
        await using var database = TestDatabase.Create(dialect);
        var store = database.NewStore();
        var id = await StartAsync(store);

        await store.CommitAsync(TestCommits.Step(id, 1) with { HasPendingCall = true }, default);
        (await FindAsync(store, new ProcessQuery { Status = ProcessInstanceStatus.Running })).ShouldBe([id]);
        await store.CommitAsync(TestCommits.Step(id, 2), default);
        (await FindAsync(store, new ProcessQuery { Status = ProcessInstanceStatus.Running })).ShouldBeEmpty();
        (await FindAsync(store, new ProcessQuery { Status = ProcessInstanceStatus.Active })).ShouldBe([id]);
        await store.CommitAsync(Step(id, 3, folio: "folio", fields: [_amount]), default);
        (await FindAsync(store, new ProcessQuery { Folio = "folio", Fields = [_amount] })).ShouldBe([id]);
        await store.CommitAsync(TestCommits.Step(id, 4), default);
        (await FindAsync(store, new ProcessQuery { Folio = "folio", Fields = [_amount] })).ShouldBe([id]);
        await store.CommitAsync(Step(id, 5), default);
        (await FindAsync(store, new ProcessQuery { Fields = [_amount] })).ShouldBeEmpty();
        (await FindAsync(store, new ProcessQuery { Folio = "folio" })).ShouldBeEmpty();
        await store.CommitAsync(TestCommits.Finish(id, 6), default);
        (await FindAsync(store, new ProcessQuery { Status = ProcessInstanceStatus.Completed })).ShouldBe([id]);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Rows_of_a_hosts_transaction_count_when_it_is_committed(bool isCommitted)
    {
        await using var database = TestDatabase.Create(dialect);
        var store = database.NewStore();
        var id = await StartAsync(store);
        await using var connection = await database.Source.OpenConnectionAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await store.Within(transaction).CommitAsync(Step(id, 1, folio: "host", fields: [_amount]), default);
            if (isCommitted)
            {
                await transaction.CommitAsync();
            }
        }

        (await FindAsync(store, new ProcessQuery { Folio = "host", Fields = [_amount] })).Count.ShouldBe(isCommitted ? 1 : 0);
        await store.CommitAsync(Step(id, isCommitted ? 2 : 1), default);

        (await FindAsync(store, new ProcessQuery { Fields = [_amount] })).ShouldBeEmpty();
        (await FindAsync(store, new ProcessQuery { Folio = "host" })).ShouldBeEmpty();
    }

    [Test]
    public async Task A_commit_that_does_not_fit_teaches_nothing()
    {
        await using var database = TestDatabase.Create(dialect);
        var store = database.NewStore();
        var id = await StartAsync(store);
        await store.CommitAsync(Step(id, 1, fields: [_amount]), default);

        (await Should.ThrowAsync<ConcurrencyException>(async () => await store.CommitAsync(Step(id, 1), default))).Actual.ShouldBe(2);
        await store.CommitAsync(Step(id, 2), default);

        (await FindAsync(store, new ProcessQuery { Fields = [_amount] })).ShouldBeEmpty();
    }

    [Test]
    public async Task Thousands_of_instances_are_gone_on_with_in_any_order()
    {
        await using var database = TestDatabase.Create(dialect);
        var store = database.NewStore();
        var ids = new List<ProcessInstanceId>();
        for (var round = 0; round < 50; round++)
        {
            ids.AddRange(await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => StartAsync(store))));
        }

        foreach (var id in ids.Where((_, index) => index % 50 == 0).Reverse())
        {
            await store.CommitAsync(Step(id, 1, folio: "again", fields: [_amount]), default);
            await store.CommitAsync(Step(id, 2, folio: "again"), default);
        }

        (await FindAsync(store, new ProcessQuery { Folio = "again", Limit = 1_000 })).Count.ShouldBe(50);
        (await FindAsync(store, new ProcessQuery { Fields = [_amount] })).ShouldBeEmpty();
    }

    private static async Task<ProcessInstanceId> StartAsync(RelationalProcessStore store)
    {
        var id = await store.ReserveAsync(default);
        await store.CommitAsync(TestCommits.Start(id), default);
        return id;
    }

    private static Commit Step(ProcessInstanceId id, long version, string folio = "", params IndexedField[] fields) =>
        TestCommits.Step(id, version) with { Record = TestCommits.Record(id, ProcessInstanceStatus.Active) with { Folio = folio, Fields = fields } };

    private static async Task<List<ProcessInstanceId>> FindAsync(RelationalProcessStore store, ProcessQuery query) =>
        [.. (await store.FindProcessesAsync(query, default)).Select(record => record.Id)];
}
