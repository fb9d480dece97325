using Workflow.Core.Runtime.Execution;

namespace Workflow.Core.Runtime;

/// <summary>Calls the pump again and again: when it has said, or as soon as there may be something to do. Told to stop, it waits for what is under
/// way.</summary>
internal sealed class WorkLoop(WorkPump pump, EngineServices services)
{
    private readonly Lock _lock = new();
    private Signal _armed = services.Executor.NewSignal();
    private Task? _running;

    /// <summary>When the loop looks again unless it is woken, in ticks; the highest number while it works, or waits to be woken.</summary>
    private long _looksAt = long.MaxValue;

    /// <summary>Whether a timer was armed since the loop looked last.</summary>
    private volatile bool _isArmed;

    /// <summary>Is set with the end of the loop that runs; null while none does.</summary>
    private Signal? _loop;

    /// <summary>Whether work is taken up, whoever began it.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_lock)
            {
                return _running is not null || Volatile.Read(ref _loop) is not null;
            }
        }
    }

    /// <summary>Begins to run, if the options say so.</summary>
    public void Start()
    {
        if (!services.Options.TakesUpWork)
        {
            return;
        }

        lock (_lock)
        {
            _running ??= services.Stopping.IsCancellationRequested ? Task.CompletedTask : services.Executor.Begin(() => RunAsync(services.Stopping));
        }
    }

    /// <summary>There may be something to do sooner than it was known.</summary>
    public void Wake() => Volatile.Read(ref _armed).TrySet();

    /// <summary>A timer is armed. Most are due long after the loop looks again, and need not wake it.</summary>
    public void WakeBefore(DateTimeOffset dueAt)
    {
        _isArmed = true;
        if (dueAt.UtcTicks < Volatile.Read(ref _looksAt))
        {
            Wake();
        }
    }

    /// <returns>A task that ends when the loop has, whoever began it; the host has cancelled it before.</returns>
    public Task StopAsync()
    {
        lock (_lock)
        {
            return Task.WhenAll(_running ?? Task.CompletedTask, Volatile.Read(ref _loop)?.Task ?? Task.CompletedTask);
        }
    }

    /// <summary>Takes up work until told to stop: then nothing new is claimed.</summary>
    /// <returns>A task that ends when nothing is under way any more.</returns>
    /// <exception cref="InvalidOperationException">It runs already.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        var loop = services.Executor.NewSignal();
        if (Interlocked.CompareExchange(ref _loop, loop, null) is not null)
        {
            throw new InvalidOperationException("The engine takes up work already. Stop it before you begin again.");
        }

        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, services.Stopping);
            await StepUntilStoppedAsync(either.Token).ConfigureAwait(false);
            await WaitForEndAsync().ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _loop, null);
            loop.TrySet();
        }
    }

    /// <summary>To be told to stop is no failure, so nothing is thrown then: it wakes the loop like anything else.</summary>
    private async Task StepUntilStoppedAsync(CancellationToken stopping)
    {
        using var stops = stopping.UnsafeRegister(static loop => ((WorkLoop)loop!).Wake(), this);
        while (!stopping.IsCancellationRequested)
        {
            var armed = Arm();
            if (stopping.IsCancellationRequested)
            {
                return;
            }

            try
            {
                var wait = await pump.StepAsync(stopping).ConfigureAwait(false) ?? LookAgain();
                Volatile.Write(ref _looksAt, wait is { } known ? (services.Options.Clock.GetUtcNow() + known).UtcTicks : long.MaxValue);
                await (wait is { } longest ? services.Executor.WaitAsync(armed, longest) : armed).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException && stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A store that fails for a while must not end the work for good.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                WorkLog.Interrupted(services.Logger, exception);
                await services.Executor.PauseAsync(pump.LongestWait, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Where timers come and go, each would wake a loop that sleeps until it is woken. So it looks again once before it sleeps so.</summary>
    private TimeSpan? LookAgain()
    {
        var wasArmed = _isArmed;
        _isArmed = false;
        return wasArmed ? pump.LongestWait : null;
    }

    private async Task WaitForEndAsync()
    {
        while (true)
        {
            var ended = Arm();
            if (pump.IsIdle)
            {
                break;
            }

            await ended.ConfigureAwait(false);
        }

        await pump.Claimed.GiveBackOwedAsync().ConfigureAwait(false);
    }

    /// <returns>A task that ends when there may be something to do.</returns>
    private Task Arm()
    {
        var armed = services.Executor.NewSignal();
        Volatile.Write(ref _looksAt, long.MaxValue);
        Volatile.Write(ref _armed, armed);
        return armed.Task;
    }
}
