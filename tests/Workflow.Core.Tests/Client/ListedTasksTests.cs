using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Client;

/// <summary>A list of tasks that is read again loads only what has changed since, and shows the same as one that loads everything.</summary>
[TestFixture]
public sealed class ListedTasksTests
{
    private static readonly ProcessField<string> Text = new("Text");

    private LoadingStore _store = null!;

    private static ProcessDefinition Definition { get; } = ProcessDefinition.Define("Decision", process =>
    {
        process.OpenToAll().Fields(Text);
        process.StartsWith(process.Activity("Decide", activity => activity
            .Destinations(to => to.Users("ann", "bob")).PlanJustOnce(Slots.Number(1))
            .Client("Decide it", task => task.Action("Approve")).OutcomesFromActions()));
    });

    [SetUp]
    public void MakeStore() => _store = new LoadingStore(new InMemoryProcessStore());

    [Test]
    [Statement("14.6")]
    public async Task A_list_that_is_read_again_loads_nothing_while_nothing_has_changed()
    {
        await using var engine = await EngineAsync(resident: 1_000);
        await StartAsync(engine, 3);
        var worklist = engine.As("ann").Worklist;

        var first = await worklist.ListAsync();
        var loads = _store.Loaded.Count;
        var again = await worklist.ListAsync();
        var ofOther = await engine.As("bob").Worklist.ListAsync();

        loads.ShouldBe(3);
        _store.Loaded.Count.ShouldBe(3, "the list of another user has the same tasks");
        Shown(again).ShouldBe(Shown(first));
        Shown(ofOther).ShouldBe(Shown(first));
    }

    [Test]
    [Statement("14.6")]
    public async Task A_task_is_loaded_again_when_another_engine_has_committed_its_instance()
    {
        await using var engine = await EngineAsync(resident: 1_000);
        await using var other = await EngineAsync(resident: 1_000);
        var started = await StartAsync(engine, 3);
        await engine.As("ann").Worklist.ListAsync();
        _store.Loaded.Clear();

        await other.As("bob").Worklist.OpenAsync(started[1]);
        var seen = await engine.As("ann").Worklist.ListAsync(new() { Statuses = [WorklistItemStatus.Available, WorklistItemStatus.Allocated] });

        _store.Loaded.ShouldBe([started[1]]);
        seen.Select(item => item.Status).ShouldBe([WorklistItemStatus.Available, WorklistItemStatus.Allocated, WorklistItemStatus.Available]);
    }

    [Test]
    [Statement("14.7c")]
    public async Task A_task_is_loaded_again_when_a_restore_has_brought_another_state_under_the_same_number()
    {
        await using var engine = await EngineAsync(resident: 1_000);
        var started = await StartAsync(engine, 1);
        await engine.As("ann").Worklist.ListAsync();
        _store.Loaded.Clear();

        _store.LastCommit = "of another life";
        await engine.As("ann").Worklist.ListAsync();
        await engine.As("ann").Worklist.ListAsync();

        _store.Loaded.ShouldBe(started);
    }

    [Test]
    [Statement("14.6")]
    public async Task Every_task_is_loaded_when_nothing_is_kept_or_the_store_does_not_tell_the_state()
    {
        await using var forgetful = await EngineAsync(resident: 0);
        await using var engine = await EngineAsync(resident: 1_000);
        await StartAsync(engine, 2);
        await forgetful.As("ann").Worklist.ListAsync();
        await forgetful.As("ann").Worklist.ListAsync();
        _store.Loaded.Count.ShouldBe(4);

        _store.TellsState = false;
        await engine.As("ann").Worklist.ListAsync();
        await engine.As("ann").Worklist.ListAsync();

        _store.Loaded.Count.ShouldBe(8);
    }

    /// <summary>The tasks that were wanted last stay: of two halves of two one is forgotten.</summary>
    [Test]
    [Statement("14.6")]
    public async Task No_more_tasks_are_kept_than_instances()
    {
        await using var engine = await EngineAsync(resident: 4);
        var started = await StartAsync(engine, 6);
        await engine.As("ann").Worklist.ListAsync(new() { Limit = 6 });
        _store.Loaded.Clear();

        await engine.As("ann").Worklist.ListAsync(new() { ProcessInstance = started[5].ProcessInstance });
        await engine.As("ann").Worklist.ListAsync(new() { ProcessInstance = started[0].ProcessInstance });

        _store.Loaded.ShouldBe([started[0]]);
    }

    /// <summary>Nothing overflows, and one task more than fits displaces the oldest.</summary>
    [TestCase(1, new[] { 0, 1 })]
    [TestCase(2, new[] { 0 })]
    [TestCase(3, new[] { 0 })]
    [TestCase(int.MaxValue, new int[0])]
    [Statement("14.6")]
    public async Task Every_number_of_kept_tasks_is_kept_to(int resident, int[] loadedAgain)
    {
        await using var engine = await EngineAsync(resident);
        var started = await StartAsync(engine, 3);
        await engine.As("ann").Worklist.ListAsync(new() { Limit = 3 });
        _store.Loaded.Clear();

        for (var number = 2; number >= 0; number--)
        {
            await engine.As("ann").Worklist.ListAsync(new() { ProcessInstance = started[number].ProcessInstance });
        }

        _store.Loaded.Order().ShouldBe(loadedAgain.Select(number => started[number]));
    }

