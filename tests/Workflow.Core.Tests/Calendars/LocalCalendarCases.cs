namespace Workflow.Core.Tests.Calendars;

/// <summary>The clock and the days of a zone.</summary>
[TestFixture(typeof(LibraryAnswers))]
[TestFixture(typeof(OracleAnswers))]
internal sealed class LocalCalendarCases<TAnswers> : CalendarCase<TAnswers>
    where TAnswers : IAnswers, new()
{
    [TestCase("Europe/Lisbon", "2026-03-28T12:00", "2026-03-28T12:00Z")]
    [TestCase("Europe/Lisbon", "2026-03-29T12:00", "2026-03-29T11:00Z")]
    [TestCase("Asia/Kathmandu", "2026-01-02T16:15", "2026-01-02T10:30Z")]
    [TestCase("+05:45", "2026-01-02T16:15", "2026-01-02T10:30Z")]
    [TestCase("-03:30", "2026-07-01T12:00", "2026-07-01T15:30Z")]
    [TestCase("UTC", "2026-07-01T12:00", "2026-07-01T12:00Z")]
    [TestCase("Asia/Tehran", "2022-09-22T12:00", "2022-09-22T08:30Z")]
    [TestCase("Europe/Berlin", "2039-07-01T12:00", "2039-07-01T10:00Z")]
    [TestCase("Europe/Dublin", "2040-12-01T12:00", "2040-12-01T12:00Z")]
    [Statement("5.2b")]
    [Statement("5.5b")]
    public void A_clock_time_is_read_by_the_clock_of_the_zone(string timeZone, string clock, string expected) =>
        InstantOf(timeZone, clock).ShouldBe(At(expected));

    [TestCase("Europe/Lisbon", "2026-03-29T01:00", "2026-03-29T01:00Z")]
    [TestCase("Europe/Lisbon", "2026-03-29T01:30", "2026-03-29T01:00Z")]
    [TestCase("Europe/Lisbon", "2026-03-29T01:59", "2026-03-29T01:00Z")]
    [TestCase("Europe/Lisbon", "2026-03-29T02:00", "2026-03-29T01:00Z")]
    [TestCase("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30Z")]
    [TestCase("America/Sao_Paulo", "2018-11-04T00:30", "2018-11-04T03:00Z")]
    [TestCase("Pacific/Apia", "2011-12-30T15:00", "2011-12-30T10:00Z")]
    [TestCase("America/Nuuk", "2024-03-30T23:30", "2024-03-31T01:00Z")]
    [Statement("5.2b")]
    public void A_skipped_clock_time_is_the_first_instant_after_the_gap(string timeZone, string clock, string expected) =>
        InstantOf(timeZone, clock).ShouldBe(At(expected));

    [TestCase("Europe/Lisbon", "2026-10-25T00:59", "2026-10-24T23:59Z")]
    [TestCase("Europe/Lisbon", "2026-10-25T01:00", "2026-10-25T00:00Z")]
    [TestCase("Europe/Lisbon", "2026-10-25T01:30", "2026-10-25T00:30Z")]
    [TestCase("Europe/Lisbon", "2026-10-25T02:00", "2026-10-25T02:00Z")]
    [TestCase("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45Z")]
    [TestCase("America/Sao_Paulo", "2019-02-16T23:30", "2019-02-17T01:30Z")]
    [TestCase("America/St_Johns", "2010-11-06T23:30", "2010-11-07T02:00Z")]
    [TestCase("America/St_Johns", "2010-11-07T00:00", "2010-11-07T02:30Z")]
    [Statement("5.2b")]
    public void A_clock_time_that_occurs_twice_is_the_first_of_the_two(string timeZone, string clock, string expected) =>
        InstantOf(timeZone, clock).ShouldBe(At(expected));

    [TestCase("Europe/Lisbon", "2026-03-29", "2026-03-29T00:00Z")]
    [TestCase("Europe/Lisbon", "2026-07-01", "2026-06-30T23:00Z")]
    [TestCase("Asia/Tehran", "2022-03-22", "2022-03-21T20:30Z")]
    [TestCase("Asia/Tehran", "2022-09-22", "2022-09-21T20:30Z")]
    [TestCase("Pacific/Apia", "2011-12-30", "2011-12-30T10:00Z")]
    [TestCase("Pacific/Apia", "2011-12-31", "2011-12-30T10:00Z")]
    [TestCase("Pacific/Kwajalein", "1993-08-21", "1993-08-21T12:00Z")]
    [TestCase("America/St_Johns", "2010-11-07", "2010-11-07T02:30Z")]
    [TestCase("+14:00", "2026-01-01", "2025-12-31T10:00Z")]
    [Statement("5.2b")]
    public void A_date_is_its_first_instant(string timeZone, string date, string expected) => StartOf(timeZone, date).ShouldBe(At(expected));

    [TestCase("2026-10-25T00:30Z", "2026-10-25T01:30")]
    [TestCase("2026-10-25T01:30Z", "2026-10-25T01:30")]
    [TestCase("2026-03-29T00:59Z", "2026-03-29T00:59")]
    [TestCase("2026-03-29T01:00Z", "2026-03-29T02:00")]
    [TestCase("2026-03-29T09:00+08:00", "2026-03-29T02:00")]
    [Statement("5.5b")]
    public void An_instant_shows_on_the_clock_of_the_zone(string instant, string expected) =>
        Answers.ClockAt("Europe/Lisbon", At(instant)).ShouldBe(At(expected + "Z").UtcDateTime);

    [TestCase("Europe/Lisbon", "2026-03-28T12:00Z", 1, "2026-03-29T11:00Z")]
    [TestCase("Europe/Lisbon", "2026-03-28T01:30Z", 1, "2026-03-29T01:00Z")]
    [TestCase("Europe/Lisbon", "2026-10-24T00:30Z", 1, "2026-10-25T00:30Z")]
    [TestCase("Europe/Lisbon", "2026-10-25T01:30Z", 1, "2026-10-26T01:30Z")]
    [TestCase("Europe/Lisbon", "2026-10-25T01:30Z", 0, "2026-10-25T01:30Z")]
    [TestCase("Pacific/Apia", "2011-12-29T12:00-10:00", 1, "2011-12-31T12:00+14:00")]
    [TestCase("Pacific/Apia", "2011-12-29T12:00-10:00", 2, "2012-01-01T12:00+14:00")]
    [TestCase("America/Nuuk", "2024-03-29T23:30-02:00", 1, "2024-03-31T01:00Z")]
    [TestCase("America/Nuuk", "2024-03-29T23:30-02:00", 2, "2024-04-01T00:30Z")]
    [TestCase("Europe/Rome", "2026-01-31T09:15+01:00", 60, "2026-04-01T09:15+02:00")]
    [TestCase("UTC", "2024-02-28T23:59:59.9999999Z", 1, "2024-02-29T23:59:59.9999999Z")]
    [Statement("5.8b")]
    public void Calendar_days_keep_the_clock_time_and_pass_over_dates_that_do_not_exist(string timeZone, string from, int days, string expected) =>
        Answers.AddDays(timeZone, At(from), days).ShouldBe(At(expected));

    [TestCase("Europe/Lisbon", "2026-03-29T11:00Z", 1, "2026-03-28T12:00Z")]
    [TestCase("Europe/Lisbon", "2026-03-30T00:30Z", 1, "2026-03-29T01:00Z")]
    [TestCase("Europe/Lisbon", "2026-10-26T01:30Z", 1, "2026-10-25T00:30Z")]
    [TestCase("Europe/Lisbon", "2026-10-25T01:30Z", 0, "2026-10-25T01:30Z")]
    [TestCase("Pacific/Apia", "2011-12-31T12:00+14:00", 1, "2011-12-29T12:00-10:00")]
    [TestCase("Europe/Rome", "2026-04-01T09:15+02:00", 60, "2026-01-31T09:15+01:00")]
    [TestCase("UTC", "2024-03-01T00:00Z", 1, "2024-02-29T00:00Z")]
    [Statement("5.8b")]
    [Statement("5.7d")]
    public void Calendar_days_are_taken_off_in_the_same_way(string timeZone, string from, int days, string expected) =>
        Answers.SubtractDays(timeZone, At(from), days).ShouldBe(At(expected));
}
