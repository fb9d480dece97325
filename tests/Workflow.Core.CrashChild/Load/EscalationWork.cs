using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Workflow.Core.CrashChild.Load;

/// <summary>The work of a host on escalations.</summary>
internal static class EscalationWork
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Starts an instance of each definition.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="tell">Told of each instance that was started.</param>
    public static async Task ArmAsync(WorkflowEngine engine, Action<ProcessInstanceId> tell)
    {
        await Task.WhenAll(Escalating.Names.Select(async name => tell((await engine.As(Escalating.Originator).StartAsync(name)).Id)));
    }

    /// <summary>Fires what is due.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="clock">The clock of the engine.</param>
    /// <param name="inTurn">Whether one after the other.</param>
    public static async Task FireAsync(WorkflowEngine engine, TimeProvider clock, bool inTurn)
    {
        if (inTurn)
        {
            await engine.RunDueTimersAsync();
            await engine.RecoverAsync();
            return;
        }

        using var stopping = new CancellationTokenSource();
        var work = engine.RunAsync(stopping.Token);
        await engine.RecoverAsync();
        await WaitAsync(engine, clock);
        await stopping.CancelAsync();
        await work;
    }

    /// <summary>Waits until nothing is due, and no code is to be called.</summary>
    public static async Task WaitAsync(WorkflowEngine engine, TimeProvider clock)
    {
        while (await IsAnythingLeftAsync(engine, clock))
        {
            await Task.Delay(_pause);
        }
    }

    private static async Task<bool> IsAnythingLeftAsync(WorkflowEngine engine, TimeProvider clock) =>
        (await engine.FindTimersAsync(new TimerQuery { DueUntil = clock.GetUtcNow(), Limit = 1 })).Count > 0
        || (await engine.AsSystem().FindProcessesAsync(new ProcessQuery { Status = ProcessInstanceStatus.Running, Limit = 1 })).Count > 0;
}
