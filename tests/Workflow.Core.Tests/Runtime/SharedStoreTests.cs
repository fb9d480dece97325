using System.Collections.Concurrent;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;
using Workflow.Core.Tests.Scenarios;

namespace Workflow.Core.Tests.Runtime;

/// <summary>Several engines on one store: who works on an instance, who waits, who takes over, and what is set aside.</summary>
[TestFixture]
internal sealed class SharedStoreTests
{
    private readonly ConcurrentQueue<string> _calls = [];
    private readonly List<WorkflowEngine> _engines = [];
    private ManualClock _clock = null!;
    private InMemoryProcessStore _store = null!;
    private Gate _gate = null!;

    [SetUp]
    public void Begin()
    {
        _clock = new ManualClock();
        _store = new InMemoryProcessStore(_clock);
        _gate = new Gate();
        _calls.Clear();
    }

    [TearDown]
    public async Task EndAsync()
    {
        _gate.Open();
        foreach (var engine in _engines)
        {
            await engine.DisposeAsync();
        }

        _engines.Clear();
    }

    [Test]
    [Statement("14.3")]
    public async Task A_command_waits_while_another_engine_calls_code_of_the_instance()
    {
        var one = await OpenAsync(new SharedStore(_store));
        var other = await OpenAsync(new SharedStore(_store));
        var starting = one.AsSystem().StartAsync("Shared").AsTask();
        var serial = await _gate.Reached;

        var finishing = other.AsSystem().FinishAsync(serial).AsTask();
        await UntilAsync(() => _clock.TimerCount > 0);
        finishing.IsCompleted.ShouldBeFalse();
        _gate.Open();
        await starting;
        await UntilAsync(() => finishing.IsCompleted);

        (await finishing).ShouldBe(FinishReceipt.Applied);
        _calls.ShouldBe(["1-1 1"]);
    }

    [Test]
    [Statement("14.3")]
    public async Task A_command_does_not_wait_for_ever_and_says_what_it_waited_for()
    {
        var one = await OpenAsync(new SharedStore(_store));
        var other = await OpenAsync(new SharedStore(_store), options => options.BusyTimeout = TimeSpan.FromSeconds(5));
        var starting = one.AsSystem().StartAsync("Shared").AsTask();
        var serial = await _gate.Reached;

        var finishing = other.AsSystem().FinishAsync(serial).AsTask();
        await UntilAsync(() => finishing.IsCompleted);

        (await Should.ThrowAsync<ProcessInstanceBusyException>(() => finishing)).Message.ShouldContain("BusyTimeout");
        _gate.Open();
        await starting;
    }

    [Test]
    [Statement("14.3")]
    [Statement("14.4")]
    public async Task A_long_call_keeps_its_lease_and_is_not_made_twice()
    {
        var one = await OpenAsync(new SharedStore(_store));
        var view = new SharedStore(_store);
        await OpenAsync(view, options => options.TakesUpWork = true);
        var starting = one.AsSystem().StartAsync("Shared").AsTask();
        await _gate.Reached;

        var end = _clock.GetUtcNow() + TimeSpan.FromMinutes(10);
        await UntilAsync(() => _clock.GetUtcNow() >= end);
        _gate.Open();
        await starting;

        _calls.ShouldBe(["1-1 1"]);
        view.Claims.ShouldBeEmpty();
    }

