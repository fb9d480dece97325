using System.Collections.Concurrent;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;

namespace Workflow.Core.Tests.Runtime;

/// <summary>A command is stored, and what follows from it is not: the caller is told exactly that, and the engine goes on.</summary>
/// <code>
/// ►──► Ask (A decides) ──► Pay: Charge ──► Rest (waits) ──►
/// </code>
[TestFixture]
internal sealed class PartlyStoredTests : SharedStoreFixture
{
    private static readonly SerialNumber _task = new(new ProcessInstanceId(1), 1);

    private readonly ConcurrentQueue<string> _charged = [];

    [SetUp]
    public void Forget() => _charged.Clear();

    private static IEnumerable<Func<Commit, Exception>> Failures =>
    [
        _ => new IOException("The disk is full."),
        _ => new ProcessStoreException("The session was ended."),
        commit => new CommitOutcomeUnknownException(commit.ProcessInstance, new IOException("The answer was lost.")),
    ];

    [Test]
    [Statement("14.7d")]
    [Statement("14.4")]
    public async Task An_answer_that_stands_is_told_and_the_engine_goes_on_by_itself(
        [ValueSource(nameof(Failures))] Func<Commit, Exception> failure, [Values] bool isShared, [Values] bool isStart)
    {
        var store = new WatchedStore();
        var engine = WorkflowEngine.Create(options =>
        {
            options.Store = isShared ? new Shared(store) : store;
            options.Clock = Clock;
        });
        await using var owned = engine;
        await engine.DeployAsync(Paying(asks: !isStart, _ => ValueTask.CompletedTask));
        if (!isStart)
        {
            await engine.AsSystem().StartAsync("Paying");
        }

        store.FailAt(2, failure);
        var told = await Should.ThrowAsync<CommandPartlyStoredException>(
            () => isStart ? engine.AsSystem().StartAsync("Paying").AsTask() : DecideAsync(engine));

        told.ProcessInstance.ShouldBe(_task.ProcessInstance);
        told.Message.ShouldContain("'Charge'");
        told.Message.ShouldContain("by itself");
        told.InnerException.ShouldNotBeNull();
        await UntilAsync(async () => (await engine.AsSystem().ReadAsync(_task.ProcessInstance)).Status is ProcessInstanceStatus.Active);
        (await engine.AsSystem().ReadHistoryAsync(_task.ProcessInstance)).Count(entry => entry.Kind is JournalKind.EventRepeated).ShouldBe(1);
        _charged.Distinct().ShouldHaveSingleItem("the same key again");
    }

    /// <summary>The engine stood still while its code ran, and another one has taken the instance over.</summary>
    [Test]
    [Statement("14.3")]
    [Statement("14.7d")]
    public async Task After_a_takeover_it_is_told_that_the_answer_stands()
    {
        var (slow, quick) = (new Gate(), new Gate());
        quick.Open();
        var one = await OpenAsync(new SharedStore(Store), options => options.Clock = new ManualClock());
        await one.DeployAsync(Paying(asks: true, async context => await slow.PassAsync(context.Serial)));
        await one.AsSystem().StartAsync("Paying");
        var deciding = DecideAsync(one);
        await slow.Reached;
        var other = await OpenAsync(new SharedStore(Store), options => options.TakesUpWork = true);
        await other.DeployAsync(Paying(asks: true, async context => await quick.PassAsync(context.Serial)));
        await UntilAsync(async () => (await other.AsSystem().ReadAsync(_task.ProcessInstance)).Status is ProcessInstanceStatus.Active);

        slow.Open();

        var told = await Should.ThrowAsync<CommandPartlyStoredException>(() => deciding);
        told.Message.ShouldContain("stored");
        told.Message.ShouldContain("Another engine has taken");
        told.Message.ShouldNotContain("othing was stored");
        told.InnerException.ShouldBeOfType<ConcurrencyException>().Message.ShouldNotContain("Nothing was stored");
        (await other.AsSystem().ReadHistoryAsync(_task.ProcessInstance)).Count(entry => entry.Kind is JournalKind.SlotCompleted).ShouldBe(1);
    }

