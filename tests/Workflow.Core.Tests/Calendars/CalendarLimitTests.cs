using Workflow.Core.Calendars;

namespace Workflow.Core.Tests.Calendars;

/// <summary>Where working time ends: no more of it within ten years, or no more years.</summary>
[TestFixture]
internal sealed class CalendarLimitTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 25, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset LastDay = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);
    private static readonly WorkingHours Office = WorkingHours.Define("Office", "UTC", hours => hours.On(DayOfWeek.Monday, DayOfWeek.Friday, "09:00-17:00"));
    private static readonly WorkingHours Open = WorkingHours.Define("Open", "UTC", hours => hours.EveryDay("00:00-24:00"));
    private static readonly WorkingHours Once = SpecialIn(2026);

    private static WorkingHours SpecialIn(params int[] years) => WorkingHours.Define("Christmas Eve", "UTC", hours =>
    {
        foreach (var year in years)
        {
            hours.Special(new DateOnly(year, 12, 24), "09:00-12:00");
        }
    });

    /// <summary>The arithmetic of the case; the error of the instance is tested elsewhere.</summary>
    [Test]
    [Statement("5.5d")]
    public void Z28_a_search_without_working_time_ahead_fails_with_the_name()
    {
        Failure(() => Once.Add(Now, workingTime: TimeSpan.FromHours(1)));
        Failure(() => Once.Add(Now, workingDays: 1));
        Failure(() => Once.NextWorkingInstant(Now));
        Failure(() => Once.Add(Now.AddDays(-10), workingDays: 2));
        Failure(() => Once.Add(Now.AddDays(-10), workingTime: TimeSpan.FromHours(3.1)));
    }

    [Test]
    [Statement("5.5d")]
    [Statement("5.7d")]
    public void A_search_without_working_time_behind_fails_with_the_name()
    {
        Failure(() => Once.Subtract(Now.AddDays(-2), workingTime: TimeSpan.FromHours(1)));
        Failure(() => Once.Subtract(Now.AddDays(-2), workingDays: 1));
        Failure(() => Once.PreviousWorkingInstant(Now.AddDays(-2)));
    }

    [Test]
    [Statement("5.5d")]
    public void The_last_working_time_can_be_used_up()
    {
        Once.Add(Now.AddDays(-10), workingTime: TimeSpan.FromHours(3)).ShouldBe(new DateTimeOffset(2026, 12, 24, 12, 0, 0, TimeSpan.Zero));
        Once.Subtract(Now, workingTime: TimeSpan.FromHours(3)).ShouldBe(new DateTimeOffset(2026, 12, 24, 9, 0, 0, TimeSpan.Zero));
        Once.Add(Now).ShouldBe(Now);
        Once.Between(Now, Now.AddYears(30)).ShouldBe(TimeSpan.Zero);
    }

    [Test]
    [Statement("5.5d")]
    public void Working_time_nine_years_away_is_found_and_eleven_years_away_is_not()
    {
        SpecialIn(2035).NextWorkingInstant(Now).ShouldBe(new DateTimeOffset(2035, 12, 24, 9, 0, 0, TimeSpan.Zero));
        SpecialIn(2035).Add(Now, workingDays: 1).ShouldBe(new DateTimeOffset(2035, 12, 24, 9, 0, 0, TimeSpan.Zero));
        SpecialIn(2017).PreviousWorkingInstant(Now).ShouldBe(new DateTimeOffset(2017, 12, 24, 12, 0, 0, TimeSpan.Zero));
        Failure(() => SpecialIn(2038).NextWorkingInstant(Now));
        Failure(() => SpecialIn(2015).PreviousWorkingInstant(Now));
    }

    /// <summary>Ten years without working time end a search, not ten years with some.</summary>
    [Test]
    [Statement("5.5d")]
    public void A_search_that_finds_working_time_may_take_longer_than_ten_years()
    {
        var rare = SpecialIn(2026, 2035, 2044);
        var monday = new DateTimeOffset(2026, 11, 30, 10, 0, 0, TimeSpan.Zero);

        rare.Add(Now.AddDays(-10), workingTime: TimeSpan.FromHours(7)).ShouldBe(new DateTimeOffset(2044, 12, 24, 10, 0, 0, TimeSpan.Zero));
        rare.Add(Now.AddDays(-10), workingDays: 3).ShouldBe(new DateTimeOffset(2044, 12, 24, 9, 0, 0, TimeSpan.Zero));
        Office.Add(monday, workingDays: 5 * 1_000).ShouldBe(monday.AddDays(7 * 1_000));
        Office.Subtract(monday, workingTime: TimeSpan.FromHours(40 * 1_000)).ShouldBe(monday.AddDays(-7 * 1_000));
    }

    [Test]
    [Statement("5.5d")]
    public void Year_9999_ends_a_search()
    {
        var evening = LastDay.AddHours(18);

        Should.Throw<CalendarException>(() => Office.Add(evening, workingDays: 1));
        Should.Throw<CalendarException>(() => Office.Add(evening, workingTime: TimeSpan.FromTicks(1)));
        Should.Throw<CalendarException>(() => Office.NextWorkingInstant(evening));
        Should.Throw<CalendarException>(() => Office.Add(LastDay.AddDays(-300), workingDays: int.MaxValue));
        Should.Throw<CalendarException>(() => Office.Add(LastDay.AddDays(-300), workingTime: TimeSpan.MaxValue));
        Should.Throw<CalendarException>(() => Open.Calendar.AddDays(LastDay, 1));
        Should.Throw<CalendarException>(() => Open.Calendar.AddDays(LastDay, int.MaxValue));
    }

    [Test]
    [Statement("5.5d")]
    public void Year_1_ends_a_search_backwards()
    {
        var morning = DateTimeOffset.MinValue.AddHours(8);

        Should.Throw<CalendarException>(() => Office.Subtract(morning, workingDays: 1));
        Should.Throw<CalendarException>(() => Office.Subtract(morning, workingTime: TimeSpan.FromTicks(1)));
        Should.Throw<CalendarException>(() => Office.PreviousWorkingInstant(morning));
        Should.Throw<CalendarException>(() => Office.Subtract(morning.AddDays(300), workingTime: TimeSpan.MaxValue));
        Should.Throw<CalendarException>(() => Open.Calendar.SubtractDays(morning, 1));
    }

    [Test]
    [Statement("5.7c")]
    public void The_last_and_the_first_day_of_all_have_working_time()
    {
        Office.Add(LastDay, workingTime: TimeSpan.FromHours(8)).ShouldBe(LastDay.AddHours(17));
        Office.Subtract(DateTimeOffset.MinValue.AddHours(18), workingTime: TimeSpan.FromHours(8)).ShouldBe(DateTimeOffset.MinValue.AddHours(9));
        Open.Between(LastDay, DateTimeOffset.MaxValue).ShouldBe(DateTimeOffset.MaxValue - LastDay);
        Open.IsWorkingTime(DateTimeOffset.MaxValue).ShouldBeTrue();
        Office.IsWorkingTime(DateTimeOffset.MaxValue).ShouldBeFalse();
    }

    /// <summary>In such a zone the clock shows the year 10000 before UTC does, or the year 0 after it. A refusal is an answer, too.</summary>
    [TestCase("+14:00")]
    [TestCase("-12:00")]
    [TestCase("Pacific/Apia")]
    [TestCase("America/Adak")]
    [Statement("5.5d")]
    public void Both_ends_of_time_give_an_answer_or_a_refusal_in_every_zone(string timeZone)
    {
        var hours = WorkingHours.Define("Office", timeZone, hours => hours.On(DayOfWeek.Monday, DayOfWeek.Friday, "09:00-17:00"));
        foreach (var instant in new[] { DateTimeOffset.MinValue, DateTimeOffset.MaxValue })
        {
            AnswersOrRefuses(() => hours.IsWorkingTime(instant));
            AnswersOrRefuses(() => hours.NextWorkingInstant(instant));
            AnswersOrRefuses(() => hours.PreviousWorkingInstant(instant));
            AnswersOrRefuses(() => hours.Add(instant, 1, TimeSpan.FromHours(1)));
            AnswersOrRefuses(() => hours.Subtract(instant, 1, TimeSpan.FromHours(1)));
            AnswersOrRefuses(() => hours.Calendar.LocalTime(instant));
            AnswersOrRefuses(() => hours.Calendar.AddDays(instant, 1));
            AnswersOrRefuses(() => hours.Calendar.SubtractDays(instant, 1));
            AnswersOrRefuses(() => hours.Calendar.InstantOf(instant.DateTime));
            AnswersOrRefuses(() => hours.Calendar.StartOf(DateOnly.FromDateTime(instant.DateTime)));
        }

        AnswersOrRefuses(() => hours.Between(LastDay, DateTimeOffset.MaxValue));
    }

    private static void AnswersOrRefuses<T>(Func<T> ask)
    {
        try
        {
            _ = ask();
        }
        catch (CalendarException refusal)
        {
            refusal.Message.ShouldNotBeEmpty();
        }
    }

    private static void Failure(Func<DateTimeOffset> search) => Should.Throw<CalendarException>(() => search()).Message.ShouldContain("Christmas Eve");
}
