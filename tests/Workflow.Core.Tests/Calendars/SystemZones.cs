using System.Collections.Concurrent;

namespace Workflow.Core.Tests.Calendars;

/// <summary>The zones of the system, by the files that describe them.</summary>
internal static class SystemZones
{
    public const string Folder = "/usr/share/zoneinfo";

    /// <summary>Copies of all zones, with and without leap seconds, and the machine's own zone are no zones of their own.</summary>
    private static readonly string[] _others = ["posix/", "right/", "localtime", "posixrules"];

    private static readonly Lazy<IReadOnlyList<string>> _names = new(Read);
    private static readonly ConcurrentDictionary<string, OracleClock> _clocks = new(StringComparer.Ordinal);

    /// <summary>All names, in ordinal order.</summary>
    public static IReadOnlyList<string> Names => _names.Value;

    /// <summary>The clock of a zone, or of a distance from UTC. It is read once.</summary>
    public static OracleClock Clock(string timeZone) => _clocks.GetOrAdd(timeZone, OracleClock.Of);

    /// <summary>The changes of a zone's clock from 2000 to 2040.</summary>
    public static IEnumerable<ClockChange> ChangesOf(string timeZone) => Clock(timeZone).Changes.Where(change => change.At.Year is >= 2000 and <= 2040);

    /// <summary>Skips a test on a system without such files. There the library takes its clocks from elsewhere.</summary>
    public static void Require() => Assume.That(Directory.Exists(Folder), $"The system has no files of zones in {Folder}.");

    private static List<string> Read() =>
    [
        .. Directory.EnumerateFiles(Folder, "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3 })
            .Select(path => Path.GetRelativePath(Folder, path))
            .Where(name => !_others.Any(other => name.StartsWith(other, StringComparison.Ordinal)) && IsZone(name))
            .Order(StringComparer.Ordinal),
    ];

    private static bool IsZone(string name)
    {
        using var file = File.OpenRead(Path.Combine(Folder, name));
        Span<byte> start = stackalloc byte[4];
        return file.ReadAtLeast(start, 4, throwOnEndOfStream: false) == 4 && start.SequenceEqual("TZif"u8);
    }
}
