using System.Buffers.Binary;
using System.Text;

namespace Workflow.Core.Tests.Calendars;

/// <summary>The distance of a zone's clock from UTC at each instant.</summary>
/// <remarks>It reads the system's IANA files (RFC 9636) by itself, from front to back. TimeZoneInfo turns them into rules of another kind and loses something.
/// The rules of Nuuk, Santiago, Cairo and Jerusalem have times below 0 or from 24 hours on. There .NET 10 changes clocks at other instants from 2038 on. An
/// oracle that took its clock from there would repeat such mistakes.</remarks>
internal sealed class OracleClock
{
    private const int LastYear = 2042;

    private readonly TimeSpan _first;
    private readonly List<ClockChange> _changes = [];

    private OracleClock(TimeSpan first) => _first = first;

    /// <summary>The changes in their order. One that leaves the distance from UTC as it was, and changes a name only, is left out.</summary>
    public IReadOnlyList<ClockChange> Changes => _changes;

    /// <summary>The distance before the first change.</summary>
    public TimeSpan First => _first;

    /// <summary>A clock by the name of a zone, or by a distance from UTC such as +05:45.</summary>
    public static OracleClock Of(string timeZone) =>
        timeZone[0] is '+' or '-' ? new OracleClock(FixedOffset(timeZone)) : Read(File.ReadAllBytes(Path.Combine(SystemZones.Folder, timeZone)));

    /// <summary>The distance from UTC at an instant: that of the last change up to it.</summary>
    public TimeSpan OffsetAt(DateTimeOffset instant)
    {
        var offset = _first;
        foreach (var change in _changes)
        {
            if (change.At <= instant)
            {
                offset = change.After;
            }
        }

        return offset;
    }

    private static TimeSpan FixedOffset(string text)
    {
        var offset = new TimeSpan(Digits(text, 1), Digits(text, 4), 0);
        return text[0] is '-' ? -offset : offset;
    }

    private static int Digits(string text, int start) => ((text[start] - '0') * 10) + (text[start + 1] - '0');

    /// <summary>A file has a header and a block with times of four bytes, then the same with times of eight bytes. A line with the rule for later years
    /// follows. The first block is passed over.</summary>
    private static OracleClock Read(byte[] file)
    {
        var second = 44 + BlockLength(file, header: 0, timeLength: 4);
        var times = Count(file, second, 32);
        var types = Count(file, second, 36);
        var timeStart = second + 44;
        var indexStart = timeStart + (times * 8);
        var typeStart = indexStart + times;

        TimeSpan Offset(int type) => TimeSpan.FromSeconds(BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(typeStart + (type * 6))));
        types.ShouldBeGreaterThan(0);
        var clock = new OracleClock(Offset(0));
        for (var index = 0; index < times; index++)
        {
            var seconds = BinaryPrimitives.ReadInt64BigEndian(file.AsSpan(timeStart + (index * 8)));
            if (seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds())
            {
                clock.Append(DateTimeOffset.FromUnixTimeSeconds(seconds), Offset(file[indexStart + index]));
            }
        }

        var end = second + 44 + BlockLength(file, second, timeLength: 8);
        clock.Continue(OracleClockRule.Read(Encoding.ASCII.GetString(file, end, file.Length - end).Trim('\n')));
        return clock;
    }

    /// <summary>The length of a block after its header: times, their types, the types, names, leap seconds and two kinds of marks.</summary>
    private static int BlockLength(byte[] file, int header, int timeLength)
    {
        Encoding.ASCII.GetString(file, header, 4).ShouldBe("TZif");
        return (Count(file, header, 32) * (timeLength + 1)) + (Count(file, header, 36) * 6) + Count(file, header, 40)
            + (Count(file, header, 28) * (timeLength + 4)) + Count(file, header, 24) + Count(file, header, 20);
    }

    private static int Count(byte[] file, int header, int place) => BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(header + place));

    private void Append(DateTimeOffset at, TimeSpan after)
    {
        var before = _changes.Count == 0 ? _first : _changes[^1].After;
        if (after != before)
        {
            _changes.Add(new ClockChange(at, before, after));
        }
    }

    /// <summary>The rule of the last line holds after the last time of the file. A zone that has a rule with changes has a file with times, up to 2037 as a
    /// rule.</summary>
    private void Continue(OracleClockRule rule)
    {
        if (!rule.HasChanges)
        {
            return;
        }

        var last = _changes[^1].At;
        for (var year = last.Year; year <= LastYear; year++)
        {
            foreach (var (at, after) in rule.ChangesOf(year).Where(change => change.At > last))
            {
                Append(at, after);
            }
        }
    }
}
