using System.Collections.Concurrent;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Runtime;

namespace Workflow.Core.Tests.Runtime;

/// <summary>Several engines on one store, under one clock that stands until it is moved, and code that waits at a gate.</summary>
internal abstract class SharedStoreFixture
{
    private readonly List<WorkflowEngine> _engines = [];

    /// <summary>The idempotency keys and the attempts of the calls, in the order in which they were made.</summary>
    protected ConcurrentQueue<string> Calls { get; } = [];

    protected ManualClock Clock { get; private set; } = null!;

    protected InMemoryProcessStore Store { get; private set; } = null!;

    /// <summary>At which the code of the instances waits.</summary>
    protected Gate Gate { get; set; } = null!;

    [SetUp]
    public void Begin()
    {
        Clock = new ManualClock();
        Store = new InMemoryProcessStore(Clock);
        Gate = new Gate();
        Calls.Clear();
    }

    [TearDown]
    public async Task EndAsync()
    {
        Gate.Open();
        foreach (var engine in _engines)
        {
            await engine.DisposeAsync();
        }

        _engines.Clear();
    }

    /// <summary>Instances whose code was running when their engine died.</summary>
    /// <param name="count">How many.</param>
    /// <param name="ago">How long ago their engine died; a minute unless given, so that their leases have run out.</param>
    protected async Task LeaveBehindAsync(int count, TimeSpan? ago = null)
    {
        var view = new SharedStore(Store);
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
        Clock.Advance(ago ?? TimeSpan.FromMinutes(1));
    }

    protected async Task<WorkflowEngine> OpenAsync(SharedStore view, Action<WorkflowOptions>? configure = null, Gate? gate = null)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            options.Store = view;
            options.Clock = Clock;
            options.TakesUpWork = false;
            options.ServerEventTimeout = TimeSpan.FromDays(1);
            configure?.Invoke(options);
        });
        _engines.Add(engine);
        await engine.DeployAsync(Definition(gate ?? Gate));
        return engine;
    }

    /// <summary><code>► Call (waits at the gate, then for its server item) ►</code></summary>
    private ProcessDefinition Definition(Gate gate) => ProcessDefinition.Define("Shared", process => process.OpenToAll().StartsWith(
        process.Activity("Call", activity => activity.Server("Outside", async (context, cancellation) =>
        {
            Calls.Enqueue($"{context.IdempotencyKey} {context.Attempt}");
            await gate.PassAsync(context.Serial, cancellation);
            context.WaitUntilFinished();
        }))));

    protected static string Bytes(StoredProcess? stored) =>
        string.Join(' ', stored.ShouldNotBeNull().Parts.Select(part => $"{part.Key} {Convert.ToHexString(part.Content.Span)}"));

    protected static async Task<ProcessInstanceStatus> StatusAsync(WorkflowEngine engine, int id = 1) =>
        (await engine.AsSystem().ReadAsync(new ProcessInstanceId(id))).Status;

    protected static async Task<IReadOnlyList<ProcessRecord>> SetAsideAsync(WorkflowEngine engine) =>
        await engine.AsSystem().FindProcessesAsync(new() { IsSetAside = true });

    protected Task UntilAsync(Func<bool> condition, int milliseconds = 200) => UntilAsync(() => Task.FromResult(condition()), milliseconds);

    /// <summary>Lets the time of the engines pass, in steps of some milliseconds, until something is so.
    /// On a machine that is busy with other things many steps take long.</summary>
    protected async Task UntilAsync(Func<Task<bool>> condition, int milliseconds = 200)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (!await condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            Clock.Advance(TimeSpan.FromMilliseconds(milliseconds));

            // Work that the time has set going comes first, before more of it passes.
            for (var turn = 0; turn < 5; turn++)
            {
                await Task.Run(static () => { });
            }

            // Leases are renewed on threads of their own, which come to their turn like this one.
            await Task.Factory.StartNew(static () => { }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }
}
