using System.Collections.Concurrent;

namespace Workflow.Core.Calendars;

/// <summary>The clock of a time zone as the runtime of .NET knows it, for systems without files of the IANA data, such as Windows.</summary>
/// <remarks>The runtime gives offsets and no changes. So a year is searched for them, once.</remarks>
internal sealed class SystemZoneClock(TimeZoneInfo zone) : ZoneClock
{
    /// <summary>No two changes of a clock lie so near to each other.</summary>
    private const long Step = 6 * TimeSpan.TicksPerHour;

    private readonly ConcurrentDictionary<int, ZoneSpan[]> _years = new();

    public override ZoneSpan At(long instant)
    {
        foreach (var span in _years.GetOrAdd(new DateTime(instant).Year, Search))
        {
            if (instant < span.End)
            {
                return span;
            }
        }

        throw new WorkflowInvariantException(nameof(At), "a year of a time zone has no gap");
    }

    private ZoneSpan[] Search(int year)
    {
        var spans = new List<ZoneSpan>();
        var end = year == DateTime.MaxValue.Year ? EndOfTime : new DateTime(year + 1, 1, 1).Ticks;
        var start = new DateTime(year, 1, 1).Ticks;
        for (var known = start; known < end;)
        {
            var next = Math.Min(known + Step, end - 1);
            if (Offset(next) != Offset(known))
            {
                next = Change(known, next);
                spans.Add(new(start, next, Offset(known)));
                start = next;
            }

            known = next == end - 1 ? end : next;
        }

        spans.Add(new(start, end, Offset(start)));
        return [.. spans];
    }

    /// <summary>The first second of the second offset, between an instant of the first and one of the second.</summary>
    private long Change(long before, long after)
    {
        var offset = Offset(before);
        while (after - before > TimeSpan.TicksPerSecond)
        {
            var middle = before + ((after - before) / 2 / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond);
            (before, after) = Offset(middle) == offset ? (middle, after) : (before, middle);
        }

        return after;
    }

    private long Offset(long instant) => zone.GetUtcOffset(new DateTime(instant, DateTimeKind.Utc)).Ticks;
}
