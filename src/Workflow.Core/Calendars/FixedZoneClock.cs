namespace Workflow.Core.Calendars;

/// <summary>A clock that is always the same amount ahead of UTC.</summary>
internal sealed class FixedZoneClock(TimeSpan offset) : ZoneClock
{
    public override ZoneSpan At(long instant) => new(0, EndOfTime, offset.Ticks);
}
