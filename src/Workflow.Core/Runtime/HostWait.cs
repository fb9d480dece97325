namespace Workflow.Core.Runtime;

/// <summary>Waits for one call of the host's code, until it has ended, its time is over, or nobody wants it any more; then the code is told.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Code that was left behind may still ask the token; without a timer there is nothing to dispose of.")]
internal sealed class HostWait
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _limit;
    private readonly CancellationToken _cancelled;
    private readonly CancellationTokenSource _told = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _beganAt;
    private ITimer? _timer;
    private volatile bool _isOver;

    public HostWait(TimeProvider clock, TimeSpan limit, CancellationToken cancelled)
    {
        _clock = clock;
        _limit = limit;
        _cancelled = cancelled;
        _beganAt = clock.GetTimestamp();
    }

    /// <summary>What the code is told by.</summary>
    public CancellationToken Token => _told.Token;

    /// <summary>Whether the time is over.</summary>
    public bool IsOver => _isOver;

    public async ValueTask UntilAsync(Task running)
    {
        if (running.IsCompleted)
        {
            return;
        }

        running.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => _ended.TrySetResult());
        var following = _cancelled.UnsafeRegister(static wait => ((HostWait)wait!).End(), this);
        if (_limit != Timeout.InfiniteTimeSpan)
        {
            _timer = _clock.CreateTimer(static wait => ((HostWait)wait!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Ring();
        }

        await _ended.Task.ConfigureAwait(false);
        _timer?.Dispose();
        following.Unregister();
    }

    /// <summary>Looks whether the time is over. No wait is longer than the longest: a machine may sleep meanwhile.</summary>
    private void Ring()
    {
        var left = _limit - _clock.GetElapsedTime(_beganAt);
        if (left > TimeSpan.Zero)
        {
            _timer!.Change(Patience.Longest(left), Timeout.InfiniteTimeSpan);
            return;
        }

        _isOver = true;
        End();
    }

    /// <summary>Waits no longer, and tells the code. The reaction of the code takes its time elsewhere, and harms nobody if it throws.</summary>
    private void End()
    {
        if (_ended.TrySetResult())
        {
            _ = TellAsync();
        }
    }

    private async Task TellAsync() => await _told.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
