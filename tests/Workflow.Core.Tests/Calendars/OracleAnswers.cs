namespace Workflow.Core.Tests.Calendars;

/// <summary>The answers of the oracle, each from a window of its own around the instant.</summary>
internal sealed class OracleAnswers : IAnswers
{
    private static readonly TimeSpan _reach = TimeSpan.FromDays(70);

    public DateTimeOffset Add(HoursPlan hours, DateTimeOffset from, int days, TimeSpan time) => Known(Around(hours, from).Add(from, days, time));

    public DateTimeOffset Subtract(HoursPlan hours, DateTimeOffset from, int days, TimeSpan time) => Known(Around(hours, from).Subtract(from, days, time));

    public TimeSpan Between(HoursPlan hours, DateTimeOffset from, DateTimeOffset until) => Around(hours, from).Between(from, until);

    public bool IsWorking(HoursPlan hours, DateTimeOffset instant) => Around(hours, instant).IsWorking(instant);

    public DateTimeOffset Next(HoursPlan hours, DateTimeOffset instant) => Known(Around(hours, instant).Next(instant));

    public DateTimeOffset Previous(HoursPlan hours, DateTimeOffset instant) => Known(Around(hours, instant).Previous(instant));

    public DateTimeOffset InstantOf(string timeZone, DateTime clock) =>
        Known(Around(Open(timeZone), new DateTimeOffset(clock, TimeSpan.Zero)).InstantOf(clock));

    public DateTimeOffset StartOf(string timeZone, DateOnly date) =>
        Known(Around(Open(timeZone), new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero)).StartOf(date));

    public DateTime ClockAt(string timeZone, DateTimeOffset instant) => Around(Open(timeZone), instant).ClockAt(instant);

    public DateTimeOffset AddDays(string timeZone, DateTimeOffset from, int days) => Add(Open(timeZone), from, days, TimeSpan.Zero);

    public DateTimeOffset SubtractDays(string timeZone, DateTimeOffset from, int days) => Subtract(Open(timeZone), from, days, TimeSpan.Zero);

    /// <summary>Calendar days are the working days of hours that never close (5.8b).</summary>
    public static HoursPlan Open(string timeZone) => new HoursPlan(timeZone).EveryDay("00:00-24:00");

    private static WorkingTimeOracle Around(HoursPlan hours, DateTimeOffset instant) =>
        new(hours, SystemZones.Clock(hours.TimeZone), instant - _reach, instant + _reach);

    private static DateTimeOffset Known(DateTimeOffset? answer) => answer.ShouldNotBeNull();
}
