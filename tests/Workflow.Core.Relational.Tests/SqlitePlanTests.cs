using Workflow.Core.CrashChild.Watching;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Tests.Databases;

namespace Workflow.Core.Relational.Tests;

/// <summary>SQLite does not know how many instances have which status, and must not think that few have: a status stands in the way of no better index.</summary>
[TestFixture]
internal sealed class SqlitePlanTests
{
    [Test]
    public async Task A_purge_goes_by_the_definition_and_the_time_of_the_end() =>
        await ShouldUseAsync("wf_process_ended_of (definition=? AND ended_at<?)", store => store.PurgeAsync(DateTimeOffset.MaxValue, "Decision", 10, default));

    [Test]
    public async Task A_page_of_several_definitions_goes_by_each([Values(null, ProcessInstanceStatus.Active, ProcessInstanceStatus.Completed)] ProcessInstanceStatus? status) =>
        await ShouldUseAsync(
            "wf_process_definition (definition=?", store => store.FindProcessesAsync(new ProcessQuery { Status = status, Definitions = ["Decision", "Other"] }, default));

    [Test]
    public async Task The_originator_counts_for_more([Values(ProcessInstanceStatus.Active, ProcessInstanceStatus.Completed)] ProcessInstanceStatus status) =>
        await ShouldUseAsync("wf_process_originator (originator_key=?", store => store.FindProcessesAsync(new ProcessQuery { Status = status, Originator = "dora" }, default));

    [Test]
    public async Task The_folio_counts_for_more([Values(ProcessInstanceStatus.Active, ProcessInstanceStatus.Completed)] ProcessInstanceStatus status) =>
        await ShouldUseAsync("wf_process_folio (folio=?", store => store.FindProcessesAsync(new ProcessQuery { Status = status, Folio = "folio" }, default));

    [Test]
    public async Task The_definition_counts_for_more([Values(ProcessInstanceStatus.Active, ProcessInstanceStatus.Completed)] ProcessInstanceStatus status) =>
        await ShouldUseAsync("wf_process_definition (definition=?", store => store.FindProcessesAsync(new ProcessQuery { Status = status, Definition = "Decision" }, default));

    [Test]
    public async Task A_rare_status_counts_for_more_than_the_definition() =>
        await ShouldUseAsync(
            "wf_process_rare (shown=?", store => store.FindProcessesAsync(new ProcessQuery { Status = ProcessInstanceStatus.Error, Definition = "Decision" }, default));

    [Test]
    public async Task The_tasks_of_the_newest_instances_are_looked_up_one_for_each() =>
        await ShouldUseAsync(
            "h USING PRIMARY KEY (process=? AND destination=? AND kind=?)", store => store.FindTasksAsync(entries: null, new WorklistQuery { Order = WorklistOrder.Newest }, default));

    private static async Task ShouldUseAsync<T>(string index, Func<RelationalProcessStore, ValueTask<T>> ask)
    {
        await using var database = new SqliteDatabase();
        var log = new StatementLog();
        await using var source = new WatchedDataSource(database.Source, log);
        await using var store = RelationalProcessStore.Create(source, SqlDialect.Sqlite, database.Options);
        await store.EnsureSchemaAsync();
        log.Statements.Clear();

        await ask(store);

        var (text, values) = log.Statements.Single(statement => statement.Key.Contains("UNION ALL", StringComparison.Ordinal));
        await using var connection = await database.Source.OpenConnectionAsync();
        var plan = await QueryPlan.OfAsync(connection, SqlDialect.Sqlite, text, values);
        plan.ShouldContain(line => line.Contains(index, StringComparison.Ordinal), string.Join('\n', plan));
    }
}
