namespace Cases.Playing;

/// <summary>The time of the logs. Each lane of the replay stands at the instant of the step that it takes; everybody else is told the latest of
/// them.</summary>
/// <remarks>Only what time it is comes from here: timeouts and the engine's own pauses are real time, as in any host.</remarks>
public sealed class CaseClock : TimeProvider
{
    private readonly AsyncLocal<DateTimeOffset?> _ofLane = new();
    private long _latest = DateTimeOffset.UnixEpoch.UtcTicks;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => _ofLane.Value ?? new DateTimeOffset(Volatile.Read(ref _latest), TimeSpan.Zero);

    /// <summary>The lane that calls goes on to an instant.</summary>
    public void Set(DateTimeOffset instant)
    {
        _ofLane.Value = instant.ToUniversalTime();
        AdvanceTo(instant);
    }

    /// <summary>For everybody outside of a lane, it is this instant at least.</summary>
    public void AdvanceTo(DateTimeOffset instant)
    {
        long latest;
        while ((latest = Volatile.Read(ref _latest)) < instant.UtcTicks && Interlocked.CompareExchange(ref _latest, instant.UtcTicks, latest) != latest)
        {
        }
    }
}
