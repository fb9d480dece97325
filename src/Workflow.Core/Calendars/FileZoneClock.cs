namespace Workflow.Core.Calendars;

/// <summary>The clock of a time zone as the IANA files have it: a table of changes, and a rule for the years after it.</summary>
/// <param name="changes">When the offset changes, ascending, in ticks of UTC.</param>
/// <param name="offsets">The offset before the first change, then the one after each change, in ticks.</param>
/// <param name="rule">The rule after the last change; null when the last offset stays.</param>
internal sealed class FileZoneClock(long[] changes, long[] offsets, ZoneRule? rule) : ZoneClock
{
    public override ZoneSpan At(long instant)
    {
        var found = Array.BinarySearch(changes, instant);
        var index = found >= 0 ? found + 1 : ~found;
        while (index < changes.Length && changes[index] == instant)
        {
            index++;
        }

        var start = index == 0 ? 0 : changes[index - 1];
        return index < changes.Length ? new(start, changes[index], offsets[index])
            : rule is null ? new(start, EndOfTime, offsets[index])
            : ByRule(rule, instant, new(start, EndOfTime, offsets[index]));
    }

    /// <summary>The changes of three years are enough: at least one of them lies before the instant, and one after it.</summary>
    private static ZoneSpan ByRule(ZoneRule rule, long instant, ZoneSpan span)
    {
        var first = span.Start;
        var year = new DateTime(instant).Year;
        foreach (var (change, offset) in Enumerable.Range(year - 1, 3).SelectMany(rule.ChangesIn).OrderBy(change => change.Instant))
        {
            if (change > instant)
            {
                return span with { End = Math.Min(change, EndOfTime) };
            }

            if (change > first)
            {
                span = span with { Start = change, Offset = offset };
            }
        }

        return span;
    }
}
