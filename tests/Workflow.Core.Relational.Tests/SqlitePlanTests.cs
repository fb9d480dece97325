using Workflow.Core.CrashChild.Watching;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Tests;

/// <summary>SQLite does not know how many instances have which status, and must not think that few have. A status does not stop it from using a better
/// index.</summary>
[TestFixture]
internal sealed class SqlitePlanTests
{
    [Test]
    public async Task A_purge_goes_by_the_definition_and_the_time_of_the_end() =>
        await ShouldUseAsync("wf_process_ended_of (definition=? AND ended_at<?)", store => store.PurgeAsync(DateTimeOffset.MaxValue, "Decision", 10, default));

    [Test]
    public async Task A_page_of_several_definitions_goes_by_each(
        [Values(null, ProcessInstanceStatus.Active, ProcessInstanceStatus.Completed)] ProcessInstanceStatus? status) =>
        await ShouldUseAsync(
            "wf_process_definition (definition=?",
            store => store.FindProcessesAsync(new ProcessQuery { Status = status, Definitions = ["Decision", "Other"] }, default));

    [Test]
    public async Task The_originator_counts_for_more([Values(ProcessInstanceStatus.Active, ProcessInstanceStatus.Completed)] ProcessInstanceStatus status) =>
        await ShouldUseAsync(
            "wf_process_originator (originator_key=?", store => store.FindProcessesAsync(new ProcessQuery { Status = status, Originator = "dora" }, default));

    [Test]
    public async Task The_folio_counts_for_more([Values(ProcessInstanceStatus.Active, ProcessInstanceStatus.Completed)] ProcessInstanceStatus status) =>
        await ShouldUseAsync("wf_process_folio (folio=?", store => store.FindProcessesAsync(new ProcessQuery { Status = status, Folio = "folio" }, default));

    [Test]
    public async Task The_definition_counts_for_more([Values(ProcessInstanceStatus.Active, ProcessInstanceStatus.Completed)] ProcessInstanceStatus status) =>
        await ShouldUseAsync(
            "wf_process_definition (definition=?", store => store.FindProcessesAsync(new ProcessQuery { Status = status, Definition = "Decision" }, default));

    [Test]
    public async Task A_rare_status_counts_for_more_than_the_definition() =>
        await ShouldUseAsync(
            "wf_process_rare (shown=?",
            store => store.FindProcessesAsync(new ProcessQuery { Status = ProcessInstanceStatus.Error, Definition = "Decision" }, default));

    /// <summary>The index has the newest instances too, so one search is enough.</summary>
    [Test]
    public async Task The_parent_counts_for_more_and_needs_one_search(
        [Values] bool isOfDefinition, [Values(null, ProcessInstanceStatus.Active)] ProcessInstanceStatus? status)
    {
        var query = new ProcessQuery
        {
            Parent = new ProcessInstanceId(7),
            Definition = isOfDefinition ? "Decision" : null,
            Originator = isOfDefinition ? "dora" : null,
            Status = status,
            After = new ProcessInstanceId(9),
        };

        var (plan, shown) = await PlanAsync(store => store.FindProcessesAsync(query, default), "p.parent = ");

        plan.Where(line => line.StartsWith("SEARCH", StringComparison.Ordinal)).ShouldHaveSingleItem(shown)
            .ShouldContain("wf_process_parent (parent=? AND id>?)");
    }

    [Test]
    public async Task The_tasks_of_the_newest_instances_are_looked_up_one_for_each() =>
        await ShouldUseAsync(
            "h USING PRIMARY KEY (process=? AND destination=? AND kind=?)",
            store => store.FindTasksAsync(entries: null, new WorklistQuery { Order = WorklistOrder.Newest }, default));

    /// <summary>To prepare a statement takes longer than to run it: one search for all names, and not one for each.</summary>
    [Test]
    public async Task The_tasks_of_one_instance_are_one_search_however_few_the_names_are()
    {
        Destination[] names = [Destination.User("ann"), Destination.Role("clerks"), Destination.Role("all")];
        var query = new WorklistQuery { ProcessInstance = new ProcessInstanceId(7) };

        var (plan, shown) = await PlanAsync(store => store.FindTasksAsync(names, query, default), "wf_task e");

        plan.Count(line => line.StartsWith("SEARCH", StringComparison.Ordinal)).ShouldBe(3, shown);
        plan.ShouldContain(line => line.Contains("wf_task_open (kind=? AND name_key=? AND process=?)", StringComparison.Ordinal), shown);
    }

    /// <summary>A user may belong to thousands of roles, each of which is asked for its first task.</summary>
    [Test]
    public async Task A_search_by_many_names_reads_the_instance_for_the_tasks_on_the_page_only()
    {
        var roles = Enumerable.Range(1, 40).Select(number => Destination.Role($"Role {number}")).ToList();
        async Task<int> InstancesAsync(WorklistQuery query)
        {
            var (plan, _) = await PlanAsync(store => store.FindTasksAsync(roles, query, default), "near_firsts");
            return plan.Count(line => line.Contains("wf_process AS p ", StringComparison.Ordinal));
        }

        (await InstancesAsync(new WorklistQuery())).ShouldBe(1);
        (await InstancesAsync(new WorklistQuery { Folio = "folio" })).ShouldBeGreaterThan(1);
    }

    private static async Task ShouldUseAsync<T>(string index, Func<RelationalProcessStore, ValueTask<T>> ask)
    {
        var (plan, shown) = await PlanAsync(ask, "UNION ALL");
        plan.ShouldContain(line => line.Contains(index, StringComparison.Ordinal), shown);
    }

    private static async Task<(List<string> Plan, string Shown)> PlanAsync<T>(Func<RelationalProcessStore, ValueTask<T>> ask, string part)
    {
        await using var database = new SqliteDatabase();
        var log = new StatementLog();
        await using var source = new WatchedDataSource(database.Source, log);
        await using var store = RelationalProcessStore.Create(source, SqlDialect.Sqlite, database.Options);
        await store.EnsureSchemaAsync();
        log.Statements.Clear();

        await ask(store);

        var (text, values) = log.Statements.Single(statement => statement.Key.Contains(part, StringComparison.Ordinal));
        await using var connection = await database.Source.OpenConnectionAsync();
        var plan = await QueryPlan.OfAsync(connection, SqlDialect.Sqlite, text, values);
        return (plan, string.Join('\n', plan));
    }
}
