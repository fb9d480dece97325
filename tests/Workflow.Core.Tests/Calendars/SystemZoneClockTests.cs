using Workflow.Core.Calendars;

namespace Workflow.Core.Tests.Calendars;

/// <summary>The clocks of a system without files of the IANA data.</summary>
[TestFixture]
[Statement("5.5b")]
internal sealed class SystemZoneClockTests
{
    private static readonly string[] _zones =
    [
        "Europe/Lisbon", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "America/Sao_Paulo", "Pacific/Apia", "Asia/Tehran",
        "America/St_Johns", "Europe/Dublin", "Pacific/Kiritimati", "Africa/Monrovia", "Asia/Pyongyang",
    ];

    [Test]
    public void The_clock_of_the_runtime_changes_where_that_of_the_files_does([ValueSource(nameof(_zones))] string name)
    {
        Assume.That(ZoneFile.AreInstalled, "There are no files to compare with.");
        var files = ZoneFile.Find(name).ShouldNotBeNull();
        var runtime = new SystemZoneClock(TimeZoneInfo.FindSystemTimeZoneById(name));

        var changes = 0;
        for (var instant = new DateTime(1980, 1, 1).Ticks; instant < new DateTime(2037, 1, 1).Ticks; changes++)
        {
            var (left, right) = (files.At(instant), runtime.At(instant));
            right.Offset.ShouldBe(left.Offset, $"at {new DateTime(instant):O}");
            instant = Math.Min(left.End, right.End);
        }

        changes.ShouldBeGreaterThan(56, "each year is at least one span");
    }

    [Test]
    public void The_last_year_ends_and_the_first_begins()
    {
        var clock = new SystemZoneClock(TimeZoneInfo.Utc);

        clock.At(ZoneClock.EndOfTime - 1).End.ShouldBe(ZoneClock.EndOfTime);
        clock.At(0).Start.ShouldBe(0);
    }
}
