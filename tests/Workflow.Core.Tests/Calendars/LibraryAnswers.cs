using Workflow.Core.Calendars;

namespace Workflow.Core.Tests.Calendars;

/// <summary>The answers of the library.</summary>
internal sealed class LibraryAnswers : IAnswers
{
    public DateTimeOffset Add(HoursPlan hours, DateTimeOffset from, int days, TimeSpan time) => hours.Build().Add(from, days, time);

    public DateTimeOffset Subtract(HoursPlan hours, DateTimeOffset from, int days, TimeSpan time) => hours.Build().Subtract(from, days, time);

    public TimeSpan Between(HoursPlan hours, DateTimeOffset from, DateTimeOffset until) => hours.Build().Between(from, until);

    public bool IsWorking(HoursPlan hours, DateTimeOffset instant) => hours.Build().IsWorkingTime(instant);

    public DateTimeOffset Next(HoursPlan hours, DateTimeOffset instant) => hours.Build().NextWorkingInstant(instant);

    public DateTimeOffset Previous(HoursPlan hours, DateTimeOffset instant) => hours.Build().PreviousWorkingInstant(instant);

    public DateTimeOffset InstantOf(string timeZone, DateTime clock) => LocalCalendar.In(timeZone).InstantOf(clock);

    public DateTimeOffset StartOf(string timeZone, DateOnly date) => LocalCalendar.In(timeZone).StartOf(date);

    public DateTime ClockAt(string timeZone, DateTimeOffset instant) => LocalCalendar.In(timeZone).LocalTime(instant).DateTime;

    public DateTimeOffset AddDays(string timeZone, DateTimeOffset from, int days) => LocalCalendar.In(timeZone).AddDays(from, days);

    public DateTimeOffset SubtractDays(string timeZone, DateTimeOffset from, int days) => LocalCalendar.In(timeZone).SubtractDays(from, days);
}
