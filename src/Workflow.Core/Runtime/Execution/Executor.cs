using System.Runtime.CompilerServices;

namespace Workflow.Core.Runtime.Execution;

/// <summary>The one place through which the runtime begins work, signals, waits and cancels. The engine of a host has the <see cref="ThreadExecutor"/>. A
/// test can use another executor, which runs engines on one thread and moves their clock.</summary>
/// <param name="clock">The clock of the engine.</param>
internal abstract class Executor(TimeProvider clock)
{
    /// <summary>The clock of the engine.</summary>
    public TimeProvider Clock => clock;

    /// <summary>Begins work that outlives its caller. It runs without the flow of the caller: a transaction or a request of the caller must not last as long
    /// as the engine.</summary>
    /// <returns>A task that ends when the work has.</returns>
    public abstract Task Begin(Func<Task> work);

    /// <summary>Begins work that may hold its thread as long as it likes. The work itself deals with its exceptions.</summary>
    public abstract void BeginApart(Func<Task> work);

    /// <summary>Makes a loop that calls a step again and again, however busy everything else is.</summary>
    /// <param name="name">The name of the loop, for whoever looks at threads.</param>
    /// <param name="step">Does what is due and does not wait. It returns how long the loop may wait before the next step.</param>
    /// <param name="failed">Reports what a step has thrown, or the clock.</param>
    /// <param name="pause">How long the loop waits after a failure.</param>
    public abstract StepLoop NewLoop(string name, Func<TimeSpan> step, Action<Exception> failed, TimeSpan pause);

    /// <summary>Calls code of the host on a thread that nobody waits on.</summary>
    public abstract void Call(HostRun code);

    /// <summary>Answers the caller of code elsewhere: the current thread belongs to somebody else.</summary>
    public abstract void Answer(IThreadPoolWorkItem answer);

    /// <summary>Goes on outside of the caller's context, where the engine does not work (statement 14.7b). Without such a context, it goes on at once and costs
    /// nothing.</summary>
    public abstract ConfiguredTaskAwaitable LeaveCallerAsync();

    /// <summary>A signal that is not set.</summary>
    public abstract Signal NewSignal();

    /// <summary>Waits for some time by the clock of the engine.</summary>
    /// <exception cref="OperationCanceledException">Given up.</exception>
    public abstract Task PauseAsync(TimeSpan time, CancellationToken cancellation);

    /// <summary>Waits until a task has ended or some time has passed. The task itself says how it ended. No timer is left behind.</summary>
    public abstract Task WaitAsync(Task ended, TimeSpan longest);

    /// <summary>A timer of the engine's clock. It is not set yet, and rings without the flow of the caller.</summary>
    public abstract ITimer NewAlarm(TimerCallback ring, object state);

    /// <summary>Blocks the caller until some work has ended, for callers that cannot wait in another way. The caller gets the exceptions of the work.</summary>
    public abstract void Block(Func<Task> work);

    /// <summary>Cancels a source. The code that reacts to it runs elsewhere and takes its time.</summary>
    /// <returns>A task that ends when that code has, with what it threw.</returns>
    public abstract Task CancelAsync(CancellationTokenSource source);
}