    [Test]
    [Statement("14.6")]
    public async Task A_task_of_a_large_instance_and_one_without_a_named_commit_are_loaded_each_time()
    {
        await using var engine = await EngineAsync(resident: 1_000);
        await engine.As("dora").StartAsync(Definition.Name, start => start.Set(Text, new string('x', 10_000)));
        await engine.As("ann").Worklist.ListAsync();
        await engine.As("ann").Worklist.ListAsync();
        _store.Loaded.Count.ShouldBe(2);

        _store.LastCommit = "";
        await StartAsync(engine, 1);
        await engine.As("ann").Worklist.ListAsync();
        await engine.As("ann").Worklist.ListAsync();

        _store.Loaded.Count.ShouldBe(6);
    }

    /// <summary>A list goes from the tasks to their instances, and a commit from an instance to its tasks.</summary>
    [Test]
    [Statement("14.6")]
    public async Task A_list_in_memory_and_a_commit_do_not_wait_for_each_other()
    {
        await using var engine = await EngineAsync(resident: 1_000);
        var isDone = false;
        var lists = Task.Run(async () =>
        {
            var count = 0;
            while (!Volatile.Read(ref isDone) || count == 0)
            {
                await engine.As("bob").Worklist.ListAsync();
                count++;
            }
        });
        var commits = Task.Run(async () =>
        {
            foreach (var serial in await StartAsync(engine, 2_000))
            {
                await engine.As("ann").Worklist.ExecuteAsync(serial, "Approve");
            }

            Volatile.Write(ref isDone, true);
        });

        await Task.WhenAll(lists, commits).WaitAsync(TimeSpan.FromMinutes(2));

        (await engine.As("bob").Worklist.ListAsync()).ShouldBeEmpty();
    }

    /// <summary>Nothing of what was removed stays in memory.</summary>
    [Test]
    [Statement("14.6")]
    public async Task A_purge_forgets_what_was_listed()
    {
        await using var engine = await EngineAsync(resident: 1_000);
        await StartAsync(engine, 1);
        await engine.As("ann").Worklist.ListAsync();

        await engine.PurgeAsync(DateTimeOffset.MinValue);
        await engine.As("ann").Worklist.ListAsync();

        _store.Loaded.Count.ShouldBe(2);
    }

    private static string Shown(IReadOnlyList<WorklistItem> items) => string.Join(
        '\n',
        items.Select(item => $"{item.Serial} {item.Activity} {item.Event} {item.Status} {string.Join(',', item.Actions.Select(action => action.Name))}"));

    private static async Task<List<SerialNumber>> StartAsync(WorkflowEngine engine, int count)
    {
        var started = new List<SerialNumber>();
        for (var number = 0; number < count; number++)
        {
            started.Add(new SerialNumber((await engine.As("dora").StartAsync(Definition.Name)).Id, 1));
        }

        return started;
    }

    private async Task<WorkflowEngine> EngineAsync(int resident)
    {
        var engine = WorkflowEngine.Create(options => (options.Store, options.ResidentInstances) = (_store, resident));
        await engine.DeployAsync(Definition);
        return engine;
    }

    /// <summary>Notes which tasks are loaded for lists, and can tell another last commit, as after a restore.</summary>
    private sealed class LoadingStore(IProcessStore inner) : StoreAround
    {
        public List<SerialNumber> Loaded { get; } = [];

        public string LastCommit { get; set; } = "of this life";

        public bool TellsState { get; set; } = true;

        protected override IProcessStore Asked => inner;

        public override async ValueTask<IReadOnlyList<WorklistHeaderRecord>> FindTasksAsync(
            IReadOnlyCollection<Destination>? entries, WorklistQuery query, CancellationToken cancellation) =>
            [.. await Told(await base.FindTasksAsync(entries, query, cancellation))];

        public override async ValueTask<IReadOnlyList<StoredProcess?>> LoadTasksAsync(
            IReadOnlyList<WorklistHeaderRecord> tasks, CancellationToken cancellation)
        {
            Loaded.AddRange(tasks.Select(task => task.Serial));
            return [.. (await base.LoadTasksAsync(tasks, cancellation)).Select(stored => stored! with { LastCommit = LastCommit })];
        }

        private async Task<List<WorklistHeaderRecord>> Told(IReadOnlyList<WorklistHeaderRecord> found)
        {
            var told = new List<WorklistHeaderRecord>();
            foreach (var task in found)
            {
                var stored = await inner.LoadAsync(task.Serial.ProcessInstance, CancellationToken.None);
                told.Add(task with { State = TellsState ? new StoredState(stored!.Version, LastCommit) : null });
            }

            return told;
        }
    }
}
