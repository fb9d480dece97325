using System.Globalization;

namespace Workflow.Core.Calendars;

/// <summary>Says when people work. Each call adds to what was said before.</summary>
public sealed class WorkingHoursBuilder
{
    private readonly List<WorkingSlot>[] _week = [[], [], [], [], [], [], []];
    private readonly SortedDictionary<DateOnly, List<WorkingSlot>> _special = [];
    private readonly SortedSet<DateOnly> _holidays = [];
    private readonly List<string> _problems = [];

    internal WorkingHoursBuilder()
    {
    }

    /// <summary>People work on a day of each week.</summary>
    /// <param name="day">The day.</param>
    /// <param name="slots">The slots on the local clock, for example <c>09:00-12:00</c>. Slots that touch or overlap become one. 24:00 is the end of the day; a
    /// night shift is two slots (statement 5.5c).</param>
    /// <returns>This builder.</returns>
    public WorkingHoursBuilder On(DayOfWeek day, params string[] slots) => On(day, day, slots);

    /// <summary>People work on each of several days in a row.</summary>
    /// <param name="first">The first day.</param>
    /// <param name="last">The last day. It may come before the first one in the week: from Saturday to Wednesday are five days.</param>
    /// <param name="slots">The slots on the local clock.</param>
    /// <returns>This builder.</returns>
    public WorkingHoursBuilder On(DayOfWeek first, DayOfWeek last, params string[] slots)
    {
        ArgumentNullException.ThrowIfNull(slots);
        CheckDay(first, nameof(first));
        CheckDay(last, nameof(last));
        var parsed = Parse(first == last ? $"{first}" : $"{first} to {last}", slots);
        for (var day = (int)first; ; day = (day + 1) % _week.Length)
        {
            _week[day].AddRange(parsed);
            if (day == (int)last)
            {
                return this;
            }
        }
    }

    /// <summary>People work on every day of the week, the weekend included.</summary>
    /// <param name="slots">The slots on the local clock.</param>
    /// <returns>This builder.</returns>
    public WorkingHoursBuilder EveryDay(params string[] slots) => On(DayOfWeek.Sunday, DayOfWeek.Saturday, slots);

    /// <summary>Nobody works on a date, whatever else is said of it (statement 5.5).</summary>
    /// <param name="date">The date on the local clock.</param>
    /// <returns>This builder.</returns>
    public WorkingHoursBuilder Holiday(DateOnly date)
    {
        _holidays.Add(date);
        return this;
    }

    /// <summary>A date has hours of its own, which replace its weekly ones. It becomes a working day, also on a weekend (statement 5.5c).</summary>
    /// <param name="date">The date on the local clock.</param>
    /// <param name="slots">The slots on the local clock. Without one nobody works.</param>
    /// <returns>This builder.</returns>
    public WorkingHoursBuilder Special(DateOnly date, params string[] slots)
    {
        ArgumentNullException.ThrowIfNull(slots);
        if (!_special.TryGetValue(date, out var list))
        {
            _special.Add(date, list = []);
        }

        list.AddRange(Parse(Text(date), slots));
        return this;
    }

    internal void Refuse(string problem) => _problems.Add(problem);

    internal WorkingHours Build(string name, string timeZone)
    {
        if (Names.Problem(name) is { } problem)
        {
            _problems.Insert(0, $"the name cannot be used: {problem}.");
        }

        var dates = new SortedDictionary<DateOnly, WorkingSlot[]>();
        foreach (var (date, slots) in _special)
        {
            dates[date] = WorkingSlot.Merged(slots);
        }

        foreach (var holiday in _holidays)
        {
            dates[holiday] = [];
        }

        var week = _week.Select(WorkingSlot.Merged).ToArray();
        if (_problems.Count == 0 && week.Concat(dates.Values).All(slots => slots.Length == 0))
        {
            _problems.Add("there is no working time. Give at least one day a slot.");
        }

        var calendar = Calendar(timeZone);
        return calendar is not null && _problems.Count == 0
            ? new(name, calendar, week, dates, Describe(name, calendar, week, dates))
            : throw new CalendarException(
                $"The working hours '{Names.Printable(name)}' cannot be used, {_problems.Count.Invariant()} {(_problems.Count == 1 ? "problem" : "problems")}:"
                + string.Concat(_problems.Select(text => $"\n  {text}")), "5.5c");
    }

    private LocalCalendar? Calendar(string timeZone)
    {
        try
        {
            return LocalCalendar.In(timeZone);
        }
        catch (CalendarException unknown)
        {
            _problems.Add(unknown.Message);
            return null;
        }
    }

    private List<WorkingSlot> Parse(string of, string[] slots)
    {
        var parsed = new List<WorkingSlot>();
        foreach (var text in slots)
        {
            if (WorkingSlot.TryParse(text, out var slot, out var problem))
            {
                parsed.Add(slot);
            }
            else
            {
                _problems.Add($"{of}, slot '{Names.Printable(text)}': {problem}.");
            }
        }

        return parsed;
    }

    private static void CheckDay(DayOfWeek day, string parameter)
    {
        if (!Enum.IsDefined(day))
        {
            throw new ArgumentOutOfRangeException(parameter, day, "It is no day of the week.");
        }
    }

    private static string Describe(string name, LocalCalendar calendar, WorkingSlot[][] week, SortedDictionary<DateOnly, WorkingSlot[]> dates)
    {
        var parts = new List<string>();
        for (var day = 0; day < week.Length; day++)
        {
            if (week[day].Length > 0)
            {
                parts.Add($"{(DayOfWeek)day} {string.Join(", ", week[day])}");
            }
        }

        foreach (var (date, slots) in dates)
        {
            parts.Add($"{Text(date)} {(slots.Length == 0 ? "closed" : string.Join(", ", slots))}");
        }

        return $"{name} ({calendar.TimeZone}): {string.Join("; ", parts)}";
    }

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
