namespace Workflow.Core.Tests.Calendars;

/// <summary>Slots, holidays, special hours, days and amounts: the cases T01 to T07, Z21 to Z27, Z29 and the arithmetic of Z30.</summary>
[TestFixture(typeof(LibraryAnswers))]
[TestFixture(typeof(OracleAnswers))]
internal sealed class WorkingDayCases<TAnswers> : CalendarCase<TAnswers>
    where TAnswers : IAnswers, new()
{
    private static readonly HoursPlan Office = new HoursPlan("UTC").On(DayOfWeek.Monday, DayOfWeek.Friday, "09:00-12:00", "13:00-17:00");
    private static readonly HoursPlan OfficeWithBoxingDay = Office.Holiday("2011-12-26").Holiday("2012-01-02");
    private static readonly HoursPlan LisbonAtChristmas = Lisbon.Holiday("2026-12-25").Holiday("2027-01-01");
    private static readonly HoursPlan LisbonBeforeChristmas = LisbonAtChristmas.Special("2026-12-24", "09:00-12:00");
    private static readonly HoursPlan LisbonOnSaturday = Lisbon.Special("2026-12-19", "10:00-14:00");

    private static readonly HoursPlan LisbonAtNight =
        new HoursPlan("Europe/Lisbon").On(DayOfWeek.Monday, "22:00-24:00").On(DayOfWeek.Tuesday, "00:00-06:00");

    [Test]
    [Statement("5.6")]
    public void T01_worked_time_leaves_out_noon_and_the_evening() =>
        Between(Office, "2011-03-14T10:00Z", "2011-03-14T19:00Z").ShouldBe(TimeSpan.FromHours(6));

    [Test]
    [Statement("5.6")]
    public void T02_worked_time_leaves_out_the_early_morning() =>
        Between(Office, "2011-03-14T08:00Z", "2011-03-14T15:00Z").ShouldBe(TimeSpan.FromHours(5));

    [Test]
    [Statement("5.6")]
    [Statement("5.5")]
    public void T04_an_exception_date_has_no_working_time() =>
        Between(OfficeWithBoxingDay, "2011-12-26T09:00Z", "2011-12-26T17:00Z").ShouldBe(TimeSpan.Zero);

    [Test]
    [Statement("5.6")]
    [Statement("5.5")]
    public void T05_worked_time_counts_the_day_after_an_exception_date_only() =>
        Between(OfficeWithBoxingDay, "2011-12-26T09:00Z", "2011-12-27T17:00Z").ShouldBe(TimeSpan.FromHours(7));

    [TestCase("2011-03-14T16:00Z", 2, "2011-03-15T10:00Z")]
    [TestCase("2011-03-14T11:30Z", 1, "2011-03-14T13:30Z")]
    [TestCase("2011-03-18T16:30Z", 1, "2011-03-21T09:30Z")]
    [TestCase("2011-03-19T10:00Z", 1, "2011-03-21T10:00Z")]
    [Statement("5.6")]
    [Statement("5.7")]
    public void T07_working_hours_pass_over_evenings_noon_and_weekends(string from, int hours, string expected) =>
        Add(Office, from, hoursOfWork: hours).ShouldBe(At(expected));

    [Test]
    [Statement("5.5")]
    [Statement("5.7")]
    public void Z21_holidays_and_the_weekend_behind_them_are_passed_over()
    {
        Add(LisbonAtChristmas, "2026-12-31T16:30Z", hoursOfWork: 1).ShouldBe(At("2027-01-04T09:30Z"));
        Add(LisbonAtChristmas, "2026-12-24T15:00Z", days: 1).ShouldBe(At("2026-12-28T15:00Z"));
    }

    [TestCase("2026-12-23T16:00Z", 0, 2, "2026-12-24T10:00Z")]
    [TestCase("2026-12-23T16:00Z", 0, 5, "2026-12-28T10:00Z")]
    [TestCase("2026-12-23T15:00Z", 1, 0, "2026-12-28T09:00Z")]
    [TestCase("2026-12-23T15:00Z", 2, 0, "2026-12-28T15:00Z")]
    [Statement("5.5")]
    [Statement("5.7")]
    [Statement("5.7b")]
    public void Z22_special_hours_replace_those_of_the_day(string from, int days, int hours, string expected) =>
        Add(LisbonBeforeChristmas, from, days, hours).ShouldBe(At(expected));

    [Test]
    [Statement("5.5")]
    [Statement("5.5c")]
    public void Z23_special_hours_make_a_Saturday_a_working_day()
    {
        Add(LisbonOnSaturday, "2026-12-18T16:30Z", hoursOfWork: 1).ShouldBe(At("2026-12-19T10:30Z"));
        Add(LisbonOnSaturday, "2026-12-18T15:00Z", days: 1).ShouldBe(At("2026-12-21T09:00Z"));
    }

    [Test]
    [Statement("5.5")]
    public void Z23_an_exception_wins_over_special_hours()
    {
        var hours = LisbonOnSaturday.Holiday("2026-12-19");

        Add(hours, "2026-12-18T16:30Z", hoursOfWork: 1).ShouldBe(At("2026-12-21T09:30Z"));
        Add(hours, "2026-12-18T15:00Z", days: 1).ShouldBe(At("2026-12-21T15:00Z"));
    }

    [TestCase("2026-11-30T16:00Z", 60, "2026-11-30T17:00Z")]
    [TestCase("2026-11-30T11:00Z", 60, "2026-11-30T12:00Z")]
    [TestCase("2026-11-30T17:00Z", 1, "2026-12-01T09:01Z")]
    [TestCase("2026-11-28T10:00Z", 0, "2026-11-28T10:00Z")]
    [Statement("5.7c")]
    public void Z24_an_amount_can_end_at_closing_time_and_zero_moves_nothing(string from, int minutes, string expected) =>
        Answers.Add(Lisbon, At(from), 0, TimeSpan.FromMinutes(minutes)).ShouldBe(At(expected));

    [TestCase("2026-11-28T10:00Z", "2026-11-30T10:00Z")]
    [TestCase("2026-11-27T18:00Z", "2026-12-01T09:00Z")]
    [TestCase("2026-11-30T07:00Z", "2026-12-01T09:00Z")]
    [TestCase("2026-11-30T12:30Z", "2026-12-01T13:00Z")]
    [Statement("5.7")]
    [Statement("5.7b")]
    public void Z25_a_clock_time_outside_of_working_time_is_moved_to_the_next_start(string from, string expected) =>
        Add(Lisbon, from, days: 1).ShouldBe(At(expected));

    [Test]
    [Statement("5.7b")]
    public void Z26_days_come_before_hours() => Add(Lisbon, "2026-11-27T15:00Z", days: 1, hoursOfWork: 3).ShouldBe(At("2026-12-01T10:00Z"));

    [Test]
    [Statement("5.7")]
    public void Z27_a_working_day_is_no_24_working_hours()
    {
        Add(NewYork, "2026-11-30T10:00-05:00", hoursOfWork: 24).ShouldBe(At("2026-12-03T10:00-05:00"));
        Add(NewYork, "2026-11-30T10:00-05:00", days: 1).ShouldBe(At("2026-12-01T10:00-05:00"));
    }

    [Test]
    [Statement("5.5c")]
    public void Z29_a_shift_over_midnight_loses_no_minute()
    {
        Add(LisbonAtNight, "2026-11-30T21:00Z", hoursOfWork: 3).ShouldBe(At("2026-12-01T01:00Z"));
        Between(LisbonAtNight, "2026-11-30T21:00Z", "2026-12-01T07:00Z").ShouldBe(TimeSpan.FromHours(8));
    }

    [TestCase("2026-12-30T10:00Z", "2026-12-24T10:00Z")]
    [TestCase("2026-12-30T15:00Z", "2026-12-24T12:00Z")]
    [Statement("5.7d")]
    public void Z30_three_working_days_before_a_date_are_moved_back_into_working_time(string from, string expected) =>
        Subtract(LisbonBeforeChristmas, from, days: 3).ShouldBe(At(expected));
}
