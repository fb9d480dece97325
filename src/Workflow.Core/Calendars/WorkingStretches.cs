namespace Workflow.Core.Calendars;

/// <summary>Working time as stretches of instants, in ticks of UTC, forwards or backwards from an instant.</summary>
/// <remarks>The walk goes along the spans of the clock and, within each, along local dates and their slots. So the stretches come in order even where the clock
/// goes back over midnight. A slot that a change of the clock shortens, lengthens, cuts in two or leaves out needs no case of its own (statement
/// 5.5b).</remarks>
/// <param name="clock">The clock of the time zone.</param>
/// <param name="slotsOn">The slots of a date, which is given by its midnight on the local clock.</param>
internal sealed class WorkingStretches(ZoneClock clock, Func<long, WorkingSlot[]> slotsOn)
{
    /// <summary>A search ends when it has found no working time for 10 years (statement 5.5d).</summary>
    public const int LongestGapInDays = 3_653;

    public const long LongestGap = LongestGapInDays * TimeSpan.TicksPerDay;

    /// <summary>The stretches after an instant, the earliest first, cut off at the instant.</summary>
    /// <param name="instant">Where to begin.</param>
    /// <param name="until">Where to end; null to end where no more working time is found.</param>
    public IEnumerable<(long Start, long End)> After(long instant, long? until = null)
    {
        var found = instant;
        for (var at = instant; at < ZoneClock.EndOfTime;)
        {
            var span = clock.At(at);
            for (var date = ZoneClock.DateOf(at + span.Offset); date - span.Offset < span.End; date += TimeSpan.TicksPerDay)
            {
                if (date - span.Offset >= (until ?? found + LongestGap))
                {
                    yield break;
                }

                foreach (var slot in slotsOn(date))
                {
                    var start = Math.Max(date + slot.Start.Ticks - span.Offset, at);
                    var end = Math.Min(date + slot.End.Ticks - span.Offset, span.End);
                    if (start < end)
                    {
                        yield return (start, end);
                        found = end;
                    }
                }
            }

            at = span.End;
        }
    }

    /// <summary>The stretches before an instant, the latest first, cut off at the instant.</summary>
    public IEnumerable<(long Start, long End)> Before(long instant)
    {
        var found = instant;
        for (var at = instant; at > 0;)
        {
            var span = clock.At(at - 1);
            for (var date = ZoneClock.DateOf(at - 1 + span.Offset); date + TimeSpan.TicksPerDay - span.Offset > span.Start; date -= TimeSpan.TicksPerDay)
            {
                if (date + TimeSpan.TicksPerDay - span.Offset <= found - LongestGap)
                {
                    yield break;
                }

                var slots = slotsOn(date);
                for (var index = slots.Length - 1; index >= 0; index--)
                {
                    var start = Math.Max(date + slots[index].Start.Ticks - span.Offset, span.Start);
                    var end = Math.Min(date + slots[index].End.Ticks - span.Offset, at);
                    if (start < end)
                    {
                        yield return (start, end);
                        found = start;
                    }
                }
            }

            at = span.Start;
        }
    }
}
