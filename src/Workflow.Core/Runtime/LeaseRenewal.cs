namespace Workflow.Core.Runtime;

/// <summary>Keeps the leases of an engine alive while it has work under way, on a store that others use too. When it cannot, it cancels the code that runs under them
/// before they run out; then another engine takes over, and the store refuses what this one still wants to commit (statement 14.3).</summary>
/// <remarks>It has a thread of its own, since a pool that the host keeps busy would come to it too late. The thread waits by itself, as the timers of the system's
/// clock ring on the pool too; what the time is, the clock of the engine decides all the same, and wakes the thread when it is moved by hand. A store that renews
/// asynchronously may still need the pool to hear its answer.</remarks>
internal sealed class LeaseRenewal : IDisposable
{
    private static readonly TimeSpan Interval = EngineServices.Lease / 3;

    private readonly EngineServices _services;
    private readonly ActiveTurns _turns;
    private readonly CancellationTokenSource _stopped = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly object _lock = new();
    private ITimer? _alarm;

    /// <summary>When the last renewal began.</summary>
    private long _beganAt;

    /// <summary>When the leases were certain last: they were renewed, or none was held.</summary>
    private long _certainAt;

    public LeaseRenewal(EngineServices services, ActiveTurns turns)
    {
        _services = services;
        _turns = turns;
    }

    private TimeProvider Clock => _services.Options.Clock;

    public void Start()
    {
        lock (_lock)
        {
            if (!_services.IsShared || _alarm is not null || _stopped.IsCancellationRequested)
            {
                return;
            }

            _beganAt = _certainAt = Clock.GetTimestamp();
            _alarm = Clock.CreateTimer(static renewal => ((LeaseRenewal)renewal!).Wake(), this, Interval, Timeout.InfiniteTimeSpan);
        }

        // Without the flow of the caller, which must not last as long as the engine.
        new Thread(Run) { IsBackground = true, Name = "Workflow.Core leases" }.UnsafeStart();
    }

    /// <summary>Called when no turn is under way any more: until then, the leases are needed.</summary>
    public async Task StopAsync()
    {
        await _stopped.CancelAsync().ConfigureAwait(false);
        Wake();
        bool isRunning;
        lock (_lock)
        {
            isRunning = _alarm is not null;
        }

        await (isRunning ? _ended.Task : Task.CompletedTask).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _alarm?.Dispose();
        _stopped.Dispose();
    }

    private void Run()
    {
        while (!_stopped.IsCancellationRequested)
        {
            try
            {
                RenewWhenDue();
            }
#pragma warning disable CA1031 // Nothing that goes wrong here may end the host.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                // Not even the clock answers, so the pause is taken without it.
                Log.NotRenewed(_services.Logger, exception);
                _stopped.Token.WaitHandle.WaitOne(Interval);
            }
        }

        _alarm!.Dispose();
        _ended.SetResult();
    }

    private void RenewWhenDue()
    {
        Wait(_beganAt, ended: null);
        _beganAt = Clock.GetTimestamp();
        if (!_turns.AreUnderWay || TryRenew())
        {
            _certainAt = _beganAt;
        }
        else if (Clock.GetElapsedTime(_certainAt) >= EngineServices.CertainLease)
        {
            _services.Cancellation.LoseLeases();
            _certainAt = _beganAt;
        }
    }

    private bool TryRenew()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stopped.Token);
        try
        {
            var renewing = _services.Options.Store.RenewAsync(_services.Owner, EngineServices.Lease, patience.Token).AsTask();
            _ = renewing.ContinueWith(
                static (_, renewal) => ((LeaseRenewal)renewal!).Wake(), this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            Wait(_beganAt, renewing);
            if (!renewing.IsCompleted)
            {
                patience.Cancel();
                throw new TimeoutException($"The store has not renewed the leases of this engine within {Interval}.");
            }

            renewing.GetAwaiter().GetResult();
            return true;
        }
#pragma warning disable CA1031 // A store that fails for a while must not end it for good.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!_stopped.IsCancellationRequested)
            {
                Log.NotRenewed(_services.Logger, exception);
            }

            return false;
        }
    }

    /// <summary>Waits until an interval has passed since an instant, until the leases are not certain any more, until something has ended, or until the engine
    /// stops.</summary>
    private void Wait(long since, Task? ended)
    {
        lock (_lock)
        {
            while (!_stopped.IsCancellationRequested && ended is not { IsCompleted: true } && Left(since) is { Ticks: > 0 } left)
            {
                // A clock that is moved by hand may have passed the instant before the alarm was set to it.
                _alarm!.Change(left, Timeout.InfiniteTimeSpan);
                if (Left(since) > TimeSpan.Zero)
                {
                    Monitor.Wait(_lock, left);
                }
            }
        }
    }

    private TimeSpan Left(long since)
    {
        var interval = Interval - Clock.GetElapsedTime(since);
        var certain = EngineServices.CertainLease - Clock.GetElapsedTime(_certainAt);
        return interval < certain ? interval : certain;
    }

    private void Wake()
    {
        lock (_lock)
        {
            Monitor.PulseAll(_lock);
        }
    }
}
