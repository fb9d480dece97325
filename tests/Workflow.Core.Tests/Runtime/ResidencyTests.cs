using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Runtime;

namespace Workflow.Core.Tests.Runtime;

/// <summary>Which instances the engine keeps in memory, and what it takes up again.</summary>
[TestFixture]
internal sealed class ResidencyTests
{
    private static readonly ProcessDefinition _waiting = ProcessDefinition.Define(
        "Waiting", process => process.StartsWith(process.Activity("Wait", activity => activity.Waits())));

    private static readonly ProcessDefinition _calling = ProcessDefinition.Define(
        "Calling", process => process.StartsWith(process.Activity("Call", activity => activity.Server("Call", _ => { }))));

    [Test]
    [Statement("14.6")]
    public async Task No_more_instances_stay_in_memory_than_the_option_says([Values(0, 1, 3)] int resident)
    {
        await using var engine = await OpenAsync(new WatchedStore(), resident, _waiting);

        for (var number = 1; number <= 10; number++)
        {
            await engine.AsSystem().StartAsync("Waiting");
            Runners(engine).Count.ShouldBe(Math.Min(number, resident));
        }

        Runners(engine).Keys.ShouldBe(Enumerable.Range(11 - resident, resident).Select(id => (long)id), ignoreOrder: true);
    }

    /// <summary>The first was dropped, the last was not.</summary>
    [Test]
    [Statement("14.6")]
    public async Task An_instance_that_was_dropped_from_memory_is_loaded_for_its_next_command()
    {
        var store = new WatchedStore();
        var loaded = new ConcurrentQueue<long>();
        await using var engine = await OpenAsync(store, resident: 2, _waiting);
        for (var number = 1; number <= 5; number++)
        {
            await engine.AsSystem().StartAsync("Waiting");
        }

        store.BeforeLoad = id =>
        {
            loaded.Enqueue(id.Value);
            return Task.CompletedTask;
        };
        await engine.AsSystem().FinishAsync(new SerialNumber(new ProcessInstanceId(5), 1));
        await engine.AsSystem().FinishAsync(new SerialNumber(new ProcessInstanceId(1), 1));

        loaded.ShouldBe([1L]);
    }

    [Test]
    [Statement("14.6")]
    public async Task An_instance_that_has_ended_leaves_memory_at_once([Values(0, 1000)] int resident)
    {
        await using var engine = await OpenAsync(new WatchedStore(), resident, _waiting, _calling);
        (await engine.AsSystem().StartAsync("Calling")).Status.ShouldBe(ProcessInstanceStatus.Completed);
        Runners(engine).ShouldBeEmpty();

        var id = (await engine.AsSystem().StartAsync("Waiting")).Id;
        await engine.AsSystem().FinishAsync(new SerialNumber(id, 1));

        Runners(engine).ShouldBeEmpty();
    }

    [Test]
    [Statement("14.6")]
    public async Task Commands_on_unknown_instances_leave_nothing_behind([Values] bool isCancelled)
    {
        await using var engine = await OpenAsync(new WatchedStore(), resident: 1000, _waiting);
        var cancellation = new CancellationToken(isCancelled);

        for (var number = 1; number <= 20; number++)
        {
            var serial = new SerialNumber(new ProcessInstanceId(number), 1);
            var refused = await Should.ThrowAsync<Exception>(() => engine.AsSystem().FinishAsync(serial, cancellation: cancellation).AsTask());
            refused.ShouldBeAssignableTo(isCancelled ? typeof(OperationCanceledException) : typeof(ServerItemNotFoundException));
        }

        Runners(engine).ShouldBeEmpty();
    }

    /// <summary>More than two pages of the store.</summary>
    [Test]
    [Statement("14.4")]
    public async Task Every_pending_instance_is_taken_up_however_many_there_are([Values(99, 100, 101, 250)] int pending)
    {
        var store = await PendingAsync(pending, _calling);
        await using var engine = await OpenAsync(store, resident: 1000, _calling);

        (await engine.RecoverAsync()).ShouldBe(pending);

        (await store.FindProcessesAsync(new() { Status = ProcessInstanceStatus.Running }, CancellationToken.None)).ShouldBeEmpty();
        (await engine.RecoverAsync()).ShouldBe(0);
    }

    /// <summary>Those that stay pending are tried once each, and keep nobody behind them from being taken up.</summary>
    [Test]
    [Statement("14.4")]
    public async Task Pending_instances_that_cannot_be_taken_up_are_tried_once_each()
    {
        var store = await PendingAsync(250, _calling);
        var loaded = new ConcurrentQueue<long>();
        store.BeforeLoad = id =>
        {
            loaded.Enqueue(id.Value);
            throw new IOException("the disk is gone");
        };
        await using var without = await OpenAsync(store, resident: 1000, _calling);

        (await without.RecoverAsync()).ShouldBe(0);

        loaded.ShouldBe(Enumerable.Range(1, 250).Select(id => (long)id));
        Runners(without).ShouldBeEmpty();
    }

    private static async Task<WatchedStore> PendingAsync(int count, ProcessDefinition definition)
    {
        var store = new WatchedStore
        {
            BeforeCommit = (_, commit) => commit.ExpectedVersion > 0 ? throw new IOException("The disk is full.") : Task.CompletedTask,
        };
        await using var engine = await OpenAsync(store, resident: 1000, definition);
        for (var number = 0; number < count; number++)
        {
            await Should.ThrowAsync<CommandPartlyStoredException>(() => engine.AsSystem().StartAsync(definition.Name).AsTask());
        }

        store.BeforeCommit = null;
        return store;
    }

    private static async Task<WorkflowEngine> OpenAsync(WatchedStore store, int resident, params ProcessDefinition[] definitions)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            options.Store = store;
            options.TakesUpWork = false;
            options.ResidentInstances = resident;
        });
        foreach (var definition in definitions)
        {
            await engine.DeployAsync(definition);
        }

        return engine;
    }

    private static ConcurrentDictionary<long, InstanceRunner> Runners(WorkflowEngine engine) => RunnersOf(TableOf(HostOf(engine)));

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_host")]
    private static extern ref ProcessHost HostOf(WorkflowEngine engine);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_table")]
    private static extern ref InstanceTable TableOf(ProcessHost host);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_runners")]
    private static extern ref ConcurrentDictionary<long, InstanceRunner> RunnersOf(InstanceTable table);
}
