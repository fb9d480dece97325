using Workflow.Core.Runtime.Execution;

namespace Workflow.Core.Runtime;

/// <summary>Watches the calls of the host's code that have begun and not ended, and tells those whose time is over.</summary>
/// <remarks>All calls of an engine have one timer. It stays set when a call ends, and rings once for nothing:
/// calls that return soon would otherwise set and unset a timer each.</remarks>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable",
    Justification = "The timer rings no more once no code runs, and the longest wait for that is short.")]
internal sealed class HostWatch
{
    private readonly Lock _lock = new();
    private readonly AbandonedCalls _abandoned;
    private readonly long _origin;
    private HostRun? _first;
    private ITimer? _timer;

    /// <summary>When the timer rings; the largest value for never.</summary>
    private TimeSpan _ringsAt = TimeSpan.MaxValue;

    public HostWatch(Executor executor, AbandonedCalls abandoned)
    {
        Executor = executor;
        _abandoned = abandoned;
        _origin = executor.Clock.GetTimestamp();
    }

    /// <summary>By which code is called, told and answered.</summary>
    public Executor Executor { get; }

    private TimeSpan Now => Executor.Clock.GetElapsedTime(_origin);

    /// <summary>The time of the code begins now.</summary>
    /// <returns>False when nobody wants the call any more; then the code must not be called.</returns>
    public bool TryBegin(HostRun run)
    {
        lock (_lock)
        {
            if (run.IsCancelled)
            {
                run.Phase = HostPhase.Ended;
                return false;
            }

            Add(run);
            return true;
        }
    }

    /// <summary>The time of code that was called in place begins now.</summary>
    public void Begin(HostRun run)
    {
        lock (_lock)
        {
            Add(run);
        }

        if (run.IsCancelled)
        {
            Interrupt(run);
        }
    }

    /// <summary>The code has ended.</summary>
    /// <param name="run">Its call.</param>
    /// <param name="exception">The exception that it threw; null for none. It is logged when nobody waits for it any more.</param>
    /// <returns>Whether somebody still waits for the answer.</returns>
    public bool End(HostRun run, Exception? exception)
    {
        HostPhase phase;
        lock (_lock)
        {
            phase = run.Phase;
            run.Phase = HostPhase.Ended;
            if (phase is HostPhase.Running or HostPhase.Left)
            {
                Remove(run);
            }
        }

        if (phase is HostPhase.Running)
        {
            return true;
        }

        if (phase is HostPhase.Hanging)
        {
            _abandoned.Remove(run.Element);
        }

        _abandoned.Report(run.Name, exception);
        return false;
    }

    /// <summary>Nobody wants the call any more. That says nothing of the code: it hangs only when it has not ended once its time is over.</summary>
    public void Interrupt(HostRun run)
    {
        lock (_lock)
        {
            if (run.Phase is not HostPhase.Running)
            {
                return;
            }

            run.Phase = HostPhase.Left;
        }

        run.AnswerElsewhere(HostEnd.Interrupted);
    }

    private void Add(HostRun run)
    {
        run.Phase = HostPhase.Running;
        run.Before = null;
        run.After = _first;
        if (_first is not null)
        {
            _first.Before = run;
        }

        _first = run;
        run.Until = TimeSpan.MaxValue;
        if (run.Limit != Timeout.InfiniteTimeSpan)
        {
            var now = Now;
            run.Until = now + run.Limit;
            SetTimer(run.Until, now);
        }
    }

    private void Remove(HostRun run)
    {
        if (run.Before is { } before)
        {
            before.After = run.After;
        }
        else
        {
            _first = run.After;
        }

        if (run.After is { } after)
        {
            after.Before = run.Before;
        }
    }

    private void SetTimer(TimeSpan until, TimeSpan now)
    {
        if (until >= _ringsAt)
        {
            return;
        }

        _timer ??= Executor.NewAlarm(static watch => ((HostWatch)watch!).Ring(), this);

        // A machine may sleep meanwhile, so no wait is longer than the longest.
        var wait = WaitTimes.Longest(until - now);
        _ringsAt = now + wait;
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Looks whose time is over.</summary>
    private void Ring()
    {
        var over = new List<(HostRun Run, bool IsWanted)>();
        lock (_lock)
        {
            var now = Now;
            var next = TimeSpan.MaxValue;
            for (var run = _first; run is not null; run = run.After)
            {
                if (run.Until > now)
                {
                    next = run.Until < next ? run.Until : next;
                    continue;
                }

                over.Add((run, run.Phase is HostPhase.Running));
                run.Phase = HostPhase.Hanging;
                _abandoned.Add(run.Element);
                Remove(run);
            }

            _ringsAt = TimeSpan.MaxValue;
            SetTimer(next, now);
        }

        foreach (var (run, isWanted) in over)
        {
            if (isWanted)
            {
                run.AnswerElsewhere(run.IsCancelled ? HostEnd.Interrupted : HostEnd.TookTooLong);
            }

            run.Tell();
        }
    }
}
