namespace Workflow.Core.Tests.Calendars;

/// <summary>Working time, minute by minute. Each minute of a window of UTC has the time of the local clock. It also says whether that clock time is in a slot
/// of its local date. Every answer is found by walking over the minutes one at a time.</summary>
/// <remarks>Minutes are enough: slots begin and end on whole minutes, and since 1972 the clocks of all zones change on them, by whole minutes. A minute is
/// working time or it is not, and amounts inside of it are taken tick by tick. An answer is null when the walk leaves the window: nobody knows it.</remarks>
internal sealed class WorkingTimeOracle
{
    private const int Day = 1_440;
    private const long Minute = TimeSpan.TicksPerMinute;

    private readonly int _first;
    private readonly int[] _clock;
    private readonly bool[] _isWorking;
    private readonly HashSet<int> _workingDates = [];

    /// <summary>Marks the minutes of a window. Minutes and dates are counted from the first of January of the year 1, as <see cref="DateTime"/> does.</summary>
    public WorkingTimeOracle(HoursPlan hours, OracleClock zone, DateTimeOffset from, DateTimeOffset until)
    {
        _first = (int)(from.UtcTicks / Minute);
        _clock = new int[(int)(until.UtcTicks / Minute) - _first];
        _isWorking = new bool[_clock.Length];
        var changes = zone.Changes.Select(change => (Minute: change.At.UtcTicks / Minute, Offset: (int)change.After.TotalMinutes)).ToArray();
        var change = 0;
        var offset = (int)zone.First.TotalMinutes;
        var (date, workingDate) = (-1, -1);
        (int Start, int End)[] slots = [];
        for (var index = 0; index < _clock.Length; index++)
        {
            for (; change < changes.Length && changes[change].Minute <= _first + index; change++)
            {
                offset = changes[change].Offset;
            }

            _clock[index] = _first + index + offset;
            if (_clock[index] / Day != date)
            {
                date = _clock[index] / Day;
                slots = hours.MinutesOn(DateOnly.FromDayNumber(date));
            }

            _isWorking[index] = IsInside(slots, _clock[index] % Day);
            if (_isWorking[index] && workingDate != date)
            {
                workingDate = date;
                _workingDates.Add(date);
            }
        }
    }

