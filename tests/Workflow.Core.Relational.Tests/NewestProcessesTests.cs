using System.Globalization;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Testing;

namespace Workflow.Core.Relational.Tests;

/// <summary>On SQLite the newest instances enter the indexes of questions later, and many at a time; questions find them before and after.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class NewestProcessesTests
{
    [Test]
    public async Task All_but_the_newest_few_hundred_are_in_the_indexes()
    {
        await using var database = new SqliteDatabase();
        var store = database.NewStore();
        await StartAsync(store, 1_000);

        var newest = await CountAsync(database, "SELECT count(*) FROM wf_process WHERE is_indexed = 0");
        var until = await CountAsync(database, "SELECT indexed_until FROM wf_process_number");

        newest.ShouldBeInRange(128, 384);
        until.ShouldBe(1_000 - newest);
        (await CountAsync(database, $"SELECT count(*) FROM wf_process WHERE is_indexed = 0 AND id <= {until}")).ShouldBe(0);
    }

    [Test]
    public async Task Questions_find_them_on_either_side_of_the_border_and_across_it()
    {
        await using var database = new SqliteDatabase();
        var store = database.NewStore();
        await StartAsync(store, 600);
        var until = await CountAsync(database, "SELECT indexed_until FROM wf_process_number");
        until.ShouldBeInRange(100, 500);
        var ended = new[] { until - 1, until, until + 1, 600L };
        foreach (var id in ended)
        {
            await store.CommitAsync(TestCommits.Finish(new ProcessInstanceId(id)), default);
        }

        (await IdsAsync(store, new ProcessQuery { Definition = "Decision", Limit = 1_000 })).ShouldBe(Enumerable.Range(1, 600).Select(id => (long)id));
        (await IdsAsync(store, new ProcessQuery { Originator = "dora", NewestFirst = true, After = new ProcessInstanceId(until + 3), Limit = 4 }))
            .ShouldBe([until + 2, until + 1, until, until - 1]);
        (await IdsAsync(store, new ProcessQuery { Status = ProcessInstanceStatus.Completed })).ShouldBe(ended);
        (await IdsAsync(store, new ProcessQuery { Status = ProcessInstanceStatus.Active, After = new ProcessInstanceId(until - 2), Limit = 2 }))
            .ShouldBe([until + 2, until + 3]);
        (await store.PurgeAsync(WorkflowTestBed.Beginning.AddDays(1), definition: null, 3, default)).ShouldBe(3);
        (await IdsAsync(store, new ProcessQuery { Status = ProcessInstanceStatus.Completed })).ShouldBe([600L]);
    }

    [Test]
    public async Task Sub_processes_are_found_on_either_side_of_the_border_and_across_it()
    {
        await using var database = new SqliteDatabase();
        var store = database.NewStore();
        var expected = new List<long>();
        for (var number = 1; number <= 600; number++)
        {
            var start = TestCommits.Start(await store.ReserveAsync(default));
            await store.CommitAsync(number % 50 == 7 ? start with { Record = start.Record! with { Parent = new ProcessInstanceId(1) } } : start, default);
            if (number % 50 == 7)
            {
                expected.Add(number);
            }
        }

        var until = await CountAsync(database, "SELECT indexed_until FROM wf_process_number");
        expected.ShouldContain(id => id <= until);
        expected.ShouldContain(id => id > until);
        (await IdsAsync(store, new ProcessQuery { Parent = new ProcessInstanceId(1) })).ShouldBe(expected);
        (await IdsAsync(store, new ProcessQuery { Parent = new ProcessInstanceId(1), Definition = "Decision", NewestFirst = true, Limit = 5 }))
            .ShouldBe(Enumerable.Reverse(expected).Take(5));
        (await CountAsync(database, "SELECT count(*) FROM wf_process WHERE is_indexed = 0 AND parent IS NOT NULL")).ShouldBeGreaterThan(0);
    }

    [Test]
    public async Task Questions_for_the_tasks_of_all_users_find_them_on_either_side_of_the_border_and_across_it()
    {
        await using var database = new SqliteDatabase();
        var store = database.NewStore();
        await StartAsync(store, 600);
        var until = await CountAsync(database, "SELECT indexed_until FROM wf_process_number");
        (await CountAsync(database, "SELECT count(*) FROM wf_task WHERE kind = 0 AND is_indexed = 0")).ShouldBe(600 - until);
        foreach (var id in new[] { until - 1, until + 1 })
        {
            await store.CommitAsync(TestCommits.Finish(new ProcessInstanceId(id)), default);
        }

        var left = Enumerable.Range(1, 600).Select(id => (long)id).Where(id => id != until - 1 && id != until + 1).ToList();
        (await TasksAsync(store, new WorklistQuery { Limit = 1_000 })).ShouldBe(left);
        (await TasksAsync(store, new WorklistQuery { After = new SerialNumber(new ProcessInstanceId(until - 3), 1), Limit = 4 }))
            .ShouldBe([until - 2, until, until + 2, until + 3]);
        (await TasksAsync(store, new WorklistQuery { ProcessInstance = new ProcessInstanceId(until + 2) })).ShouldBe([until + 2]);
        (await TasksAsync(store, new WorklistQuery { Order = WorklistOrder.Priority, Limit = 1_000 })).ShouldBe(left);
    }

    [Test]
    public async Task Only_the_first_task_of_a_new_instance_stays_out()
    {
        await using var database = new SqliteDatabase();
        var store = database.NewStore();
        var first = await store.ReserveAsync(default);
        var start = TestCommits.Start(first);
        await store.CommitAsync(start with { Worklist = [.. start.Worklist, Opened(first, 2)] }, default);
        var second = await store.ReserveAsync(default);
        await store.CommitAsync(TestCommits.Start(second) with { Worklist = [Opened(second, 3)] }, default);
        await store.CommitAsync(TestCommits.Step(first, 1) with { Worklist = [Opened(first, 4)] }, default);

        (await CountAsync(database, "SELECT count(*) FROM wf_task WHERE kind = 0 AND is_indexed = 0")).ShouldBe(1);
        (await CountAsync(database, "SELECT is_indexed FROM wf_task WHERE kind = 0 AND process = 1 AND destination = 1")).ShouldBe(0);
        (await store.FindTasksAsync(entries: null, new WorklistQuery(), default)).Select(task => (task.Serial.ProcessInstance.Value, task.Serial.Destination))
            .ShouldBe([(1, 1), (1, 2), (1, 4), (2, 3)]);
    }

    [Test]
    public async Task A_task_that_is_opened_in_an_instance_that_has_entered_is_in_the_index_at_once()
    {
        await using var database = new SqliteDatabase();
        var store = database.NewStore();
        await StartAsync(store, 600);
        var first = new ProcessInstanceId(1);
        var opened = TestCommits.Start(first).Worklist;
        await store.CommitAsync(
            TestCommits.Step(first, 1) with { Worklist = [new WorklistChange.Closed(new SerialNumber(first, 1), WorklistItemEnd.Completed)] }, default);
        (await TasksAsync(store, new WorklistQuery { Limit = 1 })).ShouldBe([2L]);

        await store.CommitAsync(TestCommits.Step(first, 2) with { Worklist = opened }, default);

        (await CountAsync(database, "SELECT is_indexed FROM wf_task WHERE process = 1 AND kind = 0")).ShouldBe(1);
        (await TasksAsync(store, new WorklistQuery { Limit = 1 })).ShouldBe([1L]);
    }

    [Test]
    public async Task One_that_is_stored_after_its_successors_is_in_the_indexes_at_once()
    {
        await using var database = new SqliteDatabase();
        var store = database.NewStore();
        var late = await store.ReserveAsync(default);
        await StartAsync(store, 600);

        await store.CommitAsync(TestCommits.Start(late), default);

        (await CountAsync(database, $"SELECT is_indexed FROM wf_process WHERE id = {late.Value}")).ShouldBe(1);
        (await IdsAsync(store, new ProcessQuery { Definition = "Decision", Limit = 1 })).ShouldBe([late.Value]);
    }

    [Test]
    public async Task Another_store_goes_on_where_one_has_ended()
    {
        await using var database = new SqliteDatabase();
        await StartAsync(database.NewStore(), 600);
        var until = await CountAsync(database, "SELECT indexed_until FROM wf_process_number");

        await StartAsync(database.NewStore(), 600);

        (await CountAsync(database, "SELECT indexed_until FROM wf_process_number")).ShouldBeGreaterThan(until);
        (await CountAsync(database, "SELECT count(*) FROM wf_process WHERE is_indexed = 0")).ShouldBeLessThanOrEqualTo(384);
        (await IdsAsync(database.NewStore(), new ProcessQuery { Definition = "Decision", Limit = 2_000 })).Count.ShouldBe(1_200);
    }

    [Test]
    public async Task Those_that_are_started_in_transactions_of_the_host_enter_them_too()
    {
        await using var database = new SqliteDatabase();
        var store = database.NewStore();
        await store.EnsureSchemaAsync();
        await using var connection = await database.Source.OpenConnectionAsync();
        for (var number = 0; number < 500; number++)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await StartAsync(store.Within(transaction), 1);
            await transaction.CommitAsync();
        }

        (await CountAsync(database, "SELECT count(*) FROM wf_process WHERE is_indexed = 0")).ShouldBeLessThanOrEqualTo(384);
        (await IdsAsync(store, new ProcessQuery { Definition = "Decision", Limit = 1_000 })).Count.ShouldBe(500);
    }

    private static async Task StartAsync(IProcessStore store, int count)
    {
        for (var number = 0; number < count; number++)
        {
            await store.CommitAsync(TestCommits.Start(await store.ReserveAsync(default)), default);
        }
    }

    private static async Task<List<long>> IdsAsync(RelationalProcessStore store, ProcessQuery query) =>
        [.. (await store.FindProcessesAsync(query, default)).Select(record => record.Id.Value)];

    private static WorklistChange.Opened Opened(ProcessInstanceId id, int destination)
    {
        var opened = (WorklistChange.Opened)TestCommits.Start(id).Worklist[0];
        return new WorklistChange.Opened(opened.Header with { Serial = new SerialNumber(id, destination) }, opened.Entries);
    }

    private static async Task<List<long>> TasksAsync(RelationalProcessStore store, WorklistQuery query) =>
        [.. (await store.FindTasksAsync(entries: null, query, default)).Select(task => task.Serial.ProcessInstance.Value)];

    private static async Task<long> CountAsync(SqliteDatabase database, string text) =>
        Convert.ToInt64(await database.ScalarAsync(text), CultureInfo.InvariantCulture);
}
