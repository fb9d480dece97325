namespace Workflow.Core.Tests.Calendars;

/// <summary>The statements on working time beside the cases of the documents.</summary>
[TestFixture(typeof(LibraryAnswers))]
[TestFixture(typeof(OracleAnswers))]
internal sealed class StatementCases<TAnswers> : CalendarCase<TAnswers>
    where TAnswers : IAnswers, new()
{
    private static readonly HoursPlan Nights = new HoursPlan("Europe/Lisbon").EveryDay("22:00-24:00", "00:00-06:00");
    private static readonly HoursPlan HalfPastOne = new HoursPlan("Europe/Lisbon").On(DayOfWeek.Sunday, "01:00-01:30");

    [TestCase("2026-11-30T08:59:59.9999999Z", false)]
    [TestCase("2026-11-30T09:00Z", true)]
    [TestCase("2026-11-30T11:59:59.9999999Z", true)]
    [TestCase("2026-11-30T12:00Z", false)]
    [TestCase("2026-11-29T10:00Z", false)]
    [TestCase("2026-12-01T00:00+14:00", true)]
    [Statement("5.5b")]
    public void A_slot_includes_its_start_and_excludes_its_end(string instant, bool expected) => Answers.IsWorking(Lisbon, At(instant)).ShouldBe(expected);

    [Test]
    [Statement("5.5")]
    public void An_exception_closes_its_date_only()
    {
        var hours = Lisbon.Holiday("2026-12-01");

        Answers.IsWorking(hours, At("2026-12-01T10:00Z")).ShouldBeFalse();
        Answers.IsWorking(hours, At("2026-12-02T10:00Z")).ShouldBeTrue();
        Answers.IsWorking(hours, At("2026-11-30T16:59Z")).ShouldBeTrue();
    }

    /// <summary>The date is that of the zone's clock: in Kathmandu the first of December begins at 18:15 of the day before.</summary>
    [Test]
    [Statement("5.5b")]
    public void An_exception_is_a_date_of_the_local_clock()
    {
        var hours = OracleAnswers.Open("Asia/Kathmandu").Holiday("2026-12-01");

        Answers.Previous(hours, At("2026-12-01T12:00Z")).ShouldBe(At("2026-11-30T18:15Z"));
        Answers.Next(hours, At("2026-12-01T12:00Z")).ShouldBe(At("2026-12-01T18:15Z"));
    }

    [Test]
    [Statement("5.5c")]
    public void A_slot_may_begin_and_end_at_any_minute() =>
        On(new HoursPlan("UTC").On(DayOfWeek.Monday, "09:07-09:08", "23:59-24:00"), "2026-11-30").ShouldBe(TimeSpan.FromMinutes(2));

    [Test]
    [Statement("5.5c")]
    public void Slots_that_overlap_or_touch_count_once() =>
        On(new HoursPlan("UTC").On(DayOfWeek.Monday, "12:00-13:00", "09:00-12:00", "10:00-11:00", "10:30-12:30"), "2026-11-30").ShouldBe(TimeSpan.FromHours(4));

    [TestCase("2026-11-30T23:59:59.9999999Z", 2, "2026-12-01T00:00:00.0000001Z")]
    [TestCase("2026-11-30T22:00Z", TimeSpan.TicksPerDay / 3, "2026-12-01T06:00Z")]
    [TestCase("2026-11-30T05:00Z", TimeSpan.TicksPerDay / 8, "2026-12-01T00:00Z")]
    [Statement("5.5c")]
    public void A_day_that_ends_at_24_touches_the_next_one(string from, long ticks, string expected) =>
        Answers.Add(Nights, At(from), 0, TimeSpan.FromTicks(ticks)).ShouldBe(At(expected));

    /// <summary>Both are stretches of their own: the clock goes back at the end of the first hour.</summary>
    [Test]
    [Statement("5.5b")]
    public void A_repeated_slot_that_ends_before_the_change_is_two_stretches()
    {
        Add(HalfPastOne, "2026-10-24T09:00Z", hoursOfWork: 0.5).ShouldBe(At("2026-10-25T00:30Z"));
        Add(HalfPastOne, "2026-10-24T09:00Z", hoursOfWork: 0.75).ShouldBe(At("2026-10-25T01:15Z"));
        Answers.IsWorking(HalfPastOne, At("2026-10-25T00:45Z")).ShouldBeFalse();
        Answers.Next(HalfPastOne, At("2026-10-25T00:30Z")).ShouldBe(At("2026-10-25T01:00Z"));
    }

    [Test]
    [Statement("5.5b")]
    public void A_date_whose_slots_are_all_skipped_is_no_working_day()
    {
        var hours = new HoursPlan("Europe/Lisbon").On(DayOfWeek.Sunday, "01:00-02:00");

        Add(hours, "2026-03-27T01:15Z", days: 1).ShouldBe(At("2026-04-05T00:15Z"));
        Subtract(hours, "2026-04-05T00:15Z", days: 1).ShouldBe(At("2026-03-22T01:15Z"));
    }

    [TestCase("2026-11-27T12:00Z", "2026-11-30T12:00Z")]
    [TestCase("2026-11-27T17:00Z", "2026-11-30T17:00Z")]
    [TestCase("2026-11-28T17:00:00.0000001Z", "2026-12-01T09:00Z")]
    [TestCase("2026-11-28T09:00Z", "2026-11-30T09:00Z")]
    [Statement("5.7b")]
    public void The_end_of_a_slot_counts_as_inside(string from, string expected) => Add(Lisbon, from, days: 1).ShouldBe(At(expected));

    /// <summary>The clock of Nuuk goes from 23:00 to midnight of the next date, which is where the slot ends.</summary>
    [Test]
    [Statement("5.7b")]
    [Statement("5.2b")]
    public void A_skipped_clock_time_at_the_end_of_a_slot_counts_as_inside()
    {
        var hours = new HoursPlan("America/Nuuk").On(DayOfWeek.Friday, DayOfWeek.Saturday, "09:00-24:00");

        Add(hours, "2024-03-29T23:30-02:00", days: 1).ShouldBe(At("2024-03-31T01:00Z"));
    }

    [Test]
    [Statement("5.7b")]
    public void No_day_moves_nothing() => Add(Lisbon, "2026-11-28T10:00Z").ShouldBe(At("2026-11-28T10:00Z"));

    [Test]
    [Statement("5.7b")]
    [Statement("5.7c")]
    public void Hours_begin_where_the_days_ended() => Add(Lisbon, "2026-11-27T18:00Z", days: 1, hoursOfWork: 0.5).ShouldBe(At("2026-12-01T09:30Z"));

    [Test]
    [Statement("5.7c")]
    public void The_smallest_amount_ends_right_behind_the_next_start() =>
        Answers.Add(Lisbon, At("2026-11-28T10:00Z"), 0, TimeSpan.FromTicks(1)).ShouldBe(At("2026-11-30T09:00:00.0000001Z"));

    [TestCase("2026-12-01T10:00Z", 60, "2026-12-01T09:00Z")]
    [TestCase("2026-12-01T10:00Z", 61, "2026-11-30T16:59Z")]
    [TestCase("2026-12-01T13:00Z", 60, "2026-12-01T11:00Z")]
    [TestCase("2026-11-29T10:00Z", 60, "2026-11-27T16:00Z")]
    [TestCase("2026-11-29T10:00Z", 0, "2026-11-29T10:00Z")]
    [TestCase("2026-11-30T09:00Z", 7 * 60, "2026-11-27T09:00Z")]
    [Statement("5.7d")]
    public void Amounts_backwards_end_at_the_latest_instant_that_leaves_them(string from, int minutes, string expected) =>
        Answers.Subtract(Lisbon, At(from), 0, TimeSpan.FromMinutes(minutes)).ShouldBe(At(expected));

    [TestCase("2026-11-30T10:00Z", 1, "2026-11-27T10:00Z")]
    [TestCase("2026-11-29T10:00Z", 1, "2026-11-27T10:00Z")]
    [TestCase("2026-12-01T18:00Z", 1, "2026-11-30T17:00Z")]
    [TestCase("2026-12-01T07:00Z", 1, "2026-11-27T17:00Z")]
    [TestCase("2026-12-01T12:30Z", 1, "2026-11-30T12:00Z")]
    [TestCase("2026-12-01T09:00Z", 1, "2026-11-30T09:00Z")]
    [TestCase("2026-12-01T17:00Z", 1, "2026-11-30T17:00Z")]
    [TestCase("2026-12-02T10:00Z", 3, "2026-11-27T10:00Z")]
    [Statement("5.7d")]
    public void Days_backwards_are_moved_to_the_end_of_the_working_time_before(string from, int days, string expected) =>
        Subtract(Lisbon, from, days).ShouldBe(At(expected));

    [Test]
    [Statement("5.7d")]
    public void Days_come_before_hours_backwards_too() => Subtract(Lisbon, "2026-12-01T10:00Z", days: 1, hoursOfWork: 2).ShouldBe(At("2026-11-27T16:00Z"));

    [Test]
    [Statement("5.7d")]
    [Statement("5.2b")]
    public void A_day_backwards_reads_skipped_and_repeated_hours_as_a_day_forwards()
    {
        Subtract(OpenNewYork, "2026-03-09T06:30Z", days: 1).ShouldBe(At("2026-03-08T07:00Z"));
        Subtract(OpenNewYork, "2026-11-02T06:30Z", days: 1).ShouldBe(At("2026-11-01T05:30Z"));
    }

    [TestCase("2026-11-30T10:00Z", "2026-11-30T10:00Z")]
    [TestCase("2026-11-30T12:00Z", "2026-11-30T13:00Z")]
    [TestCase("2026-11-28T10:00Z", "2026-11-30T09:00Z")]
    [TestCase("2026-11-30T17:00Z", "2026-12-01T09:00Z")]
    [Statement("5.7b")]
    public void The_next_working_instant_is_the_instant_itself_or_the_next_start(string instant, string expected) =>
        Answers.Next(Lisbon, At(instant)).ShouldBe(At(expected));

    [TestCase("2026-11-30T10:00Z", "2026-11-30T10:00Z")]
    [TestCase("2026-11-30T09:00Z", "2026-11-30T09:00Z")]
    [TestCase("2026-11-30T12:00Z", "2026-11-30T12:00Z")]
    [TestCase("2026-11-30T12:30Z", "2026-11-30T12:00Z")]
    [TestCase("2026-11-30T08:59Z", "2026-11-27T17:00Z")]
    [Statement("5.7d")]
    public void The_previous_working_instant_is_the_instant_itself_or_the_last_end(string instant, string expected) =>
        Answers.Previous(Lisbon, At(instant)).ShouldBe(At(expected));

    [Test]
    [Statement("5.6")]
    public void Working_time_against_the_clock_is_negative()
    {
        Between(Lisbon, "2026-12-01T10:00Z", "2026-11-30T16:00Z").ShouldBe(TimeSpan.FromHours(-2));
        Between(Lisbon, "2026-12-01T10:00Z", "2026-12-01T10:00Z").ShouldBe(TimeSpan.Zero);
    }
}
