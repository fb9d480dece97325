namespace Workflow.Core.Calendars;

/// <summary>The clock of a time zone: what it is ahead of UTC, at every instant of the years 1 to 9999.</summary>
internal abstract class ZoneClock
{
    /// <summary>The first tick that no clock reaches.</summary>
    public const long EndOfTime = 3_155_378_976_000_000_000;

    /// <summary>The span that an instant lies in. Two spans beside each other may have the same offset.</summary>
    /// <param name="instant">Ticks of UTC, from 0 to before <see cref="EndOfTime"/>.</param>
    public abstract ZoneSpan At(long instant);

    /// <summary>The midnight at which the date of a local time begins.</summary>
    public static long DateOf(long local)
    {
        var time = local % TimeSpan.TicksPerDay;
        return local - (time < 0 ? time + TimeSpan.TicksPerDay : time);
    }
}
