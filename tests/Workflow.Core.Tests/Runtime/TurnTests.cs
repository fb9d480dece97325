using System.Collections.Concurrent;
using Workflow.Core.Client;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;

namespace Workflow.Core.Tests.Runtime;

/// <summary>Shows what happens between the calls of one command.</summary>
[TestFixture]
internal sealed class TurnTests
{
    private static readonly ProcessInstanceId _id = new(1);

    /// <summary>The code is running, so the finish does not go the usual way; the right is asked all the same.</summary>
    [Test]
    [Statement("7.3")]
    [Statement("14.7")]
    public async Task An_early_finish_without_the_right_is_refused_and_leaves_no_trace()
    {
        var gate = new Gate();
        await using var engine = await OpenAsync(new WatchedStore(), Asynchronous(gate));
        var starting = engine.As("dora").StartAsync("Turn").AsTask();
        var serial = await gate.Reached;

        var refusal = await Should.ThrowAsync<WorkflowAccessDeniedException>(() => engine.As("eve").FinishAsync(serial).AsTask());
        gate.Open();
        await starting;

        refusal.MissingRight.ShouldBe(ProcessRight.ServerEvent);
        (await KindsAsync(engine)).ShouldNotContain(JournalKind.FinishStored);
        (await engine.As("bank").FinishAsync(serial)).ShouldBe(FinishReceipt.Applied);
    }

    /// <summary>The host ends while the pure code runs: what was sent before it is not sent again.</summary>
    [Test]
    [Statement("14.4")]
    public async Task The_result_of_code_with_side_effects_is_stored_before_pure_code_is_called()
    {
        var sent = new ConcurrentQueue<string>();
        var gate = new Gate();
        var store = new WatchedStore();
        await using var first = await OpenAsync(store, SendAndCompute(sent, gate));
        var starting = first.AsSystem().StartAsync("Turn").AsTask();
        await gate.Reached;
        var crashed = await store.CopyAsync();
        gate.Open();
        await starting;

        await using var second = await OpenAsync(crashed, SendAndCompute(sent, gate));
        await second.RecoverAsync();

        sent.ShouldBe(["1-1"]);
        (await second.AsSystem().ReadAsync(_id)).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("14.3")]
    public async Task A_conflict_after_code_with_side_effects_does_not_repeat_the_code()
    {
        var calls = 0;
        var store = new WatchedStore();
        store.FailAt(2, _ => new IOException("The disk is full."));
        await using var engine = await OpenAsync(store, Definition(activity => activity.Server("Send", _ => calls++)));
        await Should.ThrowAsync<CommandPartlyStoredException>(() => engine.AsSystem().StartAsync("Turn").AsTask());
        store.FailAt(2, commit => new ConcurrencyException(commit.ProcessInstance, commit.ExpectedVersion, actual: 77));

        (await engine.RecoverAsync()).ShouldBe(0);

        calls.ShouldBe(2);
        store.BeforeCommit = null;
        (await engine.RecoverAsync()).ShouldBe(1);
        calls.ShouldBe(3);
    }

    [Test]
    [Statement("14.4")]
    public async Task Pure_code_may_be_repeated_after_a_conflict()
    {
        var calls = 0;
        var store = new WatchedStore();
        await using var engine = await OpenAsync(
            store, Definition(activity => activity.Server("Wait", context => context.WaitUntilFinished()).PureServer("Compute", _ => calls++)));
        await engine.AsSystem().StartAsync("Turn");
        store.FailAt(1, commit => new ConcurrencyException(commit.ProcessInstance, commit.ExpectedVersion, actual: 77));

        (await engine.AsSystem().FinishAsync(new SerialNumber(_id, 1))).ShouldBe(FinishReceipt.Applied);

        calls.ShouldBe(2);
    }

    /// <summary>The first call is cut short by an orderly stop; the next engine makes it and those behind it, in the order of planning.</summary>
    [Test]
    [Statement("3.12")]
    [Statement("14.4")]
    public async Task Planned_calls_are_made_in_the_same_order_after_a_restart([Values(2, 5, 12)] int slots)
    {
        var gate = new Gate();
        var called = new ConcurrentQueue<int>();
        var store = new WatchedStore();
        await using (var first = await OpenAsync(store, InOrder(slots, gate, [])))
        {
            _ = first.AsSystem().StartAsync("Turn").AsTask();
            await gate.Reached;
        }

        gate.Open();
        await using var second = await OpenAsync(store, InOrder(slots, gate, called));
        (await second.RecoverAsync()).ShouldBe(1);

        called.ShouldBe(Enumerable.Range(1, slots));
    }

    /// <summary>A caller who was told that a command failed must not find it applied.</summary>
    [Test]
    [Statement("7.1")]
    [Statement("14.2")]
    public async Task An_early_finish_that_could_not_be_stored_is_not_applied_later()
    {
        var gate = new Gate();
        var store = new WatchedStore();
        await using var engine = await OpenAsync(store, Asynchronous(gate));
        var starting = engine.As("dora").StartAsync("Turn").AsTask();
        var serial = await gate.Reached;
        store.FailAt(1, _ => new IOException("The disk is full."));

        await Should.ThrowAsync<IOException>(() => engine.As("bank").FinishAsync(serial).AsTask());
        gate.Open();
        await starting;

        (await store.FindServerItemAsync(serial, default)).ShouldNotBeNull().Status.ShouldBe(ServerItemStatus.Waiting);
        (await KindsAsync(engine)).ShouldNotContain(JournalKind.ServerItemFinished);
        (await engine.As("bank").FinishAsync(serial)).ShouldBe(FinishReceipt.Applied);
    }

