using Workflow.Core.Calendars;
using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>When something is due: at an instant, or an amount of time before or after one (statement 5.2). It is data, as a rule is, and worked out once, when
/// the process comes to it (statement 5.9).</summary>
public sealed class DueTime
{
    private readonly DueBase _base;
    private readonly Delay? _offset;
    private readonly bool _isBefore;
    private readonly DueCalendar _calendar;

    private DueTime(DueBase @base, Delay? offset = null, bool isBefore = false, DueCalendar calendar = default) =>
        (_base, _offset, _isBefore, _calendar) = (@base, offset, isBefore, calendar);

    /// <summary>As soon as the process comes to it.</summary>
    public static DueTime Now { get; } = new(new DueBase.Arrival());

    /// <summary>An amount of time after the process has come to it.</summary>
    /// <param name="delay">The amount; a <see cref="TimeSpan"/> is elapsed time.</param>
    /// <returns>The due time.</returns>
    public static DueTime After(Delay delay) => Now.Plus(delay);

    /// <summary>An instant.</summary>
    /// <param name="instant">The instant.</param>
    /// <returns>The due time.</returns>
    public static DueTime At(DateTimeOffset instant) => new(new DueBase.At(instant));

    /// <summary>A time on a local clock, which <see cref="In"/> names; of UTC when it is not called (statement 5.2b).</summary>
    /// <param name="localTime">The date and time of day. Its kind is <see cref="DateTimeKind.Unspecified"/>.</param>
    /// <returns>The due time.</returns>
    /// <exception cref="ArgumentException">The time is of UTC or of the machine.</exception>
    public static DueTime At(DateTime localTime) => localTime.Kind is DateTimeKind.Unspecified
        ? new(new DueBase.AtLocal(localTime))
        : throw new ArgumentException(
            "The time must be one of a local clock, with the kind Unspecified. Use a DateTimeOffset for an instant.", nameof(localTime));

    /// <summary>The start of a date on a local clock, which <see cref="In"/> names; of UTC when it is not called (statement 5.2b).</summary>
    /// <param name="date">The date.</param>
    /// <returns>The due time.</returns>
    public static DueTime At(DateOnly date) => At(date.ToDateTime(TimeOnly.MinValue));

    /// <summary>The instant that a data field holds.</summary>
    /// <param name="instant">The field, or another operand.</param>
    /// <returns>The due time.</returns>
    public static DueTime At(Operand<DateTimeOffset> instant)
    {
        ArgumentNullException.ThrowIfNull(instant);
        return new(new DueBase.OfInstant(instant));
    }

    /// <summary>The start of the date that a data field holds, on a local clock (statement 5.2b). <see cref="In"/> names the clock; without it, the clock is
    /// UTC.</summary>
    /// <param name="date">The field, or another operand.</param>
    /// <returns>The due time.</returns>
    public static DueTime At(Operand<DateOnly> date)
    {
        ArgumentNullException.ThrowIfNull(date);
        return new(new DueBase.OfDate(date));
    }

    /// <summary>The instant that code works out.</summary>
    /// <param name="name">The name of the function, by which messages and the stored definition call it.</param>
    /// <param name="function">The code.</param>
    /// <returns>The due time.</returns>
    /// <exception cref="ArgumentException">The name is blank, too long, or has a control character.</exception>
    public static DueTime At(string name, InstantFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Names.Problem(name) is { } problem
            ? throw new ArgumentException($"The name of the function cannot be used: {problem}.", nameof(name))
            : new(new DueBase.OfFunction(name, function));
    }

    /// <summary>An amount of time later.</summary>
    /// <param name="delay">The amount; a <see cref="TimeSpan"/> is elapsed time.</param>
    /// <returns>The due time.</returns>
    /// <exception cref="InvalidOperationException">The due time has an amount already.</exception>
    public DueTime Plus(Delay delay) => With(delay, isBefore: false);

    /// <summary>An amount of time earlier. An instant that is past is due at once (statement 5.3).</summary>
    /// <param name="delay">The amount; a <see cref="TimeSpan"/> is elapsed time.</param>
    /// <returns>The due time.</returns>
    /// <exception cref="InvalidOperationException">The due time has an amount already.</exception>
    public DueTime Minus(Delay delay) => With(delay, isBefore: true);

    /// <summary>Names the calendar for a local time, and for an amount that names none itself.</summary>
    /// <param name="calendar">The name of working hours in <c>WorkflowOptions.WorkingHours</c>, or of a time zone.</param>
    /// <returns>The due time.</returns>
    public DueTime In(string calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return new(_base, _offset, _isBefore, new DueCalendar(calendar));
    }

    /// <summary>Means the default calendar for a local time, and for an amount that names none. It is that of the process
    /// (<c>ProcessBuilder.DefaultCalendar</c>), or that of the host (<c>WorkflowOptions.WorkingHours.Default</c>). Working days, working time and calendar days
    /// without a name mean it anyway (statement 5.2).</summary>
    /// <returns>The due time.</returns>
    public DueTime InDefaultCalendar() => new(_base, _offset, _isBefore, new DueCalendar(Named: null, IsDefault: true));

    /// <summary>The due time in words.</summary>
    /// <returns>For example <c>at process field "Travel date", minus 3 working days in 'Office'</c>.</returns>
    public override string ToString() => ToTree().OnOneLine;

