namespace Workflow.Core.Tests.Calendars;

/// <summary>Gives the answers that a case is about. The library does, and so does the oracle: a case of the documents holds for both.</summary>
internal interface IAnswers
{
    DateTimeOffset Add(HoursPlan hours, DateTimeOffset from, int days, TimeSpan time);

    DateTimeOffset Subtract(HoursPlan hours, DateTimeOffset from, int days, TimeSpan time);

    TimeSpan Between(HoursPlan hours, DateTimeOffset from, DateTimeOffset until);

    bool IsWorking(HoursPlan hours, DateTimeOffset instant);

    DateTimeOffset Next(HoursPlan hours, DateTimeOffset instant);

    DateTimeOffset Previous(HoursPlan hours, DateTimeOffset instant);

    DateTimeOffset InstantOf(string timeZone, DateTime clock);

    DateTimeOffset StartOf(string timeZone, DateOnly date);

    DateTime ClockAt(string timeZone, DateTimeOffset instant);

    DateTimeOffset AddDays(string timeZone, DateTimeOffset from, int days);

    DateTimeOffset SubtractDays(string timeZone, DateTimeOffset from, int days);
}