    [Test]
    [Statement("14.3")]
    [Statement("14.4")]
    public async Task What_an_engine_leaves_behind_that_is_cut_off_is_taken_over_and_the_engine_cannot_commit_it_any_more()
    {
        var view = new SharedStore(_store);
        var one = await OpenAsync(view);
        var starting = one.AsSystem().StartAsync("Shared").AsTask();
        var serial = await _gate.Reached;
        view.IsCutOff = true;
        var second = new Gate();
        var other = await OpenAsync(new SharedStore(_store), options => options.TakesUpWork = true, second);

        await UntilAsync(() => second.Reached.IsCompleted);
        view.IsCutOff = false;
        _gate.Open();
        await Should.ThrowAsync<ConcurrencyException>(() => starting);
        second.Open();
        await UntilAsync(async () => (await StatusAsync(other)) is ProcessInstanceStatus.Active);

        _calls.ShouldBe(["1-1 1", "1-1 2"]);
        (await other.AsSystem().FinishAsync(serial)).ShouldBe(FinishReceipt.Applied);
        (await StatusAsync(other)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("14.4")]
    public async Task An_instance_that_cannot_be_read_is_set_aside_as_it_is_and_harms_no_other()
    {
        var one = new ProcessInstanceId(1);
        await LeaveBehindAsync(2);
        var before = Bytes(await _store.LoadAsync(one, default));
        _gate.Open();
        var view = new SharedStore(_store) { Damage = (one, stored => stored with { Parts = [] }) };
        var engine = await OpenAsync(view, options => options.TakesUpWork = true);

        await UntilAsync(async () => (await SetAsideAsync(engine)).Count > 0 && await StatusAsync(engine, 2) is ProcessInstanceStatus.Active);

        var aside = (await SetAsideAsync(engine)).ShouldHaveSingleItem();
        aside.Id.ShouldBe(one);
        aside.SetAside.ShouldNotBeNull().ShouldContain("cannot be read");
        Bytes(await _store.LoadAsync(one, default)).ShouldBe(before);

        view.Damage = null;
        await engine.TakeUpAgainAsync(one);
        await UntilAsync(async () => await StatusAsync(engine) is ProcessInstanceStatus.Active);
        (await SetAsideAsync(engine)).ShouldBeEmpty();
    }

    [Test]
    [Statement("14.4")]
    public async Task What_fails_again_and_again_is_put_off_for_longer_each_time_and_set_aside_after_the_fifth()
    {
        await LeaveBehindAsync(1);
        var tries = new ConcurrentQueue<TimeSpan>();
        var began = _clock.GetUtcNow();
        var view = new SharedStore(_store)
        {
            Damage = (new ProcessInstanceId(1), _ =>
            {
                tries.Enqueue(_clock.GetUtcNow() - began);
                throw new IOException("The disk does not answer.");
            }),
        };
        var engine = await OpenAsync(view, options => options.TakesUpWork = true);

        await UntilAsync(async () => (await SetAsideAsync(engine)).Count > 0);

        tries.Count.ShouldBe(5);
        var pauses = tries.Skip(1).Zip(tries, (later, earlier) => later - earlier).ToList();
        int[] seconds = [1, 5, 30, 120];
        pauses.Zip(seconds, (pause, least) => pause >= TimeSpan.FromSeconds(least)).ShouldAllBe(isLong => isLong);
        (await SetAsideAsync(engine)).Single().SetAside.ShouldNotBeNull().ShouldContain("5 times");
    }

    [Test]
    [Statement("14.4")]
    public async Task Work_that_others_leave_is_found_while_the_engine_runs()
    {
        _gate.Open();
        var engine = await OpenAsync(new SharedStore(_store), options => options.TakesUpWork = true);
        _gate = new Gate();
        await LeaveBehindAsync(3);

        await UntilAsync(async () => await StatusAsync(engine, 1) is ProcessInstanceStatus.Active
            && await StatusAsync(engine, 2) is ProcessInstanceStatus.Active && await StatusAsync(engine, 3) is ProcessInstanceStatus.Active);

        _calls.Count(call => call.EndsWith(" 2", StringComparison.Ordinal)).ShouldBe(3);
    }

    /// <summary>The engine holds the lease and keeps renewing it, so nobody else is given the instance.</summary>
    [Test]
    [Statement("14.4")]
    public async Task What_a_busy_engine_could_not_store_it_takes_up_again_itself()
    {
        var view = new SharedStore(_store);
        var engine = await OpenAsync(view, options => options.TakesUpWork = true);
        var busy = engine.AsSystem().StartAsync("Shared").AsTask();
        await _gate.Reached;
        var attempts = new ConcurrentQueue<int>();
        await engine.DeployAsync(ProcessDefinition.Define("Short", process => process.StartsWith(
            process.Activity("Call", activity => activity.Server("Outside", context =>
            {
                attempts.Enqueue(context.Attempt);
                view.IsCutOff = context.Attempt == 1;
            })))));

        await Should.ThrowAsync<ProcessStoreException>(() => engine.AsSystem().StartAsync("Short").AsTask());
        view.IsCutOff = false;
        await UntilAsync(async () => await StatusAsync(engine, 2) is ProcessInstanceStatus.Completed);

        attempts.ShouldBe([1, 2]);
        busy.IsCompleted.ShouldBeFalse();
    }

    [Test]
    [Statement("14.5")]
    public async Task Code_that_runs_when_the_engine_is_stopped_is_given_the_time_that_the_host_grants()
    {
        var cancelled = new TaskCompletionSource<bool>();
        var engine = await OpenAsync(new SharedStore(_store), options => options.StopTimeout = TimeSpan.FromMinutes(1));
        await engine.DeployAsync(ProcessDefinition.Define("Patient", process => process.StartsWith(
            process.Activity("Call", activity => activity.Server("Outside", async (context, cancellation) =>
            {
                await _gate.PassAsync(context.Serial, CancellationToken.None);
                cancelled.SetResult(cancellation.IsCancellationRequested);
            })))));
        var starting = engine.AsSystem().StartAsync("Patient").AsTask();
        await _gate.Reached;

        var stopping = engine.DisposeAsync().AsTask();
        _gate.Open();
        await stopping;

        (await cancelled.Task).ShouldBeFalse();
        (await starting).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("14.5")]
    public async Task An_engine_that_is_told_to_stop_claims_nothing_new_and_waits_for_what_is_under_way()
    {
        await LeaveBehindAsync(1);
        using var stopping = new CancellationTokenSource();
        var second = new Gate();
        var view = new SharedStore(_store);
        var engine = await OpenAsync(view, gate: second);
        var running = engine.RunAsync(stopping.Token);
        await second.Reached;

        await stopping.CancelAsync();
        await LeaveBehindAsync(1);
        running.IsCompleted.ShouldBeFalse();
        second.Open();
        await running;

        view.Claims.ShouldHaveSingleItem();
        (await StatusAsync(engine)).ShouldBe(ProcessInstanceStatus.Active);
    }

    [Test]
    [Statement("14.5")]
    public async Task An_engine_that_takes_up_work_by_itself_is_not_told_to()
    {
        var engine = await OpenAsync(new SharedStore(_store), options => options.TakesUpWork = true);

        (await Should.ThrowAsync<InvalidOperationException>(() => engine.RunAsync(default))).Message.ShouldContain("TakesUpWork");
    }

    /// <summary>Instances whose code was running when their engine died.</summary>
    private async Task LeaveBehindAsync(int count)
    {
        var view = new SharedStore(_store);
        var gates = new List<Gate>();
        for (var number = 0; number < count; number++)
        {
            var gate = new Gate();
            gates.Add(gate);
            var dying = await OpenAsync(view, gate: gate);
            _ = dying.AsSystem().StartAsync("Shared").AsTask().ContinueWith(ended => ended.Exception, TaskScheduler.Default);
            await gate.Reached;
        }

        view.IsCutOff = true;
        gates.ForEach(gate => gate.Open());
        _clock.Advance(TimeSpan.FromMinutes(1));
    }

    private async Task<WorkflowEngine> OpenAsync(SharedStore view, Action<WorkflowOptions>? configure = null, Gate? gate = null)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            options.Store = view;
            options.Clock = _clock;
            options.TakesUpWork = false;
            options.ServerEventTimeout = TimeSpan.FromDays(1);
            configure?.Invoke(options);
        });
        _engines.Add(engine);
        await engine.DeployAsync(Definition(gate ?? _gate));
        return engine;
    }

    /// <summary><code>► Call (waits at the gate, then for its server item) ►</code></summary>
    private ProcessDefinition Definition(Gate gate) => ProcessDefinition.Define("Shared", process => process.StartsWith(
        process.Activity("Call", activity => activity.Server("Outside", async (context, cancellation) =>
        {
            _calls.Enqueue($"{context.IdempotencyKey} {context.Attempt}");
            await gate.PassAsync(context.Serial, cancellation);
            context.WaitUntilFinished();
        }))));

    private static string Bytes(StoredProcess? stored) =>
        string.Join(' ', stored.ShouldNotBeNull().Parts.Select(part => $"{part.Key} {Convert.ToHexString(part.Content.Span)}"));

    private static async Task<ProcessInstanceStatus> StatusAsync(WorkflowEngine engine, int id = 1) =>
        (await engine.AsSystem().ReadAsync(new ProcessInstanceId(id))).Status;

    private static async Task<IReadOnlyList<ProcessRecord>> SetAsideAsync(WorkflowEngine engine) =>
        await engine.AsSystem().FindProcessesAsync(new() { IsSetAside = true });

    private Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    /// <summary>Lets the time of the engines pass until something is so.</summary>
    private async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            _clock.Advance(TimeSpan.FromMilliseconds(200));

            // What the time has set going comes first, before more of it passes.
            for (var turn = 0; turn < 5; turn++)
            {
                await Task.Run(static () => { });
            }
        }
    }
}