    /// <summary>The calendars that it is counted in: that of its local time, and that of its amount.</summary>
    internal IEnumerable<NeededCalendar> Calendars
    {
        get
        {
            if (_base.IsLocal && _calendar.IsSaid)
            {
                yield return new NeededCalendar(_calendar.NameOrHosts, IsHours: false);
            }

            if (_offset is { IsOfCalendar: true })
            {
                yield return new NeededCalendar(_offset.Calendar ?? _calendar.NameOrHosts, IsHours: _offset.Kind is DelayKind.Working);
            }
        }
    }

    /// <summary>Whether it is counted in a calendar.</summary>
    internal bool IsOfCalendar => (_base.IsLocal && _calendar.IsSaid) || _offset is { IsOfCalendar: true };

    /// <summary>Whether it counts from the instant at which it is asked.</summary>
    internal bool CountsFromArrival => _base is DueBase.Arrival;

    /// <summary>Its amount of time as a due time of its own; null where there is none, or it lies before a date.</summary>
    internal DueTime? Interval =>
        _offset is null || _isBefore ? null : new(new DueBase.Arrival(), _offset, false, _offset.IsOfCalendar ? _calendar : default);

    /// <summary>Its amount of time, with the calendar in which it is counted; null where it has none.</summary>
    internal Delay? Amount =>
        _offset is { IsOfCalendar: true, Calendar: null } && _calendar.NameOrHosts is { } calendar ? _offset.In(calendar) : _offset;

    /// <summary>Whether it says a calendar for itself, and nothing is counted in that.</summary>
    private bool HasUnusedCalendar => _calendar.IsSaid && !_base.IsLocal && _offset is not { IsOfCalendar: true, Calendar: null };

    /// <summary>Everything that it cannot mean, with the remedy.</summary>
    internal IEnumerable<(string Problem, string Statement, string Remedy)> Problems()
    {
        if (_offset is { IsPositive: false })
        {
            yield return ($"the amount of time {_offset} is not above zero", "5.2", "Give a positive amount, or leave it out.");
        }

        if ((_offset is { IsOfCalendar: false, Calendar: not null } ? _offset.Calendar : HasUnusedCalendar ? _calendar.Named : null) is { } unused)
        {
            yield return ($"it names the calendar '{Names.Printable(unused)}', and nothing in it is counted in a calendar", "5.2", "Leave In(...) out.");
        }
        else if (HasUnusedCalendar)
        {
            yield return ("it asks for the default calendar, and nothing in it is counted in a calendar", "5.2", "Leave InDefaultCalendar() out.");
        }

        if (_base.Written?.UtcDateTime is { Year: 9999 })
        {
            yield return ("its date is in the year 9999, which never comes", "5.2", "Give the date that is meant, or leave the rule out.");
        }

        foreach (var name in new[] { _calendar.Named, _offset?.Calendar }.OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (Names.Problem(name) is { } problem)
            {
                yield return ($"the name of its calendar cannot be used: {problem}", "5.5b", "Name working hours or a time zone.");
            }
        }
    }

    /// <summary>A copy in which each field is resolved to its position; problems go to the binder.</summary>
    /// <param name="binder">The binder.</param>
    /// <param name="defaultCalendar">The default calendar of the process; null for none.</param>
    internal DueTime Bind(RuleBinder binder, string? defaultCalendar) =>
        new(_base.Bind(binder), _offset, _isBefore, _calendar with { OfProcess = defaultCalendar });

    /// <summary>The instant.</summary>
    /// <exception cref="CalendarException">There is none, a calendar is unknown, or it lies outside of the years in which something can happen.</exception>
    internal DateTimeOffset Of(in RuleScope scope, DateTimeOffset now, WorkingHoursTable known) => OrNull(scope, now, known)
        ?? throw new CalendarException("The date that it is based on has no value. Set it before the process comes here.", "5.2");

    /// <summary>Whether it is counted in a calendar, of the host's default one or of one that it names.</summary>
    internal bool IsCountedIn(string calendar, WorkingHoursTable known) => Calendars.Any(needed => (needed.Name ?? known.Default) == calendar);

    /// <summary>The instant; null when the date that it is based on has no value (statement 6.3b).</summary>
    /// <exception cref="CalendarException">A calendar is unknown, or it lies outside of the years in which something can happen.</exception>
    internal DateTimeOffset? OrNull(in RuleScope scope, DateTimeOffset now, WorkingHoursTable known)
    {
        var calendar = !_base.IsLocal ? null : _calendar.IsSaid ? known.CalendarOf(_calendar.NameIn(known)) : LocalCalendar.Utc;
        if (_base.Read(scope, now, calendar) is not { } from)
        {
            return null;
        }

        var counted = _offset is { IsOfCalendar: true, Calendar: null } ? _calendar.NameIn(known) : null;
        var due = _offset is null ? from : _offset.From(from, _isBefore, counted, known);
        return due.UtcDateTime.Year < 9999
            ? due.ToUniversalTime()
            : throw new CalendarException($"It gives {due.Invariant()}, which never comes. Give an instant before the year 9999.", "5.2");
    }

    internal TextTree ToTree()
    {
        var parts = new List<TextTree> { _base.ToTree() };
        if (_offset is not null)
        {
            parts.Add(new TextTree(
                $"{(_isBefore ? "minus" : "plus")} {_offset.Amount()}",
                _offset.Calendar is { } own ? [new TextTree($"in {ExactText.Quoted(own)}")] : []));
        }

        parts.AddRange(_calendar.ToTrees());
        return new TextTree("due", parts);
    }

    private DueTime With(Delay delay, bool isBefore)
    {
        ArgumentNullException.ThrowIfNull(delay);
        return _offset is null
            ? new(_base, delay, isBefore, _calendar)
            : throw new InvalidOperationException("A due time has one amount. Use Delay.And(...) for days and hours together.");
    }
}
