namespace Workflow.Core.CrashChild;

/// <summary>The system's clock, put forward. Each process on a database is a minute ahead of the one that was killed before it.
/// So nobody has to wait until the leases of the killed one run out.</summary>
internal sealed class ShiftedClock(int incarnation) : TimeProvider
{
    private volatile int _minutes = incarnation;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromMinutes(_minutes);

    /// <summary>Another process was killed beside this one, and its leases run out.</summary>
    public void PutForward() => _minutes++;
}
