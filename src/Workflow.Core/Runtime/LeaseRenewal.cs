namespace Workflow.Core.Runtime;

/// <summary>Keeps the leases of an engine alive while it has work under way, on a store that others use too. When it cannot, it cancels the code that runs under them
/// before they run out; then another engine takes over, and the store refuses what this one still wants to commit (statement 14.3).</summary>
/// <remarks>It has a thread of its own, since a pool that the host keeps busy would come to it too late. The thread waits by itself, as the timers of the system's
/// clock ring on the pool too; what the time is, the clock of the engine decides all the same, and wakes the thread when it is moved by hand. The store is asked on
/// another thread, as it may hold the one it is asked on for as long as it likes; one that renews asynchronously may still need the pool to hear its answer.</remarks>
internal sealed class LeaseRenewal : IDisposable
{
    /// <summary>How many threads a store may hold that does not return from being asked. Another would not help it, and it would hold them all some day.</summary>
    private const int MostHeld = 3;

    private static readonly TimeSpan Interval = EngineServices.Lease / 3;

    private readonly EngineServices _services;
    private readonly ActiveTurns _turns;
    private readonly CancellationTokenSource _stopped = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly object _lock = new();
    private ITimer? _alarm;

    /// <summary>How many threads the store holds now.</summary>
    private int _held;

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

        End();
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
            Log.NotRenewed(_services.Logger, exception);
        }

        _ended.SetResult();
    }

    private void RenewWhenDue()
    {
        Wait(_beganAt, ended: null);
        _beganAt = Clock.GetTimestamp();
        if (!_turns.AreUnderWay)
        {
            _certainAt = _beganAt;
            return;
        }

        // A host that stood still comes too late. The store does not renew leases that were taken over meanwhile, and does not say so either.
        LoseWhenUncertain();
        var isRenewed = TryRenew();
        if (!LoseWhenUncertain() && isRenewed)
        {
            _certainAt = _beganAt;
        }
    }

    /// <returns>Whether the leases were not certain any more, so that the code is cancelled that runs under them. Code that is called from now on has leases of
    /// its own.</returns>
    private bool LoseWhenUncertain()
    {
        var now = Clock.GetTimestamp();
        if (Clock.GetElapsedTime(_certainAt, now) < EngineServices.CertainLease)
        {
            return false;
        }

        _services.Cancellation.LoseLeases();
        _certainAt = now;
        return true;
    }

    private bool TryRenew()
    {
        var patience = new CancellationTokenSource();
        try
        {
            var renewing = BeginRenewing(patience.Token);
            Wait(_beganAt, renewing);
            if (!renewing.IsCompleted)
            {
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
        finally
        {
            _ = GiveUpAsync(patience);
        }
    }

    /// <exception cref="TimeoutException">The store has not even returned from being asked before.</exception>
    private Task BeginRenewing(CancellationToken patience)
    {
        if (Volatile.Read(ref _held) >= MostHeld)
        {
            throw new TimeoutException($"The store has not returned from being asked {MostHeld.Invariant()} times to renew the leases of this engine.");
        }

        var renewing = Task.Factory.StartNew(
            () => RenewAsync(patience), CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
        _ = renewing.ContinueWith(
            static (ended, renewal) =>
            {
                // Nobody else looks at what becomes of a renewal that was given up.
                _ = ended.Exception;
                ((LeaseRenewal)renewal!).Wake();
            },
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return renewing;
    }

    private async Task RenewAsync(CancellationToken patience)
    {
        Interlocked.Increment(ref _held);
        ValueTask renewing;
        try
        {
            renewing = _services.Options.Store.RenewAsync(_services.Owner, EngineServices.Lease, patience);
        }
        finally
        {
            Interlocked.Decrement(ref _held);
        }

        await renewing.ConfigureAwait(false);
    }

    /// <summary>Tells the store that nobody waits for it any more. Its reaction takes its time elsewhere, and harms nobody if it throws.</summary>
    private static async Task GiveUpAsync(CancellationTokenSource patience)
    {
        await patience.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        patience.Dispose();
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
