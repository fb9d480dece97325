using Workflow.Core.Calendars;

namespace Workflow.Core.Tests.Calendars;

/// <summary>Asks the library and the oracle the same questions about one window of one zone.</summary>
internal sealed class Comparison
{
    private readonly Tally _tally;
    private readonly HoursPlan _plan;
    private readonly WorkingHours _hours;
    private readonly WorkingTimeOracle _oracle;
    private readonly WorkingTimeOracle _open;

    /// <summary>Marks the minutes of the window twice: for the plan, and for hours that never close, which are the calendar days (5.8b).</summary>
    public Comparison(Tally tally, HoursPlan plan, WorkingHours hours, DateTimeOffset from, DateTimeOffset until)
    {
        _tally = tally;
        _plan = plan;
        _hours = hours;
        var clock = SystemZones.Clock(plan.TimeZone);
        _oracle = new WorkingTimeOracle(plan, clock, from, until);
        _open = new WorkingTimeOracle(OracleAnswers.Open(plan.TimeZone), clock, from, until);
    }

    public void Add(DateTimeOffset from, int days, TimeSpan time) =>
        _tally.Compare(_oracle.Add(from, days, time), () => _hours.Add(from, days, time), () => $"{from:O} plus {days} days and {time} in {_plan}");

    public void Subtract(DateTimeOffset from, int days, TimeSpan time) =>
        _tally.Compare(_oracle.Subtract(from, days, time), () => _hours.Subtract(from, days, time), () => $"{from:O} minus {days} days and {time} in {_plan}");

    public void Between(DateTimeOffset from, DateTimeOffset until) =>
        _tally.Compare(_oracle.Between(from, until), () => _hours.Between(from, until), () => $"from {from:O} until {until:O} in {_plan}");

    /// <summary>Whether the instant is working time, the next one and the previous one.</summary>
    public void Place(DateTimeOffset instant)
    {
        _tally.Compare<bool>(_oracle.IsWorking(instant), () => _hours.IsWorkingTime(instant), () => $"whether {instant:O} is working time in {_plan}");
        _tally.Compare(_oracle.Next(instant), () => _hours.NextWorkingInstant(instant), () => $"next after {instant:O} in {_plan}");
        _tally.Compare(_oracle.Previous(instant), () => _hours.PreviousWorkingInstant(instant), () => $"previous before {instant:O} in {_plan}");
    }

    public void AddCalendarDays(DateTimeOffset from, int days) =>
        _tally.Compare(_open.Add(from, days, default), () => _hours.Calendar.AddDays(from, days), () => $"{from:O} plus {days} dates in {_plan.TimeZone}");

    public void SubtractCalendarDays(DateTimeOffset from, int days) => _tally.Compare(
        _open.Subtract(from, days, default), () => _hours.Calendar.SubtractDays(from, days), () => $"{from:O} minus {days} dates in {_plan.TimeZone}");

    /// <summary>The clock of an instant, the instant of that clock time some minutes later, and the start of that date.</summary>
    public void Clock(DateTimeOffset instant, TimeSpan later)
    {
        var clock = _open.ClockAt(instant);
        _tally.Compare<DateTime>(clock, () => _hours.Calendar.LocalTime(instant).DateTime, () => $"clock at {instant:O} in {_plan.TimeZone}");
        var asked = clock + later;
        _tally.Compare(_open.InstantOf(asked), () => _hours.Calendar.InstantOf(asked), () => $"instant of {asked:O} in {_plan.TimeZone}");
        var date = DateOnly.FromDateTime(asked);
        _tally.Compare(_open.StartOf(date), () => _hours.Calendar.StartOf(date), () => $"start of {date:O} in {_plan.TimeZone}");
    }

    /// <summary>The end of the working time at or before an instant, or the instant itself within working time.</summary>
    public DateTimeOffset End(DateTimeOffset instant) => _oracle.Previous(instant) ?? instant;

    /// <summary>The instant of the same clock time on a date that lies some days away, for starts whose results are wanted near a change.</summary>
    public DateTimeOffset? SameClock(DateTimeOffset instant, TimeSpan later, int days) =>
        _open.InstantOf(_open.ClockAt(instant) + later + TimeSpan.FromDays(days));
}
