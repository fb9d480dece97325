namespace Workflow.Core.Runtime.Execution;

/// <summary>Calls a step on a thread of its own, since a pool that the host keeps busy would come to it too late.</summary>
/// <remarks>The thread waits by itself, as the timers of the system's clock ring on the pool too. The clock of the engine still decides what the time is: it
/// wakes the thread when it is moved by hand.</remarks>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The thread disposes of the alarm when it ends.")]
internal sealed class ThreadLoop(TimeProvider clock, string name, Func<TimeSpan> step, Action<Exception> failed, TimeSpan pause) : StepLoop
{
    private readonly object _lock = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _alarm;
    private bool _isWoken;
    private bool _isStopped;

    /// <summary>Whether there is a thread. It is there once the alarm is.</summary>
    private bool _isStarted;

    /// <inheritdoc/>
    public override void Start()
    {
        lock (_lock)
        {
            if (_isStarted || _isStopped)
            {
                return;
            }

            using var none = ThreadExecutor.WithoutFlow();
            _alarm ??= clock.CreateTimer(static loop => ((ThreadLoop)loop!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

            // Without the flow of the caller, which must not last as long as the engine.
            new Thread(Run) { IsBackground = true, Name = name }.UnsafeStart();
            _isStarted = true;
        }
    }

    /// <inheritdoc/>
    public override void Wake()
    {
        lock (_lock)
        {
            _isWoken = true;
            Monitor.PulseAll(_lock);
        }
    }

    /// <inheritdoc/>
    public override Task StopAsync()
    {
        lock (_lock)
        {
            _isStopped = true;
            Monitor.PulseAll(_lock);
            return _isStarted ? _ended.Task : Task.CompletedTask;
        }
    }

    private void Run()
    {
        while (!IsStopped())
        {
            try
            {
                var began = clock.GetTimestamp();
                Wait(began, step());
            }
#pragma warning disable CA1031 // Nothing that goes wrong here may end the host.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failed(exception);
                WaitWithoutClock();
            }
        }

        End();
    }

    private bool IsStopped()
    {
        lock (_lock)
        {
            return _isStopped;
        }
    }

    private void Wait(long began, TimeSpan time)
    {
        lock (_lock)
        {
            if (time > TimeSpan.Zero && !_isWoken && !_isStopped)
            {
                // A clock that is moved by hand may have passed the instant before the alarm was set to it.
                _alarm!.Change(time, Timeout.InfiniteTimeSpan);
                if (clock.GetElapsedTime(began) < time)
                {
                    Monitor.Wait(_lock, WaitTimes.Longest(time));
                }
            }

            _isWoken = false;
        }
    }

    /// <summary>Not even the clock may answer, so the pause is taken without it.</summary>
    private void WaitWithoutClock()
    {
        lock (_lock)
        {
            if (!_isStopped && !_isWoken)
            {
                Monitor.Wait(_lock, pause);
            }

            _isWoken = false;
        }
    }

    private void End()
    {
        try
        {
            _alarm!.Dispose();
        }
#pragma warning disable CA1031 // The clock is the host's, and what it throws on this thread would end the host.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failed(exception);
        }

        _ended.SetResult();
    }
}