    [Test]
    [Statement("13.7")]
    [Statement("14.7d")]
    public async Task The_same_key_again_is_answered_as_the_first_command_would_have_been()
    {
        var store = new WatchedStore();
        await using var engine = WorkflowEngine.Create(options =>
        {
            options.Store = store;
            options.Clock = Clock;
            options.TakesUpWork = false;
        });
        await engine.DeployAsync(Paying(asks: false, _ => ValueTask.CompletedTask));
        store.FailAt(2, _ => new IOException("The disk is full."));
        await Should.ThrowAsync<CommandPartlyStoredException>(() => engine.As("dora").Once("first").StartAsync("Paying").AsTask());

        var again = await engine.As("dora").Once("first").StartAsync("Paying");

        again.Id.ShouldBe(_task.ProcessInstance);
        again.Status.ShouldBe(ProcessInstanceStatus.Running);
    }

    /// <summary>The item is taken in the turn that opens it, so a store that cannot be asked afterwards does no harm.</summary>
    [Test]
    [Statement("1.6")]
    [Statement("14.7d")]
    public async Task A_task_is_shown_as_it_was_opened_without_another_question_to_the_store()
    {
        await using var engine = await UnreadableAsync();

        var item = await engine.As("A").Worklist.OpenAsync(_task);

        item.Status.ShouldBe(WorklistItemStatus.Open);
        item.Actions.ShouldHaveSingleItem().Name.ShouldBe("Approve");
        item.SlotsFree.ShouldBe(0);
        await item.ReleaseAsync();
        item.Status.ShouldBe(WorklistItemStatus.Open, "it is a copy");
        item.SlotsFree.ShouldBe(0, "it is a copy");
        (await engine.AsSystem().ReadAsync(_task.ProcessInstance)).FindDestination(1).ShouldNotBeNull().Slots.ShouldBeEmpty();
    }

    /// <summary>The slot is taken. A repetition opens nothing, so it has to read the task, which fails.</summary>
    [Test]
    [Statement("13.7")]
    [Statement("14.7d")]
    public async Task A_caller_whose_task_was_opened_before_and_cannot_be_read_is_told_that_it_is_theirs()
    {
        await using var engine = await UnreadableAsync();
        await engine.As("A").Once("first").Worklist.OpenAsync(_task);

        var told = await Should.ThrowAsync<CommandPartlyStoredException>(() => engine.As("A").Once("first").Worklist.OpenAsync(_task).AsTask());

        told.Message.ShouldContain("Open it again");
        (await engine.AsSystem().ReadHistoryAsync(_task.ProcessInstance)).Count(entry => entry.Kind is JournalKind.SlotOpened).ShouldBe(1);
    }

    /// <summary>An answer that was given before must not get lost.</summary>
    [Test]
    [Statement("1.13")]
    [Statement("14.7d")]
    public async Task A_batch_in_which_the_store_fails_says_what_was_done_and_what_was_not_tried()
    {
        var store = new WatchedStore();
        await using var engine = WorkflowEngine.Create(options => (options.Store, options.Clock, options.TakesUpWork) = (store, Clock, false));
        await engine.DeployAsync(Paying(asks: true, _ => ValueTask.CompletedTask));
        var serials = new List<SerialNumber>();
        for (var count = 0; count < 4; count++)
        {
            serials.Add(new SerialNumber((await engine.AsSystem().StartAsync("Paying")).Id, 1));
        }

        // Each answer is three commits: that the task was answered, that its code is called, and the result.
        store.FailAt(7, _ => new IOException("The disk is full."));
        var results = await engine.As("A").Worklist.ExecuteAsync(serials, "Approve");

        results.Select(result => result.Serial).ShouldBe(serials);
        results.Select(result => result.Error?.GetType()).ShouldBe([null, null, typeof(IOException), typeof(BatchStoppedException)]);
        var stopped = results[3].Error.ShouldBeOfType<BatchStoppedException>();
        stopped.Serial.ShouldBe(serials[3]);
        stopped.StoppedAt.ShouldBe(serials[2]);
        stopped.InnerException.ShouldBe(results[2].Error);
        store.FailAt(1, _ => new IOException("The disk is full."));
        await Should.ThrowAsync<IOException>(() => engine.As("A").Worklist.ExecuteAsync([serials[2], serials[3]], "Approve").AsTask());
    }

