using Workflow.Core.Calendars;

namespace Workflow.Core.Tests.Calendars;

/// <summary>Working hours tell their name, zone and slots. Zones have names of several kinds.</summary>
[TestFixture]
internal sealed class WorkingHoursTests
{
    private static readonly DateOnly Monday = new(2026, 11, 30);
    private static readonly DateOnly Sunday = new(2026, 11, 29);

    [Test]
    [Statement("5.5")]
    public void Hours_know_their_name_and_their_zone()
    {
        var hours = WorkingHours.Define("Lisbon office", "Europe/Lisbon", hours => hours.On(DayOfWeek.Monday, "09:00-12:00"));

        hours.Name.ShouldBe("Lisbon office");
        hours.Calendar.TimeZone.ShouldBe("Europe/Lisbon");
    }

    [Test]
    [Statement("5.5c")]
    public void Slots_are_in_order_and_merged_where_they_overlap_or_touch() =>
        SlotsOn(Monday, hours => hours.On(DayOfWeek.Monday, "22:00-24:00", "12:00-13:00", "09:00-12:00").On(DayOfWeek.Monday, "10:00-12:30", "20:00-21:00"))
            .ShouldBe([Slot(9, 13), Slot(20, 21), Slot(22, 24)]);

    [Test]
    [Statement("5.5")]
    public void A_span_of_days_goes_over_the_end_of_the_week()
    {
        var hours = Define(hours => hours.On(DayOfWeek.Saturday, DayOfWeek.Wednesday, "08:00-16:00"));

        Enumerable.Range(0, 7).Select(day => hours.SlotsOn(Sunday.AddDays(day)).Count).ShouldBe([1, 1, 1, 1, 0, 0, 1]);
    }

    [Test]
    [Statement("5.5")]
    public void A_span_of_one_day_is_that_day()
    {
        var hours = Define(hours => hours.On(DayOfWeek.Monday, DayOfWeek.Monday, "08:00-16:00"));

        Enumerable.Range(0, 7).Select(day => hours.SlotsOn(Sunday.AddDays(day)).Count).ShouldBe([0, 1, 0, 0, 0, 0, 0]);
    }

    [Test]
    [Statement("5.5")]
    [Statement("5.5c")]
    public void Special_hours_replace_and_an_exception_wins()
    {
        SlotsOn(Monday, hours => hours.EveryDay("09:00-17:00").Special(Monday, "10:00-11:00")).ShouldBe([Slot(10, 11)]);
        SlotsOn(Monday, hours => hours.EveryDay("09:00-17:00").Holiday(Monday)).ShouldBeEmpty();
        SlotsOn(Monday, hours => hours.EveryDay("09:00-17:00").Holiday(Monday).Special(Monday, "10:00-11:00")).ShouldBeEmpty();
        SlotsOn(Monday, hours => hours.EveryDay("09:00-17:00").Special(Monday, "10:00-11:00").Holiday(Monday)).ShouldBeEmpty();
        SlotsOn(Monday, hours => hours.EveryDay("09:00-17:00").Special(Monday)).ShouldBeEmpty();
        SlotsOn(Sunday, hours => hours.On(DayOfWeek.Monday, "09:00-17:00").Special(Sunday, "10:00-11:00")).ShouldBe([Slot(10, 11)]);
    }

    /// <summary>Several calls for a day add up. So do several for a date: the slots of the first do not disappear without a word.</summary>
    [Test]
    [Statement("5.5")]
    [Statement("14.9")]
    public void Special_hours_that_are_given_twice_add_up() =>
        SlotsOn(Monday, hours => hours.EveryDay("00:00-24:00").Special(Monday, "10:00-11:00").Special(Monday, "13:00-14:00"))
            .ShouldBe([Slot(10, 11), Slot(13, 14)]);

    [Test]
    [Statement("5.5")]
    public void A_holiday_that_is_given_twice_is_one() =>
        SlotsOn(Monday, hours => hours.EveryDay("00:00-24:00").Holiday(Monday).Holiday(Monday)).ShouldBeEmpty();

    /// <summary>Slots are what the clock shows, so a slot that is skipped is among them.</summary>
    [Test]
    [Statement("5.5b")]
    public void Slots_are_read_on_the_local_clock() =>
        SlotsOn(new DateOnly(2026, 3, 29), hours => hours.EveryDay("01:00-02:00")).ShouldBe([Slot(1, 2)]);

    [TestCase("W. Europe Standard Time", "2026-07-01T12:00", 2)]
    [TestCase("W. Europe Standard Time", "2026-01-01T12:00", 1)]
    [TestCase("GMT Standard Time", "2026-07-01T12:00", 1)]
    [TestCase("Nepal Standard Time", "2026-07-01T12:00", 5.75)]
    [TestCase("UTC", "2026-07-01T12:00", 0)]
    [TestCase("Etc/UTC", "2026-07-01T12:00", 0)]
    [TestCase("+05:45", "2026-07-01T12:00", 5.75)]
    [TestCase("-03:30", "2026-07-01T12:00", -3.5)]
    [TestCase("+00:00", "2026-07-01T12:00", 0)]
    [TestCase("+14:00", "2026-07-01T12:00", 14)]
    [TestCase("Europe/Lisbon", "2026-07-01T12:00", 1)]
    [TestCase("Portugal", "2026-07-01T12:00", 1)]
    [Statement("5.5b")]
    public void Names_of_IANA_and_Windows_and_distances_from_UTC_are_zones(string timeZone, string clock, double hours)
    {
        SystemZones.Require();
        var instant = new DateTimeOffset(DateTime.Parse(clock, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(hours));
        var calendar = LocalCalendar.In(timeZone);

        calendar.LocalTime(instant.ToUniversalTime()).ShouldBe(instant);
        calendar.LocalTime(instant.ToUniversalTime()).Offset.ShouldBe(TimeSpan.FromHours(hours));
        calendar.InstantOf(instant.DateTime).ShouldBe(instant);
    }

    private static WorkingHours Define(Action<WorkingHoursBuilder> hours) => WorkingHours.Define("Office", "Europe/Lisbon", hours);

    private static IReadOnlyList<WorkingSlot> SlotsOn(DateOnly date, Action<WorkingHoursBuilder> hours) => Define(hours).SlotsOn(date);

    private static WorkingSlot Slot(int start, int end) => new(TimeSpan.FromHours(start), TimeSpan.FromHours(end));
}
