using Workflow.Core.Calendars;

namespace Workflow.Core.Tests.Calendars;

/// <summary>Working hours and zones that cannot be meant are refused when they are built. The text names the working hours and says what is wrong.</summary>
[TestFixture]
internal sealed class CalendarRefusalTests
{
    private static readonly DateOnly ChristmasEve = new(2026, 12, 24);

    [Test]
    [Statement("5.5c")]
    public void Z29_a_slot_over_midnight_is_refused_with_the_form_of_two_slots()
    {
        var refusal = Refusal(hours => hours.On(DayOfWeek.Monday, "22:00-06:00"));

        refusal.ShouldContain("Lisbon office");
        refusal.ShouldContain("22:00-24:00");
        refusal.ShouldContain("00:00-06:00");
    }

    [Test]
    [Statement("5.5c")]
    public void A_slot_until_midnight_is_refused_with_the_form_that_ends_at_24() =>
        Refusal(hours => hours.On(DayOfWeek.Monday, "22:00-00:00")).ShouldContain("22:00-24:00");

    [TestCase("09:00-09:00")]
    [TestCase("12:00-09:00")]
    [TestCase("24:00-24:00")]
    [TestCase("00:00-00:00")]
    [Statement("5.5c")]
    public void A_slot_that_does_not_end_after_its_start_is_refused(string slot) =>
        Refusal(hours => hours.EveryDay("13:00-14:00", slot)).ShouldContain(slot);

    [TestCase("9-12")]
    [TestCase("09:00-25:00")]
    [TestCase("09:00-24:01")]
    [TestCase("09:60-12:00")]
    [TestCase("-1:00-12:00")]
    [TestCase("09:00")]
    [TestCase("09:00-")]
    [TestCase("-12:00")]
    [TestCase("09:00-12:00-13:00")]
    [TestCase("09:00-12:00,13:00-17:00")]
    [TestCase("09:00-12:00x")]
    [TestCase("nine to five")]
    [TestCase("٠٩:٠٠-١٢:٠٠")]
    [Statement("5.5c")]
    public void A_malformed_slot_is_refused_and_shown(string slot)
    {
        var refusal = Refusal(hours => hours.On(DayOfWeek.Monday, slot));

        refusal.ShouldContain("Lisbon office");
        refusal.ShouldContain(slot);
    }

    [Test]
    [Statement("5.5c")]
    public void An_empty_slot_is_refused() => Refusal(hours => hours.On(DayOfWeek.Monday, "")).ShouldContain("Lisbon office");

    [Test]
    [Statement("5.5c")]
    public void A_malformed_slot_of_a_special_date_is_refused() => Refusal(hours => hours.Special(ChristmasEve, "22:00-06:00")).ShouldContain("22:00-24:00");

    [Test]
    [Statement("5.5d")]
    public void Hours_without_working_time_are_refused()
    {
        Refusal(_ => { }).ShouldContain("Lisbon office");
        Refusal(hours => hours.Holiday(ChristmasEve)).ShouldContain("Lisbon office");
        Refusal(hours => hours.Special(ChristmasEve)).ShouldContain("Lisbon office");
    }

    /// <summary>The last three are files beside those of the zones, but no names of zones. They are the machine's own zone, the one for rules without a zone,
    /// and a clock that counts leap seconds. Its changes are half a minute late.</summary>
    [TestCase("Nowhere/Nothing")]
    [TestCase("")]
    [TestCase(" ")]
    [TestCase("Europe")]
    [TestCase("+25:00")]
    [TestCase("+05:60")]
    [TestCase("+5")]
    [TestCase("05:45")]
    [TestCase("tzdata.zi")]
    [TestCase("../zoneinfo/Europe/Lisbon")]
    [TestCase("/usr/share/zoneinfo/Europe/Lisbon")]
    [TestCase("localtime")]
    [TestCase("posixrules")]
    [TestCase("right/Europe/Lisbon")]
    [Statement("5.5b")]
    public void A_zone_that_nobody_knows_is_refused_and_shown(string timeZone)
    {
        Should.Throw<CalendarException>(() => LocalCalendar.In(timeZone)).Message.ShouldContain(timeZone);
        var refusal = Should.Throw<CalendarException>(() => WorkingHours.Define("Lisbon office", timeZone, hours => hours.EveryDay("09:00-12:00"))).Message;

        refusal.ShouldContain("Lisbon office");
        refusal.ShouldContain(timeZone);
    }

    [TestCase("")]
    [TestCase(" ")]
    public void An_empty_name_is_refused(string name) =>
        (Should.Throw<Exception>(() => WorkingHours.Define(name, "UTC", hours => hours.EveryDay("09:00-12:00"))) is CalendarException or ArgumentException)
            .ShouldBeTrue();

    [TestCase(-1, 0)]
    [TestCase(0, -1)]
    [TestCase(1, -1)]
    [TestCase(-1, 1)]
    [TestCase(int.MinValue, 0)]
    [TestCase(0, long.MinValue)]
    [Statement("5.7d")]
    public void A_negative_amount_is_a_mistake_of_the_caller(int days, long ticks)
    {
        var hours = WorkingHours.Define("Lisbon office", "Europe/Lisbon", hours => hours.EveryDay("09:00-12:00"));
        var from = new DateTimeOffset(2026, 11, 30, 10, 0, 0, TimeSpan.Zero);

        Should.Throw<ArgumentOutOfRangeException>(() => hours.Add(from, days, TimeSpan.FromTicks(ticks)));
        Should.Throw<ArgumentOutOfRangeException>(() => hours.Subtract(from, days, TimeSpan.FromTicks(ticks)));
    }

    [Test]
    [Statement("5.8b")]
    public void A_negative_number_of_calendar_days_is_a_mistake_of_the_caller()
    {
        var calendar = LocalCalendar.In("Europe/Lisbon");

        Should.Throw<ArgumentOutOfRangeException>(() => calendar.AddDays(DateTimeOffset.UnixEpoch, -1));
        Should.Throw<ArgumentOutOfRangeException>(() => calendar.SubtractDays(DateTimeOffset.UnixEpoch, -1));
    }

    [TestCase(DateTimeKind.Utc)]
    [TestCase(DateTimeKind.Local)]
    [Statement("5.2b")]
    public void A_clock_time_that_says_whose_it_is_is_a_mistake_of_the_caller(DateTimeKind kind) =>
        Should.Throw<ArgumentException>(() => LocalCalendar.In("Europe/Lisbon").InstantOf(new DateTime(2026, 11, 30, 10, 0, 0, kind)));

    private static string Refusal(Action<WorkingHoursBuilder> hours) =>
        Should.Throw<CalendarException>(() => WorkingHours.Define("Lisbon office", "Europe/Lisbon", hours)).Message;
}