    /// <summary>Work in the background after the code has returned is no longer the code of the instance.</summary>
    [Test]
    [Statement("14.3")]
    public async Task A_flow_that_outlives_its_call_may_use_the_engine_afterwards([Values] bool isPure)
    {
        WorkflowEngine engine = null!;
        Task<FinishReceipt>? background = null;
        var returned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var own = engine = await OpenAsync(new WatchedStore(), ProcessDefinition.Define("Turn", process =>
        {
            process.StartsWith(process.Activity("Wait", activity => activity.Waits()));
            process.StartsWith(isPure
                ? process.Activity("Leave", activity => activity.PureServer("Leave", _ => background = LaterAsync()))
                : process.Activity("Leave", activity => activity.Server("Leave", _ => background = LaterAsync())));
        }));
        await engine.AsSystem().StartAsync("Turn");

        returned.SetResult();

        (await background.ShouldNotBeNull()).ShouldBe(FinishReceipt.Applied);

        async Task<FinishReceipt> LaterAsync()
        {
            await returned.Task;
            return await engine.AsSystem().FinishAsync(new SerialNumber(_id, 1));
        }
    }

    /// <summary>The same turn has gone on to code of another branch, which has nothing to do with what the first has left running.</summary>
    [Test]
    [Statement("14.3")]
    public async Task A_flow_that_outlives_its_call_is_not_taken_for_the_code_that_runs_now([Values] bool isPure)
    {
        WorkflowEngine engine = null!;
        Task<FinishReceipt>? background = null;
        var bank = new TaskCompletionSource();
        var gate = new Gate();
        await using var own = engine = await OpenAsync(new WatchedStore(), ProcessDefinition.Define("Turn", process =>
        {
            process.StartsWith(process.Activity("Wait", activity => activity.Waits()));
            process.StartsWith(isPure
                ? process.Activity("Leave", activity => activity.PureServer("Leave", _ => background = LaterAsync()))
                : process.Activity("Leave", activity => activity.Server("Leave", _ => background = LaterAsync())));
            process.StartsWith(
                process.Activity("Long", activity => activity.Server("Long", (context, cancellation) => gate.PassAsync(context.Serial, cancellation))));
        }));
        var starting = engine.AsSystem().StartAsync("Turn").AsTask();
        await gate.Reached;

        // The command that waits for it goes on at once, and asks before the gate opens.
        bank.SetResult();
        for (var turn = 0; turn < 20; turn++)
        {
            await Task.Run(static () => { });
        }

        gate.Open();

        (await background.ShouldNotBeNull()).ShouldBe(FinishReceipt.Applied);
        await starting;

        async Task<FinishReceipt> LaterAsync()
        {
            await bank.Task;
            return await engine.AsSystem().FinishAsync(new SerialNumber(_id, 1));
        }
    }

    [Test]
    [Statement("14.3")]
    public async Task A_flow_of_the_code_is_refused_while_the_code_runs([Values] bool isPure)
    {
        WorkflowEngine engine = null!;
        async ValueTask AskAsync(ServerEventContext context, CancellationToken cancellation) =>
            await Should.ThrowAsync<WorkflowReentrancyException>(() => Task.Run(async () => await engine.AsSystem().FinishAsync(context.Serial), cancellation));
        await using var own = engine = await OpenAsync(
            new WatchedStore(), Definition(activity => _ = isPure ? activity.PureServer("Ask", AskAsync) : activity.Server("Ask", AskAsync)));

        (await engine.AsSystem().StartAsync("Turn")).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    private static ProcessDefinition Definition(Action<Definitions.Building.ActivityBuilder> define) => ProcessDefinition.Define("Turn", process =>
    {
        process.Rights(rights => rights.Start("dora").ServerEvent("bank"));
        process.StartsWith(process.Activity("Work", define));
    });

    private static ProcessDefinition Asynchronous(Gate gate) => Definition(activity => activity.Server("Order", async (context, cancellation) =>
    {
        context.WaitUntilFinished();
        await gate.PassAsync(context.Serial, cancellation);
    }));

    private static ProcessDefinition SendAndCompute(ConcurrentQueue<string> sent, Gate gate) => Definition(activity => activity
        .Server("Send", context => sent.Enqueue(context.IdempotencyKey))
        .PureServer("Compute", (context, cancellation) => gate.PassAsync(context.Serial, cancellation)));

    private static ProcessDefinition InOrder(int slots, Gate gate, ConcurrentQueue<int> called) => Definition(activity => activity
        .PlanPerSlot(Slots.Number(slots))
        .Server("Run", async (context, cancellation) =>
        {
            await gate.PassAsync(context.Serial, cancellation);
            called.Enqueue(context.Serial.Destination);
        })
        .SucceedingRule(Answers.AllSlots.Satisfy(Status.OfSlot == SlotStatus.Completed)));

    private static async Task<WorkflowEngine> OpenAsync(IProcessStore store, ProcessDefinition definition)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            options.Store = store;
            options.TakesUpWork = false;
        });
        await engine.DeployAsync(definition);
        return engine;
    }

    private static async Task<IEnumerable<JournalKind>> KindsAsync(WorkflowEngine engine) =>
        (await engine.AsSystem().ReadHistoryAsync(_id, limit: 500)).Select(entry => entry.Kind);
}
