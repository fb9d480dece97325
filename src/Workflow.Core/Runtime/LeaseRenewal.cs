using Workflow.Core.Runtime.Execution;

namespace Workflow.Core.Runtime;

/// <summary>Keeps the leases of an engine alive while it has work under way, on a store that others use too. When it cannot, it cancels the code that runs
/// under them before they run out. Then another engine takes over, and the store refuses what this one still wants to commit (statement 14.3).</summary>
/// <remarks>It is a step that a loop of the executor calls, however busy the host is. The step waits for nothing. The store is asked on a thread apart, because
/// it may hold that thread for as long as it likes. A store that renews asynchronously may still need the pool to hear its answer.</remarks>
internal sealed class LeaseRenewal
{
    /// <summary>How many threads a store may hold that does not return from being asked.
    /// Another would not help it, and it would hold them all some day.</summary>
    private const int MostHeld = 3;

    private static readonly TimeSpan Interval = EngineServices.Lease / 3;

    private readonly EngineServices _services;
    private readonly ActiveTurns _turns;
    private readonly StepLoop _loop;
    private readonly Lock _lock = new();
    private bool _isStarted;

    /// <summary>The present question to the store; null for none.</summary>
    private LeaseQuestion? _asked;

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
        _loop = services.Executor.NewLoop("Workflow.Core leases", Step, exception => Log.NotRenewed(services.Logger, exception), Interval);
    }

    private TimeProvider Clock => _services.Options.Clock;

    /// <summary>How long until the next renewal is due, or until the leases are not certain any more.</summary>
    private TimeSpan Left
    {
        get
        {
            var interval = Interval - Clock.GetElapsedTime(_beganAt);
            var certain = EngineServices.CertainLease - Clock.GetElapsedTime(_certainAt);
            return interval < certain ? interval : certain;
        }
    }

    public void Start()
    {
        if (!_services.IsShared)
        {
            return;
        }

        lock (_lock)
        {
            if (!_isStarted)
            {
                _beganAt = _certainAt = Clock.GetTimestamp();
                _loop.Start();
                _isStarted = true;
            }
        }
    }

    /// <summary>Does what is due: asks the store, looks at its answer, cancels code whose lease is not certain.</summary>
    /// <returns>How long until something is due again, unless the store answers before. Only one caller at a time may call the step.</returns>
    public TimeSpan Step()
    {
        while (true)
        {
            var left = Left;
            if (_asked is { } asked && (asked.HasEnded || left <= TimeSpan.Zero))
            {
                _asked = null;
                EndAsking(asked);
            }
            else if (left > TimeSpan.Zero)
            {
                return left;
            }
            else
            {
                BeginAsking();
            }
        }
    }

    /// <summary>Called when no turn is under way any more: until then, the leases are needed.</summary>
    public async Task StopAsync()
    {
        await _loop.StopAsync().ConfigureAwait(false);
        if (Interlocked.Exchange(ref _asked, null) is { } asked)
        {
            _ = GiveUpAsync(asked);
        }
    }

    private void BeginAsking()
    {
        _beganAt = Clock.GetTimestamp();
        if (!_turns.AreUnderWay)
        {
            _certainAt = _beganAt;
            return;
        }

        // A host that stood still comes too late. The store does not renew leases that were taken over meanwhile, and does not say so either.
        LoseWhenUncertain();
        var asked = _asked = new LeaseQuestion();
        if (Volatile.Read(ref _held) >= MostHeld)
        {
            asked.End(new TimeoutException($"The store has not returned from being asked {MostHeld.Invariant()} times to renew the leases of this engine."));
            return;
        }

        try
        {
            _services.Executor.BeginApart(() => AskAsync(asked));
        }
#pragma warning disable CA1031 // That there is no thread for it now must not end it for good.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            asked.End(exception);
        }
    }

    /// <summary>Asks the store. Nothing escapes it: the answer is looked at by the step, or by nobody.</summary>
    private async Task AskAsync(LeaseQuestion asked)
    {
        Exception? failure = null;
        try
        {
            await AskStore(asked.Patience).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A store that fails for a while must not end it for good.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
        }

        asked.End(failure);
        _loop.Wake();
    }

    private ValueTask AskStore(CancellationToken patience)
    {
        Interlocked.Increment(ref _held);
        try
        {
            return _services.Options.Store.RenewAsync(_services.Owner, EngineServices.Lease, patience);
        }
        finally
        {
            Interlocked.Decrement(ref _held);
        }
    }

    /// <summary>Takes the answer of the store. A store that has not answered by now has failed.</summary>
    private void EndAsking(LeaseQuestion asked)
    {
        _ = GiveUpAsync(asked);
        var failure = asked.HasEnded ? asked.Failure : new TimeoutException($"The store has not renewed the leases of this engine within {Interval}.");
        var isLost = LoseWhenUncertain();
        if (failure is not null)
        {
            // The host's logger may take its time, so it hears of it last.
            Log.NotRenewed(_services.Logger, failure);
        }
        else if (!isLost)
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

    /// <summary>Tells the store that nobody waits for it any more. Its reaction takes its time elsewhere, and harms nobody if it throws.</summary>
    private async Task GiveUpAsync(LeaseQuestion asked)
    {
        await _services.Executor.CancelAsync(asked.Source).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        asked.Source.Dispose();
    }
}
