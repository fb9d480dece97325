using System.Globalization;
using System.Text.RegularExpressions;

namespace Workflow.Core.Tests.Calendars;

/// <summary>The last line of a zone's file, for the years after its last change. It has a standard distance from UTC, and a summer one with the days on which
/// it begins and ends. CET-1CEST,M3.5.0,M10.5.0/3 is an example.</summary>
internal sealed partial record OracleClockRule(TimeSpan Standard, TimeSpan Summer, string Begin, string End)
{
    public bool HasChanges => Begin.Length > 0;

    public static OracleClockRule Read(string line)
    {
        if (line.Length == 0)
        {
            return new OracleClockRule(TimeSpan.Zero, TimeSpan.Zero, "", "");
        }

        var match = Line().Match(line);
        match.Success.ShouldBeTrue(line);
        var standard = -Clock(match.Groups["standard"].Value);
        var summer = match.Groups["summer"] is { Length: > 0 } given ? -Clock(given.Value) : standard + TimeSpan.FromHours(1);
        return new OracleClockRule(standard, summer, match.Groups["begin"].Value, match.Groups["end"].Value);
    }

    /// <summary>The two changes of a year in their order. The summer begins by the standard clock and ends by the summer clock.</summary>
    public IEnumerable<(DateTimeOffset At, TimeSpan After)> ChangesOf(int year)
    {
        var begin = (At: new DateTimeOffset(Local(Begin, year) - Standard, TimeSpan.Zero), After: Summer);
        var end = (At: new DateTimeOffset(Local(End, year) - Summer, TimeSpan.Zero), After: Standard);
        return begin.At < end.At ? [begin, end] : [end, begin];
    }

    /// <summary>M3.5.0/1 is the fifth, or else the last, Sunday (0) of March at 01:00. The time is 02:00 where none is given. It may lie outside of the
    /// day.</summary>
    private static DateTime Local(string rule, int year)
    {
        var match = Day().Match(rule);
        match.Success.ShouldBeTrue(rule);
        var month = Number(match.Groups["month"].Value);
        var date = new DateTime(year, month, 1);
        while ((int)date.DayOfWeek != Number(match.Groups["day"].Value))
        {
            date = date.AddDays(1);
        }

        for (var week = 1; week < Number(match.Groups["week"].Value) && date.AddDays(7).Month == month; week++)
        {
            date = date.AddDays(7);
        }

        return date + (match.Groups["time"] is { Length: > 0 } time ? Clock(time.Value) : TimeSpan.FromHours(2));
    }

    private static TimeSpan Clock(string text)
    {
        var parts = text.TrimStart('-', '+').Split(':');
        var value = new TimeSpan(Number(parts[0]), parts.Length > 1 ? Number(parts[1]) : 0, 0);
        return text[0] is '-' ? -value : value;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:<[^>]+>|[A-Za-z]+)(?<standard>[-+:0-9]+)(?:(?:<[^>]+>|[A-Za-z]+)(?<summer>[-+:0-9]*),(?<begin>[^,]+),(?<end>[^,]+))?$")]
    private static partial Regex Line();

    [GeneratedRegex(@"^M(?<month>\d+)\.(?<week>\d)\.(?<day>\d)(?:/(?<time>[-+:0-9]+))?$")]
    private static partial Regex Day();
}
