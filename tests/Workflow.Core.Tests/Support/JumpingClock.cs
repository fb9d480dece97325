namespace Workflow.Core.Tests.Support;

/// <summary>A clock whose time of day can jump, as on a machine that slept. Its timers and stamps continue as if nothing had happened. It remembers the longest
/// wait that anybody asked for.</summary>
internal sealed class JumpingClock : TimeProvider
{
    private readonly ManualClock _steady = new();
    private long _jumped;
    private long _longest;

    public TimeSpan LongestWait => TimeSpan.FromTicks(Volatile.Read(ref _longest));

    public override long TimestampFrequency => _steady.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _steady.GetUtcNow().AddTicks(Volatile.Read(ref _jumped));

    public override long GetTimestamp() => _steady.GetTimestamp();

    public void Jump(TimeSpan time) => Interlocked.Add(ref _jumped, time.Ticks);

    public void Advance(TimeSpan time) => _steady.Advance(time);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Note(dueTime);
        return new Watched(this, _steady.CreateTimer(callback, state, dueTime, period));
    }

    private void Note(TimeSpan wait)
    {
        long known;
        while ((known = Volatile.Read(ref _longest)) < wait.Ticks)
        {
            Interlocked.CompareExchange(ref _longest, wait.Ticks, known);
        }
    }

    private sealed class Watched(JumpingClock clock, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Note(dueTime);
            return timer.Change(dueTime, period);
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
