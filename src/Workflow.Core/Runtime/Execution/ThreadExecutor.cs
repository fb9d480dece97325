using System.Runtime.CompilerServices;

namespace Workflow.Core.Runtime.Execution;

/// <summary>Runs an engine on the threads of its host. It uses the pool, and threads of its own if a busy pool would come too late.</summary>
/// <param name="clock">The clock of the engine.</param>
internal sealed class ThreadExecutor(TimeProvider clock) : Executor(clock)
{
    private readonly HostThreads _threads = new();

    /// <inheritdoc/>
    public override Task Begin(Func<Task> work)
    {
        using var none = WithoutFlow();
        return Task.Run(work, CancellationToken.None);
    }

    /// <inheritdoc/>
    public override void BeginApart(Func<Task> work) =>
        _ = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    /// <inheritdoc/>
    public override StepLoop NewLoop(string name, Func<TimeSpan> step, Action<Exception> failed, TimeSpan pause) =>
        new ThreadLoop(Clock, name, step, failed, pause);

    /// <inheritdoc/>
    public override void Call(HostRun code) => _threads.Queue(code);

    /// <inheritdoc/>
    public override void Answer(IThreadPoolWorkItem answer) => ThreadPool.UnsafeQueueUserWorkItem(answer, preferLocal: false);

    /// <inheritdoc/>
    public override ConfiguredTaskAwaitable LeaveCallerAsync() => CallerContext.LeaveAsync();

    /// <inheritdoc/>
    public override Signal NewSignal() => new PoolSignal();

    /// <inheritdoc/>
    public override Task PauseAsync(TimeSpan time, CancellationToken cancellation) => Task.Delay(time, Clock, cancellation);

    /// <inheritdoc/>
    public override async Task WaitAsync(Task ended, TimeSpan longest) =>
        await ended.WaitAsync(longest, Clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <inheritdoc/>
    public override ITimer NewAlarm(TimerCallback ring, object state)
    {
        using var none = WithoutFlow();
        return Clock.CreateTimer(ring, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public override void Block(Func<Task> work) => Task.Run(work).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override Task CancelAsync(CancellationTokenSource source) => source.CancelAsync();

    /// <summary>Until it is disposed of, nothing that begins here has the flow of the caller.</summary>
    public static AsyncFlowControl? WithoutFlow() => ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();

    /// <summary>The code that waits for the signal continues on the pool.</summary>
    private sealed class PoolSignal() : Signal(TaskCreationOptions.RunContinuationsAsynchronously);
}
