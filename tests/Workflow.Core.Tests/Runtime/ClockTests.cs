using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Runtime;

/// <summary>A wait that was worked out once is wrong when the clock jumps: nobody waits for long without a look at it.</summary>
[TestFixture]
internal sealed class ClockTests
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(15);

    [Test]
    [Statement("14.7b")]
    public async Task An_item_wakes_although_the_machine_slept_through_its_instant([Values] bool isShared)
    {
        var clock = new JumpingClock();
        var store = new InMemoryProcessStore(clock);
        await using var engine = await OpenAsync(clock, isShared ? new SharedStore(store) : store);
        var started = await engine.AsSystem().StartAsync("Asking");
        await (await engine.As("A").Worklist.OpenAsync(new SerialNumber(started.Id, 1))).SleepAsync(TimeSpan.FromHours(1));
        (await engine.FindTimersAsync()).ShouldHaveSingleItem();

        clock.Jump(TimeSpan.FromHours(2));
        await UntilAsync(clock, async () => (await engine.FindTimersAsync()).Count == 0);

        clock.LongestWait.ShouldBeLessThanOrEqualTo(_longest);
    }

    [Test]
    [Statement("14.7b")]
    public async Task No_wait_is_longer_than_fifteen_seconds_whatever_may_take_long()
    {
        var clock = new JumpingClock();
        var gate = new Gate();
        var engine = await OpenAsync(clock, new SharedStore(new InMemoryProcessStore(clock)), gate);
        var starting = engine.AsSystem().StartAsync("Gated").AsTask();
        var serial = await gate.Reached;
        clock.Advance(TimeSpan.FromSeconds(15));

        var stopping = engine.DisposeAsync().AsTask();
        await UntilAsync(clock, () => Task.FromResult(stopping.IsCompleted));

        (await starting).Id.ShouldBe(serial.ProcessInstance);
        clock.LongestWait.ShouldBeInRange(TimeSpan.FromTicks(1), _longest);
    }

    [Test]
    [Statement("14.7b")]
    public void The_engine_cannot_be_told_to_look_for_work_less_often() =>
        Should.Throw<ArgumentException>(() => WorkflowEngine.Create(options => options.PollInterval = TimeSpan.FromSeconds(16))).Message.ShouldContain("15");

    private static async Task<WorkflowEngine> OpenAsync(JumpingClock clock, IProcessStore store, Gate? gate = null)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            options.Clock = clock;
            options.Store = store;
            options.StopTimeout = TimeSpan.FromMinutes(2);
            options.PollInterval = TimeSpan.FromSeconds(15);
        });
        await engine.DeployAsync(ProcessDefinition.Define("Asking", process => process.OpenToAll().StartsWith(process.Activity(
            "Ask", activity => activity.Destinations(to => to.Users("A")).Client("Decide", task => task.Action("Approve"))))));
        await engine.DeployAsync(ProcessDefinition.Define("Gated", process => process.OpenToAll().StartsWith(process.Activity(
            "Call", activity => activity.Server("Outside", async (context, cancellation) => await gate!.PassAsync(context.Serial, cancellation))))));
        return engine;
    }

    private static async Task UntilAsync(JumpingClock clock, Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Run(static () => { });
        }
    }
}
