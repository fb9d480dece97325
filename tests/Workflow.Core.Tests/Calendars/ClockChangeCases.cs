using System.Globalization;

namespace Workflow.Core.Tests.Calendars;

/// <summary>Working time over changes of the clocks: the cases Z01 to Z20.</summary>
[TestFixture(typeof(LibraryAnswers))]
[TestFixture(typeof(OracleAnswers))]
internal sealed class ClockChangeCases<TAnswers> : CalendarCase<TAnswers>
    where TAnswers : IAnswers, new()
{
    [Test]
    [Statement("5.7")]
    [Statement("5.5b")]
    public void Z01_an_hour_that_crosses_the_spring_change_ends_by_the_summer_clock() =>
        Add(Lisbon, "2026-03-27T16:30Z", hoursOfWork: 1).ShouldBe(At("2026-03-30T08:30Z"));

    [Test]
    [Statement("5.7")]
    public void Z02_a_working_day_over_the_spring_change_keeps_the_clock_time()
    {
        var due = Add(Lisbon, "2026-03-27T15:00Z", days: 1);

        due.ShouldBe(At("2026-03-30T14:00Z"));
        (due - At("2026-03-27T15:00Z")).ShouldBe(TimeSpan.FromHours(71));
    }

    /// <summary>Without a zone days are elapsed time; UTC has the same days.</summary>
    [Test]
    [Statement("5.8")]
    public void Z03_three_days_of_UTC_are_three_times_24_hours() =>
        Answers.AddDays("UTC", At("2026-03-27T15:00Z"), 3).ShouldBe(At("2026-03-30T15:00Z"));

    [Test]
    [Statement("5.7")]
    public void Z04_a_working_day_over_the_autumn_change_keeps_the_clock_time() =>
        Add(Lisbon, "2026-10-23T14:00Z", days: 1).ShouldBe(At("2026-10-26T15:00Z"));

    [Test]
    [Statement("5.7")]
    [Statement("5.5b")]
    public void Z05_a_day_of_the_autumn_change_is_longer_than_24_working_hours()
    {
        Add(OpenLisbon, "2026-10-24T11:00Z", hoursOfWork: 24).ShouldBe(At("2026-10-25T11:00Z"));
        Add(OpenLisbon, "2026-10-24T11:00Z", days: 1).ShouldBe(At("2026-10-25T12:00Z"));
    }

    [Test]
    [Statement("5.7")]
    [Statement("5.5b")]
    public void Z06_a_day_of_the_spring_change_is_shorter_than_24_working_hours()
    {
        Add(OpenLisbon, "2026-03-28T12:00Z", hoursOfWork: 24).ShouldBe(At("2026-03-29T12:00Z"));
        Add(OpenLisbon, "2026-03-28T12:00Z", days: 1).ShouldBe(At("2026-03-29T11:00Z"));
    }

    [TestCase("2026-03-29", 5)]
    [TestCase("2026-04-05", 6)]
    [TestCase("2026-10-25", 7)]
    [Statement("5.5b")]
    public void Z07_a_slot_of_six_hours_is_as_long_as_it_elapses(string date, int hours) =>
        On(new HoursPlan("Europe/Lisbon").On(DayOfWeek.Sunday, "00:00-06:00"), date).ShouldBe(TimeSpan.FromHours(hours));

    [Test]
    [Statement("5.5b")]
    public void Z08_a_slot_that_the_spring_change_swallows_is_passed_over()
    {
        var hours = new HoursPlan("Europe/Lisbon").On(DayOfWeek.Sunday, "01:00-02:00");

        Add(hours, "2026-03-28T10:00Z", hoursOfWork: 0.5).ShouldBe(At("2026-04-05T00:30Z"));
        On(hours, "2026-03-29").ShouldBe(TimeSpan.Zero);
    }

    [Test]
    [Statement("5.5b")]
    public void Z09_a_slot_that_the_autumn_change_repeats_counts_twice() =>
        Add(new HoursPlan("Europe/Lisbon").On(DayOfWeek.Sunday, "01:00-02:00"), "2026-10-24T09:00Z", hoursOfWork: 1.5).ShouldBe(At("2026-10-25T01:30Z"));

    [Test]
    [Statement("5.7")]
    [Statement("5.5b")]
    public void Z10_two_hours_over_the_autumn_change_of_New_York_end_on_Monday_at_ten() =>
        Add(NewYork, "2026-10-30T20:00Z", hoursOfWork: 2).ShouldBe(At("2026-11-02T15:00Z"));

    [Test]
    [Statement("5.7b")]
    [Statement("5.2b")]
    public void Z11_a_day_that_ends_in_a_skipped_hour_ends_right_after_it() =>
        Add(OpenNewYork, "2026-03-07T07:30Z", days: 1).ShouldBe(At("2026-03-08T07:00Z"));

    [Test]
    [Statement("5.7b")]
    [Statement("5.2b")]
    public void Z12_a_day_that_ends_in_a_repeated_hour_ends_in_the_first_of_the_two()
    {
        Add(OpenNewYork, "2026-10-31T05:30Z", days: 1).ShouldBe(At("2026-11-01T05:30Z"));
        Add(OpenNewYork, "2026-10-31T05:30Z", hoursOfWork: 25).ShouldBe(At("2026-11-01T06:30Z"));
    }

    [Test]
    [Statement("5.7")]
    [Statement("5.5b")]
    public void Z13_a_day_over_a_change_of_half_an_hour_is_half_an_hour_shorter()
    {
        Add(OpenLordHowe, "2026-10-03T01:30Z", hoursOfWork: 24).ShouldBe(At("2026-10-04T01:30Z"));
        Add(OpenLordHowe, "2026-10-03T01:30Z", days: 1).ShouldBe(At("2026-10-04T01:00Z"));
    }

    [TestCase("2026-10-04", 5.5)]
    [TestCase("2026-04-05", 6.5)]
    [Statement("5.5b")]
    public void Z14_a_slot_over_a_change_of_half_an_hour_is_as_long_as_it_elapses(string date, double hours) =>
        On(new HoursPlan("Australia/Lord_Howe").On(DayOfWeek.Sunday, "00:00-06:00"), date).ShouldBe(TimeSpan.FromHours(hours));

    [Test]
    [Statement("5.7")]
    public void Z15_working_time_of_Kathmandu_passes_over_Saturday() =>
        Add(Kathmandu, "2026-01-02T10:30Z", hoursOfWork: 1).ShouldBe(At("2026-01-04T04:30Z"));

    [Test]
    [Statement("5.7")]
    [Statement("5.5b")]
    public void Z16_the_clock_of_Casablanca_goes_back_for_Ramadan()
    {
        Add(Casablanca, "2025-02-21T15:00Z", hoursOfWork: 1).ShouldBe(At("2025-02-24T09:00Z"));
        Add(Casablanca, "2025-04-04T16:00Z", hoursOfWork: 1).ShouldBe(At("2025-04-07T08:00Z"));
    }

    [Test]
    [Statement("5.5b")]
    [Statement("5.2b")]
    public void Z17_a_date_without_midnight_begins_at_one()
    {
        Add(SaoPaulo, "2018-11-03T08:00Z", hoursOfWork: 2).ShouldBe(At("2018-11-04T04:00Z"));
        StartOf("America/Sao_Paulo", "2018-11-04").ShouldBe(At("2018-11-04T03:00Z"));
    }

    [Test]
    [Statement("5.5b")]
    [Statement("5.2b")]
    public void Z18_a_date_at_whose_end_the_clock_goes_back_has_25_hours()
    {
        On(OracleAnswers.Open("America/Sao_Paulo"), "2019-02-16").ShouldBe(TimeSpan.FromHours(25));
        StartOf("America/Sao_Paulo", "2019-02-16").ShouldBe(At("2019-02-16T02:00Z"));
        StartOf("America/Sao_Paulo", "2019-02-17").ShouldBe(At("2019-02-17T03:00Z"));
    }

    [Test]
    [Statement("5.5b")]
    [Statement("5.7b")]
    public void Z19_a_date_that_Apia_left_out_is_no_working_day()
    {
        Add(Apia, "2011-12-30T01:00Z", hoursOfWork: 2).ShouldBe(At("2012-01-01T19:00Z"));
        Add(Apia, "2011-12-30T01:00Z", days: 1).ShouldBe(At("2012-01-02T01:00Z"));
    }

    [Test]
    [Statement("5.7")]
    [Statement("5.5b")]
    public void Z20_working_time_of_Tehran_passes_over_changes_at_midnight()
    {
        Add(Tehran, "2022-03-21T12:00Z", hoursOfWork: 1).ShouldBe(At("2022-03-22T04:00Z"));
        Add(Tehran, "2022-09-21T11:00Z", hoursOfWork: 1).ShouldBe(At("2022-09-24T05:00Z"));
    }

    [TestCase("ar-SA")]
    [TestCase("fa-IR")]
    [TestCase("th-TH")]
    [Statement("5.5b")]
    public void Z31_the_culture_of_the_caller_does_not_matter(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            Z01_an_hour_that_crosses_the_spring_change_ends_by_the_summer_clock();
            Z10_two_hours_over_the_autumn_change_of_New_York_end_on_Monday_at_ten();
            Z19_a_date_that_Apia_left_out_is_no_working_day();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
