namespace Workflow.Core.Calendars;

/// <summary>When people work: weekly hours on the clock of a time zone, holidays, and dates with hours of their own. A value that never changes
/// (statements 5.5 to 5.7d).</summary>
/// <remarks>
/// <para>Three amounts of time have three names. A <see cref="TimeSpan"/> added to an instant is elapsed time. <see cref="LocalCalendar.AddDays"/> counts
/// calendar days. <see cref="Add"/> counts working days and working time.</para>
/// <para>An instant is working time when its local clock time lies in a slot of its local date. So a night in which the clock goes forward is an hour
/// shorter.</para>
/// </remarks>
/// <example>
/// <code>
/// var office = WorkingHours.Define("Office", "Europe/Lisbon", hours =&gt; hours
///     .On(DayOfWeek.Monday, DayOfWeek.Friday, "09:00-12:00", "13:00-17:00")
///     .Holiday(new DateOnly(2026, 12, 25))
///     .Special(new DateOnly(2026, 12, 24), "09:00-12:00"));
///
/// var due = office.Add(clock.GetUtcNow(), workingDays: 2);
/// </code>
/// </example>
public sealed class WorkingHours : IEquatable<WorkingHours>
{
    private readonly WorkingSlot[][] _week;
    private readonly SortedDictionary<DateOnly, WorkingSlot[]> _dates;
    private readonly WorkingStretches _stretches;
    private readonly WorkingDays _days;
    private readonly string _text;

    internal WorkingHours(string name, LocalCalendar calendar, WorkingSlot[][] week, SortedDictionary<DateOnly, WorkingSlot[]> dates, string text)
    {
        Name = name;
        Calendar = calendar;
        _week = week;
        _dates = dates;
        _text = text;
        _stretches = new(calendar.Clock, SlotsOn);
        _days = new(calendar, SlotsOn);
    }

    /// <summary>The name that messages show and process definitions use.</summary>
    public string Name { get; }

    /// <summary>The calendar of the time zone.</summary>
    public LocalCalendar Calendar { get; }

    /// <summary>Defines working hours.</summary>
    /// <param name="name">The name.</param>
    /// <param name="timeZone">The time zone, as <see cref="LocalCalendar.In"/> takes it.</param>
    /// <param name="hours">Says when people work.</param>
    /// <returns>The working hours.</returns>
    /// <exception cref="CalendarException">The name cannot be one, the time zone is unknown, a slot cannot be meant, or there is no working time. The message
    /// names everything that is wrong.</exception>
    public static WorkingHours Define(string name, string timeZone, Action<WorkingHoursBuilder> hours)
    {
        ArgumentNullException.ThrowIfNull(timeZone);
        ArgumentNullException.ThrowIfNull(hours);
        var builder = new WorkingHoursBuilder();
        hours(builder);
        return builder.Build(name, timeZone);
    }

    /// <summary>The working hours that an application's configuration holds.</summary>
    /// <param name="name">The name.</param>
    /// <param name="settings">What the configuration holds.</param>
    /// <returns>The working hours.</returns>
    /// <exception cref="CalendarException">As for <see cref="Define"/>; also when a day or a date cannot be read.</exception>
    public static WorkingHours From(string name, WorkingHoursSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var builder = new WorkingHoursBuilder();
        settings.Describe(builder);
        return builder.Build(name, settings.TimeZone ?? "");
    }

    /// <summary>The slots of a date, in order: those of its special hours, none on a holiday, and the weekly ones otherwise (statement 5.5).</summary>
    /// <param name="date">The date on the local clock.</param>
    /// <returns>The slots. A change of the clock may cut off some of their time.</returns>
    public IReadOnlyList<WorkingSlot> SlotsOn(DateOnly date) => _dates.TryGetValue(date, out var slots) ? slots : _week[(int)date.DayOfWeek];

    /// <summary>Whether an instant is working time. The start of a slot is, and its end is not (statement 5.5b).</summary>
    /// <param name="instant">The instant.</param>
    /// <returns>True in working time.</returns>
    public bool IsWorkingTime(DateTimeOffset instant) => IsWorking(instant.UtcTicks);

    /// <summary>Adds working days, then working time.</summary>
    /// <remarks>
    /// <para>Working days keep the clock time: two days after Monday 15:00 is Wednesday 15:00. Outside working time the result moves to the next start
    /// (statement 5.7b).</para>
    /// <para>Working time gives the earliest instant by which that much has passed, which can be a closing time (statement 5.7c). Nothing added is the start
    /// itself.</para>
    /// </remarks>
    /// <param name="from">The start.</param>
    /// <param name="workingDays">How many working days, 0 or more.</param>
    /// <param name="workingTime">How much working time comes after the days, 0 or more.</param>
    /// <returns>The instant, shown on the local clock.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative: use <see cref="Subtract"/>.</exception>
    /// <exception cref="CalendarException">No working time is found within 10 years (statement 5.5d), or the result is after the year 9999.</exception>
    public DateTimeOffset Add(DateTimeOffset from, int workingDays = 0, TimeSpan workingTime = default) => Move(from, workingDays, workingTime, 1);

