using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Cases.Playing;

/// <summary>The work that an engine does by itself as time passes. It fires what is due, and does what an earlier engine has left behind. Here the replay says
/// when, since its time is that of the logs.</summary>
public sealed class BackgroundWork(WorkflowEngine engine, CaseClock clock, Auditor auditor, IReplayObserver observer)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimerQuery _next = new() { Limit = 1 };

    /// <summary>Moves the clock from one instant at which something is due to the next, and fires what is due there. A timer that fails is left to the
    /// comparison.</summary>
    /// <param name="end">The last instant to move to.</param>
    public async Task AdvanceAsync(DateTimeOffset end)
    {
        var query = _next;
        while (await engine.FindTimersAsync(query) is [var timer] && timer.DueAt <= end)
        {
            clock.Set(timer.DueAt);
            observer.Due(timer.DueAt);
            await engine.RunDueTimersAsync();
            query = _next with { After = timer };
        }
    }

    /// <summary>Moves the clock as long as anything is due.</summary>
    public Task AdvanceToTheLastAsync() => AdvanceAsync(DateTimeOffset.MaxValue);

    /// <summary>Continues what an engine that died has left in the middle. It waits until no code is left to call in any of the instances that a question
    /// finds. Where the store is shared, that is when the lease has run out.</summary>
    public async Task WaitUntilAtRestAsync(ProcessQuery query)
    {
        var running = query with { Status = ProcessInstanceStatus.Running, IsSetAside = false };
        await engine.RecoverAsync();
        while (await auditor.FindAsync(running).AnyAsync())
        {
            await Task.Delay(_pause);
            await engine.RecoverAsync();
        }
    }
}
