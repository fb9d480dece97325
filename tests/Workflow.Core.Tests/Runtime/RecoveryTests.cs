using Workflow.Core.Instances;
using Workflow.Core.Runtime;

namespace Workflow.Core.Tests.Runtime;

/// <summary>Recovery on a store that others use too: what it does not get to is left to them.</summary>
[TestFixture]
internal sealed class RecoveryTests : SharedStoreFixture
{
    [Test]
    [Statement("14.4")]
    public async Task An_instance_that_takes_long_keeps_no_other_from_other_engines()
    {
        await LeaveBehindAsync(3);
        var slow = new Gate();
        var one = await OpenAsync(new SharedStore(Store), gate: slow);
        var recovering = one.RecoverAsync().AsTask();
        (await slow.Reached).ProcessInstance.Value.ShouldBe(1);
        Gate.Open();

        var other = await OpenAsync(new SharedStore(Store), options => options.TakesUpWork = true);
        await UntilAsync(
            async () => await StatusAsync(other, 2) is ProcessInstanceStatus.Active && await StatusAsync(other, 3) is ProcessInstanceStatus.Active);

        recovering.IsCompleted.ShouldBeFalse();
        slow.Open();
        (await recovering).ShouldBe(1);
        Calls.Count.ShouldBe(6);
    }

    [Test]
    [Statement("14.4")]
    public async Task All_that_is_left_behind_is_taken_up_in_the_order_of_the_numbers()
    {
        await LeaveBehindAsync(3);
        Gate.Open();
        Calls.Clear();
        var view = new SharedStore(Store) { Damage = (new ProcessInstanceId(2), _ => throw new IOException("The disk does not answer.")) };
        var engine = await OpenAsync(view);

        (await engine.RecoverAsync()).ShouldBe(2);
        view.Damage = null;
        (await engine.RecoverAsync()).ShouldBe(1);

        Calls.ShouldBe(["1-1 2", "3-1 2", "2-1 2"]);
    }

    /// <summary>The engine holds the lease, so nobody else would ever come to it.</summary>
    [Test]
    [Statement("14.4")]
    public async Task The_engines_own_unfinished_work_is_not_forgotten_when_recovery_is_given_up()
    {
        using var patience = new CancellationTokenSource();
        var view = new SharedStore(Store);
        var engine = await OpenAsync(view);
        var starting = engine.AsSystem().StartAsync("Shared").AsTask();
        await Gate.Reached;
        view.IsCutOff = true;
        Gate.Open();
        await Should.ThrowAsync<CommandPartlyStoredException>(() => starting);
        view.IsCutOff = false;
        view.Damage = (new ProcessInstanceId(1), _ =>
        {
            patience.Cancel();
            throw new OperationCanceledException(patience.Token);
        });

        await Should.ThrowAsync<OperationCanceledException>(() => engine.RecoverAsync(patience.Token).AsTask());
        view.Damage = null;

        (await engine.RecoverAsync()).ShouldBe(1);
        Calls.ShouldBe(["1-1 1", "1-1 2"]);
    }

    /// <summary>An engine that takes up work recovers it in the background, and a host that begins does not wait for code.</summary>
    [Test]
    [Statement("14.4")]
    public async Task An_engine_that_takes_up_work_does_not_wait_for_the_code_that_it_calls([Values] bool isShared)
    {
        const int Left = 40;
        await LeaveBehindAsync(Left);
        var slow = new Gate();
        var engine = await OpenAsync(new SharedStore(Store) { IsShared = isShared }, options => options.TakesUpWork = true, slow);

        var released = await engine.RecoverAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));

        // Where others use the store too, this engine begins with as many as it has room for, unless it has begun already by itself.
        released.ShouldBeInRange(isShared ? 0 : Left, Left);
        await slow.Reached;
        (await StatusAsync(engine)).ShouldBe(ProcessInstanceStatus.Running);
        slow.Open();
        await UntilAsync(async () => (await engine.AsSystem().FindProcessesAsync(new() { Status = ProcessInstanceStatus.Running })).Count == 0);
        Calls.Count.ShouldBe(2 * Left);
    }
}