    /// <summary>Subtracts working days, then working time: the mirror image of <see cref="Add"/> (statement 5.7d).</summary>
    /// <param name="from">The base.</param>
    /// <param name="workingDays">How many working days, 0 or more. Outside working time the result moves back to the last end.</param>
    /// <param name="workingTime">How much working time comes before the days, 0 or more. The result is the latest instant with that much left.</param>
    /// <returns>The instant, shown on the local clock.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative: use <see cref="Add"/>.</exception>
    /// <exception cref="CalendarException">No working time is found within 10 years (statement 5.5d), or the result is before the year 1.</exception>
    public DateTimeOffset Subtract(DateTimeOffset from, int workingDays = 0, TimeSpan workingTime = default) => Move(from, workingDays, workingTime, -1);

    /// <summary>The working time between two instants.</summary>
    /// <param name="from">The first instant.</param>
    /// <param name="until">The second instant.</param>
    /// <returns>The working time; negative when the second instant is before the first.</returns>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset until)
    {
        if (until < from)
        {
            return -Between(until, from);
        }

        var total = 0L;
        foreach (var (start, end) in _stretches.After(from.UtcTicks, until.UtcTicks))
        {
            total += Math.Max(0, Math.Min(end, until.UtcTicks) - start);
        }

        return new(total);
    }

    /// <summary>The first instant of working time that is not before an instant: the instant itself in working time.</summary>
    /// <param name="instant">The instant.</param>
    /// <returns>The instant of working time, shown on the local clock.</returns>
    /// <exception cref="CalendarException">No working time is found within 10 years (statement 5.5d).</exception>
    public DateTimeOffset NextWorkingInstant(DateTimeOffset instant) => Calendar.Shown(NextStart(instant.UtcTicks));

    /// <summary>The last instant that is not after an instant and lies in working time or ends it: the instant itself if it does either.</summary>
    /// <param name="instant">The instant.</param>
    /// <returns>The instant, shown on the local clock.</returns>
    /// <exception cref="CalendarException">No working time is found within 10 years (statement 5.5d).</exception>
    public DateTimeOffset PreviousWorkingInstant(DateTimeOffset instant) =>
        Calendar.Shown(IsInside(instant.UtcTicks) ? instant.UtcTicks : LastEnd(instant.UtcTicks));

    /// <summary>Whether both mean the same: name, time zone, hours and dates.</summary>
    /// <param name="other">The other working hours.</param>
    /// <returns>True if they mean the same.</returns>
    public bool Equals(WorkingHours? other) => other is not null && string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WorkingHours);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The name, the time zone, the hours of each day of the week, and the dates that differ.</summary>
    /// <returns>The text, on one line.</returns>
    public override string ToString() => _text;

    /// <summary>Days come first, then working time from there, in one direction or in the other (statements 5.7 and 5.7d).</summary>
    /// <param name="from">The start.</param>
    /// <param name="workingDays">How many working days.</param>
    /// <param name="workingTime">How much working time.</param>
    /// <param name="direction">1 for forwards, -1 for backwards.</param>
    private DateTimeOffset Move(DateTimeOffset from, int workingDays, TimeSpan workingTime, int direction)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workingDays);
        ArgumentOutOfRangeException.ThrowIfLessThan(workingTime, TimeSpan.Zero);
        var at = from.UtcTicks;
        if (workingDays > 0)
        {
            at = _days.Move(at, workingDays, direction) ?? throw NothingFound(at);
            at = IsInside(at) ? at : direction > 0 ? NextStart(at) : LastEnd(at);
        }

        var left = workingTime.Ticks;
        if (left == 0)
        {
            return Calendar.Shown(at);
        }

        foreach (var (start, end) in direction > 0 ? _stretches.After(at) : _stretches.Before(at))
        {
            if (left <= end - start)
            {
                return Calendar.Shown(direction > 0 ? start + left : end - left);
            }

            left -= end - start;
        }

        throw NothingFound(at);
    }

    private bool IsWorking(long instant)
    {
        var local = instant + Calendar.Clock.At(instant).Offset;
        var date = ZoneClock.DateOf(local);
        return SlotsOn(date).Any(slot => local - date >= slot.Start.Ticks && local - date < slot.End.Ticks);
    }

    /// <summary>Whether an instant lies in working time or is its end, which a day may lead to (statement 5.7b).</summary>
    private bool IsInside(long instant) => IsWorking(instant) || (instant > 0 && IsWorking(instant - 1));

    private long NextStart(long instant)
    {
        foreach (var stretch in _stretches.After(instant))
        {
            return stretch.Start;
        }

        throw NothingFound(instant);
    }

    private long LastEnd(long instant)
    {
        foreach (var stretch in _stretches.Before(instant))
        {
            return stretch.End;
        }

        throw NothingFound(instant);
    }

    /// <summary>The slots of a date that is given by its midnight; none outside the years 1 to 9999.</summary>
    private WorkingSlot[] SlotsOn(long date)
    {
        if (date is < 0 or >= ZoneClock.EndOfTime)
        {
            return [];
        }

        var day = DateOnly.FromDayNumber((int)(date / TimeSpan.TicksPerDay));
        return _dates.TryGetValue(day, out var slots) ? slots : _week[(int)day.DayOfWeek];
    }

    private CalendarException NothingFound(long instant) =>
        instant < WorkingStretches.LongestGap || instant > ZoneClock.EndOfTime - WorkingStretches.LongestGap
            ? Calendar.OutOfYears()
            : new(
                $"The working hours '{Names.Printable(Name)}' run out: a search that began at {Calendar.Shown(instant).Invariant()} came to 10 years without "
                + "working time. Add weekly hours, or special hours for more dates.",
                "5.5d");
}
