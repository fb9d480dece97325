using System.Buffers.Binary;
using System.Text;

namespace Workflow.Core.Calendars;

/// <summary>Reads the files of the IANA time zone data that a system keeps (TZif, RFC 9636).</summary>
/// <remarks>The runtime of .NET reads the same files. But it turns the rule after the last change into one for whole days. It is a day off where the rule
/// counts hours over midnight.</remarks>
internal static class ZoneFile
{
    private static readonly string[] _folders = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"];

    /// <summary>Whether the system keeps such files at all.</summary>
    public static bool AreInstalled => Array.Exists(_folders, Directory.Exists);

    /// <summary>The clock that a system's files have under a name; null when there is no such file, or none that can be read.</summary>
    public static ZoneClock? Find(string name)
    {
        if (!name.Split('/').All(part => part.Length > 0 && part.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '+')))
        {
            return null;
        }

        foreach (var folder in _folders)
        {
            var path = Path.Combine(folder, name);
            if (File.Exists(path) && Read(File.ReadAllBytes(path)) is { } clock)
            {
                return clock;
            }
        }

        return null;
    }

    /// <summary>Reads a file; null when it is none of this kind, is damaged, or counts leap seconds, which no clock of .NET does.</summary>
    public static ZoneClock? Read(ReadOnlySpan<byte> file)
    {
        try
        {
            var block = new Block(file, 4);
            return !file.StartsWith("TZif"u8) ? null
                : file[4] == 0 ? block.Clock(file, null)
                : new Block(file[block.Length..], 8) is var wide ? wide.Clock(file[block.Length..], Footer(file[(block.Length + wide.Length)..])) : null;
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            return null;
        }
    }

    private static string Footer(ReadOnlySpan<byte> text) => Encoding.ASCII.GetString(text[1..][..text[1..].IndexOf((byte)'\n')]);

    /// <summary>One of the two blocks of a file: the old one has instants of four bytes, the other of eight.</summary>
    private readonly struct Block
    {
        private const int Header = 44;

        private readonly int _size;
        private readonly int _leaps;
        private readonly int _changes;
        private readonly int _types;

        public Block(ReadOnlySpan<byte> block, int size)
        {
            _size = size;
            _leaps = Number(block, 28);
            _changes = Number(block, 32);
            _types = Number(block, 36);
            Length = Header + (_changes * (size + 1)) + (_types * 6) + Number(block, 40) + (_leaps * (size + 4)) + Number(block, 24) + Number(block, 20);
        }

        public int Length { get; }

        public FileZoneClock? Clock(ReadOnlySpan<byte> block, string? footer)
        {
            if (_leaps > 0 || _types == 0)
            {
                return null;
            }

            var changes = new long[_changes];
            var offsets = new long[_changes + 1];
            var indexes = block.Slice(Header + (_changes * _size), _changes);
            var types = block.Slice(Header + (_changes * (_size + 1)), _types * 6);
            offsets[0] = Number(types, 0) * TimeSpan.TicksPerSecond;
            for (var index = 0; index < _changes; index++)
            {
                var at = block.Slice(Header + (index * _size), _size);
                changes[index] = Ticks(_size == 8 ? BinaryPrimitives.ReadInt64BigEndian(at) : BinaryPrimitives.ReadInt32BigEndian(at));
                offsets[index + 1] = Number(types, indexes[index] * 6) * TimeSpan.TicksPerSecond;
            }

            return new FileZoneClock(changes, offsets, footer is null ? null : ZoneRule.Parse(footer));
        }

        /// <summary>Seconds since 1970 as ticks; what lies before the year 1 or after 9999 is its border.</summary>
        private static long Ticks(long seconds) => seconds <= -DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerSecond ? 0
            : seconds >= (ZoneClock.EndOfTime - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond ? ZoneClock.EndOfTime
            : DateTime.UnixEpoch.Ticks + (seconds * TimeSpan.TicksPerSecond);

        private static int Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32BigEndian(bytes[at..]);
    }
}
