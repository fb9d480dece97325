namespace Workflow.Core.Runtime;

/// <summary>Waits for one call of the host's code, until it has ended, its time is over, or nobody wants it any more; then the code is told.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Code that was left behind may still ask the token; without a timer there is nothing to dispose of.")]
internal sealed class HostWait
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly TimeSpan _limit;
    private readonly CancellationToken _cancelled;
    private readonly CancellationTokenRegistration _following;
    private readonly CancellationTokenSource _told = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _beganAt;
    private ITimer? _timer;
    private bool _isClosed;

    public HostWait(TimeProvider clock, TimeSpan limit, CancellationToken cancelled)
    {
        _clock = clock;
        _limit = limit;
        _cancelled = cancelled;
        _following = cancelled.UnsafeRegister(static wait => ((HostWait)wait!).End(), this);
    }

    /// <summary>What the code is told by.</summary>
    public CancellationToken Token => _told.Token;

    /// <summary>Whether the time is over.</summary>
    public bool IsOver => _over.Task.IsCompleted;

    /// <summary>Ends when the time is over.</summary>
    public Task Over => _over.Task;

    /// <summary>Whether it can be used for one more call: nobody was told anything, and it ends by the same token.</summary>
    public bool IsFreshFor(CancellationToken cancelled) => _cancelled == cancelled && !cancelled.IsCancellationRequested && !_told.IsCancellationRequested;

    /// <exception cref="OperationCanceledException">Nobody wants the call any more.</exception>
    public void ThrowIfGivenUp()
    {
        _cancelled.ThrowIfCancellationRequested();
        _told.Token.ThrowIfCancellationRequested();
    }

    /// <summary>The time of the code begins now.</summary>
    public void Begin()
    {
        if (_limit == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        lock (_lock)
        {
            if (_isClosed)
            {
                return;
            }

            _beganAt = _clock.GetTimestamp();
            _timer = _clock.CreateTimer(static wait => ((HostWait)wait!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        Ring();
    }

    public async ValueTask UntilAsync(Task running)
    {
        if (!running.IsCompleted)
        {
            running.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => _ended.TrySetResult());
            await _ended.Task.ConfigureAwait(false);
        }
    }

    /// <summary>Nobody waits any more, and no time runs.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
        }

        _timer?.Dispose();
        _following.Unregister();
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

        _over.TrySetResult();
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
