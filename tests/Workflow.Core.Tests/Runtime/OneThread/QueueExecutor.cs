using System.Runtime.CompilerServices;
using Workflow.Core.Runtime;
using Workflow.Core.Runtime.Execution;

namespace Workflow.Core.Tests.Runtime.OneThread;

/// <summary>Runs an engine on the thread of the test. Work that the engine begins waits in a queue until the test drains it:
/// a host that stands still is one that is not drained.</summary>
internal sealed class QueueExecutor(TimeProvider clock) : Executor(clock)
{
    /// <summary>An engine that does more at one instant runs in a circle.</summary>
    private const int MostAtOnce = 10_000;

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly Queue<Action> _queue = [];

    /// <summary>Sources that are to be cancelled. The token of a source that is cancelled says so at once, so they come first.</summary>
    private readonly Queue<Action> _cancelled = [];

    /// <summary>Work that came from a thread that is not the test's.</summary>
    public int Strays { get; private set; }

    /// <summary>How much waits.</summary>
    public int Waiting => _queue.Count + _cancelled.Count;

    /// <summary>Does what waits, and what comes of it, until nothing is left to do at this instant.</summary>
    public void Drain()
    {
        SynchronizationContext.Current.ShouldBeNull("code that goes on would leave the thread");
        for (var done = 0; _cancelled.TryDequeue(out var work) || _queue.TryDequeue(out work); done++)
        {
            done.ShouldBeLessThan(MostAtOnce);
            work();
        }
    }

    /// <summary>Does what waits. Afterwards the task has ended.</summary>
    public T Get<T>(ValueTask<T> ending) => Get(ending.AsTask());

    /// <summary>Does what waits. Afterwards the task has ended.</summary>
    public T Get<T>(Task<T> ending)
    {
        End(ending);
        return ending.Result;
    }

    /// <summary>Does what waits. Afterwards the task has ended.</summary>
    public void End(Task ending)
    {
        Drain();
        ending.IsCompleted.ShouldBeTrue("nothing is left to do, and it has not ended");
        ending.GetAwaiter().GetResult();
    }

    public override Task Begin(Func<Task> work)
    {
        var ended = new TaskCompletionSource();
        Post(_queue, () => _ = RunAsync(work, ended));
        return ended.Task;
    }

    public override void BeginApart(Func<Task> work) => Post(_queue, () => _ = work());

    public override StepLoop NewLoop(string name, Func<TimeSpan> step, Action<Exception> failed, TimeSpan pause) => new QueueLoop(this, step, failed, pause);

    public override void Call(HostRun code) => Post(_queue, () => code.Execute(worker: null));

    public override void Answer(IThreadPoolWorkItem answer) => Post(_queue, answer.Execute);

    public override ConfiguredTaskAwaitable LeaveCallerAsync() => Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.None);

    public override Signal NewSignal() => new QueueSignal(this);

    public override async Task PauseAsync(TimeSpan time, CancellationToken cancellation)
    {
        var over = NewSignal();
        await using var alarm = NewAlarm(static over => ((Signal)over!).TrySet(), over);
        await using var given = cancellation.UnsafeRegister(static (over, token) => ((Signal)over!).TryCancel(token), over);
        alarm.Change(time, Timeout.InfiniteTimeSpan);
        await over.Task;
    }

    public override async Task WaitAsync(Task ended, TimeSpan longest)
    {
        using var overslept = new CancellationTokenSource();
        await Task.WhenAny(ended, PauseAsync(longest, overslept.Token));
        await CancelAsync(overslept);
    }

    public override ITimer NewAlarm(TimerCallback ring, object state) =>
        Clock.CreateTimer(_ => Post(_queue, () => ring(state)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public override void Block(Func<Task> work) => End(work());

    public override Task CancelAsync(CancellationTokenSource source)
    {
        var ended = new TaskCompletionSource();
        Post(_cancelled, () => Cancel(source, ended));
        return ended.Task;
    }

    private void Post(Queue<Action> queue, Action work)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            Strays++;
            throw new InvalidOperationException("The engine has left the thread of the test.");
        }

        queue.Enqueue(work);
    }

    private static async Task RunAsync(Func<Task> work, TaskCompletionSource ended)
    {
        try
        {
            await work();
            ended.SetResult();
        }
#pragma warning disable CA1031 // Any exception is told to the one who awaits it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ended.SetException(exception);
        }
    }

    private static void Cancel(CancellationTokenSource source, TaskCompletionSource ended)
    {
        try
        {
            source.Cancel();
            ended.SetResult();
        }
#pragma warning disable CA1031 // Any exception is told to the one who awaits it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ended.SetException(exception);
        }
    }

    /// <summary>Code that waits for the signal goes on from the queue.</summary>
    private sealed class QueueSignal(QueueExecutor executor) : Signal(TaskCreationOptions.None)
    {
        private bool _isSet;

        public override bool TrySet() => TryEnd(() => base.TrySet());

        public override bool TryCancel(CancellationToken cancellation) => TryEnd(() => base.TryCancel(cancellation));

        private bool TryEnd(Func<bool> end)
        {
            if (_isSet)
            {
                return false;
            }

            _isSet = true;
            executor.Post(executor._queue, () => end());
            return true;
        }
    }

    private sealed class QueueLoop(QueueExecutor executor, Func<TimeSpan> step, Action<Exception> failed, TimeSpan pause) : StepLoop
    {
        private ITimer? _alarm;
        private bool _isPosted;
        private bool _isStopped;

        public override void Start()
        {
            if (!_isStopped)
            {
                _alarm ??= executor.NewAlarm(static loop => ((QueueLoop)loop!).Wake(), this);
                Wake();
            }
        }

        public override void Wake()
        {
            if (_alarm is not null && !_isStopped && !_isPosted)
            {
                _isPosted = true;
                executor.Post(executor._queue, Step);
            }
        }

        public override Task StopAsync()
        {
            _isStopped = true;
            _alarm?.Dispose();
            return Task.CompletedTask;
        }

        private void Step()
        {
            _isPosted = false;
            if (!_isStopped)
            {
                _alarm!.Change(WaitAfterStep(), Timeout.InfiniteTimeSpan);
            }
        }

        private TimeSpan WaitAfterStep()
        {
            try
            {
                return step();
            }
#pragma warning disable CA1031 // As in a host, a step that fails is repeated after a pause.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failed(exception);
                return pause;
            }
        }
    }
}
