using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Client;

[TestFixture]
public sealed class ShutdownTests
{
    private static async Task<WorkflowEngine> EngineAsync(IProcessStore store, params ProcessDefinition[] definitions)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            options.Store = store;
            options.TakesUpWork = false;
        });
        foreach (var definition in definitions)
        {
            await engine.DeployAsync(definition);
        }

        return engine;
    }

    private static async Task<Exception?> OutcomeOf(Task task)
    {
        await ((Task)task.ContinueWith(_ => { }, TaskScheduler.Default)).ConfigureAwait(false);
        return task.Exception?.InnerException;
    }

    [Test]
    [Statement("14.4")]
    public async Task A_call_that_a_shutdown_interrupts_is_made_again_and_no_completed_one_is()
    {
        var called = new List<string>();
        var gate = new Gate();
        var store = new InMemoryProcessStore();
        var definition = Approvals.Gated(() => gate, called);
        var first = await EngineAsync(store, definition);
        var starting = first.As("dora").StartAsync("Gated").AsTask();
        var id = (await gate.Reached).ProcessInstance;

        await first.DisposeAsync();
        await OutcomeOf(starting);
        called.Count.ShouldBe(2);
        gate = new Gate();
        gate.Open();
        await using var second = await EngineAsync(store, definition);

        (await second.RecoverAsync()).ShouldBe(1);
        (await second.As("dora").ReadAsync(id)).Status.ShouldBe(ProcessInstanceStatus.Completed);
        called.Select(call => call.Split(' ')[0]).ShouldBe(["Before", "Hold", "Hold", "After"]);
        called[2].Split(' ')[1].ShouldBe(called[1].Split(' ')[1], "the idempotency key is the same");
        (await second.RecoverAsync()).ShouldBe(0);
    }

    [Test]
    [Statement("14.4")]
    public async Task A_call_that_a_crash_interrupts_is_made_again_and_no_completed_one_is()
    {
        var called = new List<string>();
        var gate = new Gate();
        var spy = new SpyStore();
        var definition = Approvals.Gated(() => gate, called);
        var first = await EngineAsync(spy, definition);
        var starting = first.As("dora").StartAsync("Gated").AsTask();
        var id = (await gate.Reached).ProcessInstance;
        spy.IsDead = true;
        var zombie = gate;
        gate = new Gate();
        gate.Open();

        await using var second = await EngineAsync(spy.Inner, definition);
        (await second.RecoverAsync()).ShouldBe(1);

        (await second.As("dora").ReadAsync(id)).Status.ShouldBe(ProcessInstanceStatus.Completed);
        called.Select(call => call.Split(' ')[0]).ShouldBe(["Before", "Hold", "Hold", "After"]);
        called[2].ShouldBe($"Hold {called[1].Split(' ')[1]} 2", "the same key, the second call");
        var before = (await spy.Inner.LoadAsync(id, CancellationToken.None))!.Version;
        zombie.Open();
        (await OutcomeOf(starting)).ShouldNotBeNull("what was not stored must not be acknowledged");
        (await spy.Inner.LoadAsync(id, CancellationToken.None))!.Version.ShouldBe(before);
        await first.DisposeAsync();
    }

    [Test]
    [Statement("14.5")]
    public async Task A_finish_that_was_stored_early_survives_a_crash()
    {
        var gate = new Gate();
        var spy = new SpyStore();
        var definition = ProcessDefinition.Define("Paying", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Pay", activity => activity.Server("Order", async (context, cancellation) =>
            {
                context.WaitUntilFinished();
                await gate.PassAsync(context.Serial, cancellation);
            })));
        });
        var first = await EngineAsync(spy, definition);
        var starting = first.As("dora").StartAsync("Paying").AsTask();
        var serial = await gate.Reached;
        (await first.As("bank").FinishAsync(serial)).ShouldBe(FinishReceipt.Stored);
        spy.IsDead = true;
        var zombie = gate;
        gate = new Gate();
        gate.Open();

        await using var second = await EngineAsync(spy.Inner, definition);
        (await second.RecoverAsync()).ShouldBe(1);

        (await second.As("dora").ReadAsync(serial.ProcessInstance)).Status.ShouldBe(ProcessInstanceStatus.Completed);
        zombie.Open();
        await OutcomeOf(starting);
        await first.DisposeAsync();
    }

    [Test]
    [Statement("14.5")]
    public async Task Waiting_instances_outlive_the_engine([Values(1, 3)] int restarts)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approvals.Approval);
        var id = (await bed.StartAsync("dora", start => start.Set(Approvals.Purpose, "travel"))).Id;
        await bed.FinishAsync("bank", new SerialNumber(id, 1), finish => finish.Set(Approvals.Granted, true));
        var before = await bed.StoredBytesAsync(id);

        for (var restart = 0; restart < restarts; restart++)
        {
            (await bed.RestartAsync()).ShouldBe(0);
        }

        (await bed.StoredBytesAsync(id)).ShouldBe(before);
        await bed.FinishAsync("bank", new SerialNumber(id, 2));
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("14.5")]
    public async Task An_instance_whose_definition_is_not_deployed_is_left_for_later()
    {
        var gate = new Gate();
        var store = new InMemoryProcessStore();
        var first = await EngineAsync(store, Approvals.Gated(() => gate));
        var starting = first.As("dora").StartAsync("Gated").AsTask();
        var id = (await gate.Reached).ProcessInstance;
        await first.DisposeAsync();
        await OutcomeOf(starting);
        gate = new Gate();
        gate.Open();

        await using (var without = await EngineAsync(store, Approvals.Approval))
        {
            (await without.RecoverAsync()).ShouldBe(0);
        }

        await using var second = await EngineAsync(store, Approvals.Gated(() => gate));
        (await second.RecoverAsync()).ShouldBe(1);
        (await second.As("dora").ReadAsync(id)).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("14.8")]
    public async Task An_engine_that_was_stopped_refuses_commands_and_can_be_stopped_again()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approvals.Approval);
        var id = (await bed.StartAsync("dora", start => start.Set(Approvals.Purpose, "travel"))).Id;
        var dora = bed.Engine.As("dora");

        await bed.Engine.DisposeAsync();
        await bed.Engine.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(async () => await dora.StartAsync("Approval", start => start.Set(Approvals.Purpose, "travel")));
        await Should.ThrowAsync<ObjectDisposedException>(async () => await bed.Engine.As("bank").FinishAsync(new SerialNumber(id, 1)));
        (await bed.Store.LoadAsync(new(id.Value + 1), CancellationToken.None)).ShouldBeNull();
    }
}