    /// <summary>The timer has fired for good; only what came after it is open.</summary>
    [Test]
    [Statement("14.7d")]
    public async Task A_timer_that_is_partly_stored_counts_as_fired_and_is_logged_as_such()
    {
        var store = new WatchedStore();
        using var log = new LogLines();
        string[] members = ["A"];
        await using var engine = WorkflowEngine.Create(options =>
        {
            options.Store = store;
            options.Clock = Clock;
            options.TakesUpWork = false;
            options.LoggerFactory = log;
            options.DestinationResolver = new AskedResolver(_ => members);
        });
        await engine.DeployAsync(ProcessDefinition.Define("Following", process => process.StartsWith(process.Activity("Tell", activity => activity
            .PlanPerDestination().Destinations(to => to.Role("R").ResolvedToUsers(keepSynchronized: true))
            .Server("Send", context => _charged.Enqueue(context.IdempotencyKey)).Waits()))));
        await engine.AsSystem().StartAsync("Following");
        members = ["A", "B"];
        Clock.Advance(TimeSpan.FromMinutes(10));
        store.FailAt(2, _ => new IOException("The disk is full."));

        (await engine.RunDueTimersAsync()).ShouldBe(1);

        log.All.ShouldContain(line => line.Contains("remains in effect", StringComparison.Ordinal));
        log.All.ShouldNotContain(line => line.Contains("could not be fired", StringComparison.Ordinal));
    }

    /// <summary>An engine with one task, on a store that cannot be asked for it.</summary>
    private async Task<WorkflowEngine> UnreadableAsync()
    {
        var engine = WorkflowEngine.Create(options => (options.Store, options.Clock) = (new Unreadable(new WatchedStore()), Clock));
        await engine.DeployAsync(Paying(asks: true, _ => ValueTask.CompletedTask));
        await engine.AsSystem().StartAsync("Paying");
        return engine;
    }

    private static async Task DecideAsync(WorkflowEngine engine) =>
        await (await engine.As("A").Worklist.OpenAsync(_task, allocate: false)).ExecuteAsync("Approve");

    private ProcessDefinition Paying(bool asks, Func<Contexts.ServerEventContext, ValueTask> code) => ProcessDefinition.Define("Paying", process =>
    {
        process.OpenToAll();
        var pay = process.Activity("Pay", activity => activity.Server("Charge", async (context, _) =>
        {
            _charged.Enqueue(context.IdempotencyKey);
            await code(context);
        }));
        pay.To(process.Activity("Rest", activity => activity.Waits()));
        if (!asks)
        {
            process.StartsWith(pay);
            return;
        }

        var ask = process.Activity("Ask", activity => activity.Destinations(to => to.Users("A")).Client("Decide", task => task.Action("Approve")));
        process.StartsWith(ask);
        ask.To(pay);
    });

    /// <summary>The same store. The engine is told that others use it too.</summary>
    private sealed class Shared(WatchedStore store) : StoreAround, IProcessStore
    {
        public bool IsShared => true;

        protected override IProcessStore Asked => store;
    }

    /// <summary>A store that cannot be asked for one task.</summary>
    private sealed class Unreadable(WatchedStore store) : StoreAround
    {
        protected override IProcessStore Asked => store;

        public override ValueTask<StoredTask?> FindTaskAsync(SerialNumber serial, CancellationToken cancellation) =>
            throw new ProcessStoreException("The connection is cut.");

        public override ValueTask<StoredProcess?> LoadAsync(
            ProcessInstanceId processInstance, int activityInstance, int destination,
            CancellationToken cancellation) => throw new ProcessStoreException("The connection is cut.");
    }
}
