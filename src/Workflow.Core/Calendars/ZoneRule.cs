using System.Globalization;

namespace Workflow.Core.Calendars;

/// <summary>A rule that changes a clock twice in every year, in the notation of POSIX with the additions of RFC 9636. An example is
/// <c>WET0WEST,M3.5.0/1,M10.5.0</c>.</summary>
internal sealed class ZoneRule
{
    private readonly long _standard;
    private readonly long _summer;
    private readonly RuleDay _begin;
    private readonly RuleDay _finish;

    private ZoneRule(long standard, long summer, RuleDay begin, RuleDay finish) =>
        (_standard, _summer, _begin, _finish) = (standard, summer, begin, finish);

    /// <summary>Reads the rule; null when there is none or the clock never changes.</summary>
    /// <exception cref="FormatException">The text is no such rule.</exception>
    public static ZoneRule? Parse(string text)
    {
        var parts = text.Split(',');
        var rest = parts[0].AsSpan();
        if (rest.IsEmpty)
        {
            return null;
        }

        Name(ref rest);
        var standard = -Time(ref rest);
        if (rest.IsEmpty)
        {
            return null;
        }

        Name(ref rest);
        var summer = rest.IsEmpty ? standard + TimeSpan.TicksPerHour : -Time(ref rest);
        if (parts.Length != 3 || !rest.IsEmpty)
        {
            throw new FormatException(text);
        }

        return new(standard, summer, Day(parts[1]), Day(parts[2]));
    }

    /// <summary>The two changes of a year: the instant in ticks of UTC, and the offset from then on.</summary>
    public IEnumerable<(long Instant, long Offset)> ChangesIn(int year) => year is < 1 or > 9999 ? [] :
    [
        (_begin.Midnight(year) + _begin.Time - _standard, _summer),
        (_finish.Midnight(year) + _finish.Time - _summer, _standard),
    ];

    private static void Name(ref ReadOnlySpan<char> text)
    {
        var length = text is ['<', ..] ? text.IndexOf('>') + 1 : text.IndexOfAnyExceptInRange('A', 'z');
        text = text[(length < 0 ? text.Length : length)..];
    }

    /// <summary>Hours, and where they are given minutes and seconds, with a sign.</summary>
    private static long Time(ref ReadOnlySpan<char> text)
    {
        var sign = text is ['-', ..] ? -1 : 1;
        text = text is ['-' or '+', ..] ? text[1..] : text;
        var ticks = 0L;
        for (var unit = TimeSpan.TicksPerHour; ; unit /= 60)
        {
            var digits = text.IndexOfAnyExceptInRange('0', '9');
            digits = digits < 0 ? text.Length : digits;
            ticks += unit * int.Parse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
            text = text[digits..];
            if (text is not [':', ..] || unit == TimeSpan.TicksPerSecond)
            {
                return sign * ticks;
            }

            text = text[1..];
        }
    }

    private static RuleDay Day(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var time = 2 * TimeSpan.TicksPerHour;
        if (slash >= 0)
        {
            var rest = text.AsSpan(slash + 1);
            time = Time(ref rest);
        }

        var day = slash < 0 ? text : text[..slash];
        var numbers = day.TrimStart('M', 'J').Split('.').Select(number => int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture)).ToArray();
        return day[0] switch
        {
            'M' => new('M', numbers[0], numbers[1], numbers[2], time),
            var kind => new(kind is 'J' ? 'J' : 'N', 0, 0, numbers[0], time),
        };
    }

    /// <summary>A day of each year. It is the nth weekday of a month (5 is the last), a day counted without 29 February, or one counted with it.</summary>
    private readonly record struct RuleDay(char Kind, int Month, int Week, int Number, long Time)
    {
        public long Midnight(int year)
        {
            var day = new DateTime(year, Kind is 'M' ? Month : 1, 1);
            switch (Kind)
            {
                case 'J':
                    return day.Ticks + ((Number - (Number >= 60 && DateTime.IsLeapYear(year) ? 0 : 1)) * TimeSpan.TicksPerDay);

                case 'N':
                    return day.Ticks + (Number * TimeSpan.TicksPerDay);

                default:
                    var first = (Number - (int)day.DayOfWeek + 7) % 7;
                    var wanted = first + ((Week - 1) * 7);
                    return day.Ticks + ((wanted < DateTime.DaysInMonth(year, Month) ? wanted : wanted - 7) * TimeSpan.TicksPerDay);
            }
        }
    }
}
