namespace Workflow.Core.Testing;

/// <summary>A clock that moves only when you move it, and then rings its timers.</summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now;

    /// <summary>Creates a clock.</summary>
    /// <param name="start">The instant that it shows at first.</param>
    public ManualTimeProvider(DateTimeOffset start) => _now = start.ToUniversalTime();

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock forward, and rings what becomes due on the way, in order, each at its own instant.</summary>
    /// <param name="time">How far; not negative.</param>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        var end = GetUtcNow() + time;
        while (Next(end) is { } due)
        {
            due.Ring();
        }

        Set(end);
    }

    /// <summary>Puts the clock to an instant without ringing anything, back included: hosts' clocks do jump.</summary>
    /// <param name="instant">The instant.</param>
    public void Set(DateTimeOffset instant)
    {
        lock (_gate)
        {
            _now = instant.ToUniversalTime();
        }
    }

    internal void Schedule(ManualTimer timer, TimeSpan dueTime)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                timer.DueAt = _now + dueTime;
                _timers.Add(timer);
            }
        }
    }

    /// <summary>The timer that is due first, with the clock put to its instant; null when none is due by then.</summary>
    private ManualTimer? Next(DateTimeOffset end)
    {
        lock (_gate)
        {
            var due = _timers.Where(timer => timer.DueAt <= end).MinBy(timer => timer.DueAt);
            if (due is not null)
            {
                _timers.Remove(due);
                _now = due.DueAt > _now ? due.DueAt : _now;
            }

            return due;
        }
    }
}
