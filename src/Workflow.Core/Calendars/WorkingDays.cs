namespace Workflow.Core.Calendars;

/// <summary>Counts working days: dates with an instant of working time (statements 5.5b and 5.7b).</summary>
/// <param name="calendar">The calendar of the time zone.</param>
/// <param name="slotsOn">The slots of a date, which is given by its midnight on the local clock.</param>
internal sealed class WorkingDays(LocalCalendar calendar, Func<long, WorkingSlot[]> slotsOn)
{
    /// <summary>The clock time of an instant on the nth working day after it; for the direction -1, before it. Null when no working day is found.</summary>
    public long? Move(long instant, int days, int direction)
    {
        var local = instant + calendar.Clock.At(instant).Offset;
        var today = ZoneClock.DateOf(local);
        var date = today;
        for (var left = days; left > 0; left--)
        {
            if (Next(date, direction) is not { } next)
            {
                return null;
            }

            date = next;
        }

        return calendar.FirstAt(date + local - today);
    }

    private long? Next(long date, int direction)
    {
        for (var step = 0; step < WorkingStretches.LongestGapInDays; step++)
        {
            date += direction * TimeSpan.TicksPerDay;
            if (date is < 0 or >= ZoneClock.EndOfTime)
            {
                throw calendar.OutOfYears();
            }

            if (slotsOn(date) is { Length: > 0 } slots && HasInstant(date, slots))
            {
                return date;
            }
        }

        return null;
    }

    /// <summary>Whether any instant lies in the slots of a date. The clock can leave out a slot, or the date.</summary>
    private bool HasInstant(long date, WorkingSlot[] slots)
    {
        foreach (var slot in slots)
        {
            var first = calendar.FirstAt(date + slot.Start.Ticks);
            if (first + calendar.Clock.At(first).Offset < date + slot.End.Ticks)
            {
                return true;
            }
        }

        return false;
    }
}