    private static bool IsInside((int Start, int End)[] slots, int minute)
    {
        foreach (var (start, end) in slots)
        {
            if (start <= minute && minute < end)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the clock time of an instant lies in a slot of its date.</summary>
    public bool IsWorking(DateTimeOffset instant) => _isWorking[IndexOf(instant)];

    /// <summary>The clock of an instant.</summary>
    public DateTime ClockAt(DateTimeOffset instant) => new((_clock[IndexOf(instant)] * Minute) + (instant.UtcTicks % Minute));

    /// <summary>The days first, then the time from there (5.7b).</summary>
    public DateTimeOffset? Add(DateTimeOffset from, int days, TimeSpan time)
    {
        DateTimeOffset? start = from;
        if (days > 0)
        {
            start = ClockTimeOn(WorkingDate(from, days, step: 1), from) is { } clock ? IsInsideOrAtTheEnd(clock) ? clock : Next(clock) : null;
        }

        return start is { } reached && time > TimeSpan.Zero ? AddTime(reached, time.Ticks) : start;
    }

    /// <summary>The mirror image of <see cref="Add"/> (5.7d).</summary>
    public DateTimeOffset? Subtract(DateTimeOffset from, int days, TimeSpan time)
    {
        DateTimeOffset? start = from;
        if (days > 0)
        {
            start = ClockTimeOn(WorkingDate(from, days, step: -1), from) is { } clock ? Previous(clock) : null;
        }

        return start is { } reached && time > TimeSpan.Zero ? SubtractTime(reached, time.Ticks) : start;
    }

    /// <summary>The working time between two instants; negative when the second is the earlier one.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset until)
    {
        if (until < from)
        {
            return -Between(until, from);
        }

        var ticks = 0L;
        for (var index = IndexOf(from); index < _clock.Length && StartOf(index) < until.UtcTicks; index++)
        {
            if (_isWorking[index])
            {
                ticks += Math.Min(StartOf(index + 1), until.UtcTicks) - Math.Max(StartOf(index), from.UtcTicks);
            }
        }

        return TimeSpan.FromTicks(ticks);
    }

    /// <summary>The instant itself in working time, else the start of the next one.</summary>
    public DateTimeOffset? Next(DateTimeOffset instant)
    {
        if (IsWorking(instant))
        {
            return instant;
        }

        for (var index = IndexOf(instant); index < _clock.Length; index++)
        {
            if (_isWorking[index])
            {
                return At(StartOf(index));
            }
        }

        return null;
    }

    /// <summary>The instant itself in working time or at its end, else the end of the last one before.</summary>
    public DateTimeOffset? Previous(DateTimeOffset instant)
    {
        if (IsInsideOrAtTheEnd(instant))
        {
            return instant;
        }

        for (var index = IndexOf(instant); index >= 0; index--)
        {
            if (_isWorking[index])
            {
                return At(StartOf(index + 1));
            }
        }

        return null;
    }

    /// <summary>The instant of a clock time: the first with that clock time; when there is none, the first with a later one (5.2b).</summary>
    public DateTimeOffset? InstantOf(DateTime clock)
    {
        // No clock is two days away from UTC.
        var wanted = (int)(clock.Ticks / Minute);
        var start = wanted - _first - (2 * Day);
        var end = wanted - _first + (2 * Day);
        if (start < 0 || end > _clock.Length)
        {
            return null;
        }

        for (var index = start; index < end; index++)
        {
            if (_clock[index] == wanted)
            {
                return At(StartOf(index) + (clock.Ticks % Minute));
            }
        }

        for (var index = start; index < end; index++)
        {
            if (_clock[index] > wanted)
            {
                return At(StartOf(index));
            }
        }

        return null;
    }

    /// <summary>The first instant of a date; when there is none, the first of a later date (5.2b).</summary>
    public DateTimeOffset? StartOf(DateOnly date)
    {
        // No clock is two days away from UTC.
        var start = (date.DayNumber * Day) - _first - (2 * Day);
        for (var index = start; index >= 0 && index < _clock.Length; index++)
        {
            if (_clock[index] / Day >= date.DayNumber)
            {
                return At(StartOf(index));
            }
        }

        return null;
    }

    private DateTimeOffset? AddTime(DateTimeOffset from, long ticks)
    {
        for (var index = IndexOf(from); index < _clock.Length; index++)
        {
            if (_isWorking[index])
            {
                var start = Math.Max(StartOf(index), from.UtcTicks);
                var length = StartOf(index + 1) - start;
                if (ticks <= length)
                {
                    return At(start + ticks);
                }

                ticks -= length;
            }
        }

        return null;
    }

    private DateTimeOffset? SubtractTime(DateTimeOffset from, long ticks)
    {
        for (var index = IndexOf(from); index >= 0; index--)
        {
            if (_isWorking[index])
            {
                var end = Math.Min(StartOf(index + 1), from.UtcTicks);
                var length = end - StartOf(index);
                if (ticks <= length)
                {
                    return At(end - ticks);
                }

                ticks -= length;
            }
        }

        return null;
    }

    /// <summary>The n-th working day after or before the local date of an instant. The window cuts its own first and last dates: nobody knows those.</summary>
    private int? WorkingDate(DateTimeOffset from, int days, int step)
    {
        var (earliest, latest) = ((_clock[0] / Day) + 2, (_clock[^1] / Day) - 2);
        for (var date = (_clock[IndexOf(from)] / Day) + step; date >= earliest && date <= latest; date += step)
        {
            if (_workingDates.Contains(date) && --days == 0)
            {
                return date;
            }
        }

        return null;
    }

    private DateTimeOffset? ClockTimeOn(int? date, DateTimeOffset from) =>
        date is { } day ? InstantOf(new DateTime(day * TimeSpan.TicksPerDay) + ClockAt(from).TimeOfDay) : null;

    /// <summary>The instant at which working time ends counts as inside of it (5.7b).</summary>
    private bool IsInsideOrAtTheEnd(DateTimeOffset instant)
    {
        var index = IndexOf(instant);
        return _isWorking[index] || (index > 0 && _isWorking[index - 1] && StartOf(index) == instant.UtcTicks);
    }

    private int IndexOf(DateTimeOffset instant)
    {
        var index = (int)((instant.UtcTicks / Minute) - _first);
        return index >= 0 && index < _clock.Length ? index : throw new ArgumentOutOfRangeException(nameof(instant), instant, "The window is too small.");
    }

    private long StartOf(int index) => (_first + index) * Minute;

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);
}
