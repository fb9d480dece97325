using System.Buffers.Binary;
using System.Numerics;

namespace Workflow.Core.Formats;

/// <summary>The frame around every stored piece. It has a byte for the version of the format, a byte for the kind, the content, and a checksum over all of it.
/// A damaged piece is refused and never read as something else. Version, kind and checksum stay where they are in every version. They tell a piece of a newer
/// version from a damaged one.</summary>
/// <remarks>
/// Each kind has a latest version of its own. The numbers are counted over all kinds together: something new gets the number above the highest. Version 2
/// brought exclusions, unknown roles, and the details of an error. From version 3 on the checksum covers the place of the piece, too. Version 4 brought what an
/// owner says of its parts. Version 5 brought the fact of a role in which nobody may act, and version 6 the timers of an owner. Version 7 brought what an
/// activity instance counts over several destinations. Version 8 brought dates without a time and amounts of time as values. Version 9 brought the timers and
/// facts of start rules, version 10 processes that begin later, version 11 escalations, version 12 the facts of management, version 13 instances that are
/// stopped or deleted, numbers of errors, questions that were skipped, and calls that were cut short, and version 14 what retry policies and exception rules
/// do. Version 15 brought the change of the version of an instance, and the repeats that an escalation keeps by it. Version 16 brought timers
/// that are worked out anew, with the instants from which they were worked out, and the activities that have run. Version 17 brought joins,
/// version 18 exclusive groups and milestones, version 19 activity instances of which the rest goes on, version 20 signals, version 21 sub-processes
/// with the messages between instances, version 22 the fact of actions that redirect and release, version 23 the answer of a finish that is kept,
/// version 24 the questions by name of a destination rule, version 25 the text that is attached to an instance, version 26 the fact of another folio, and
/// version 27 news for other engines.
/// </remarks>
internal static class PartFormat
{
    /// <summary>The lowest version that is read.</summary>
    public const byte Lowest = 1;

    /// <summary>The lowest version in which pieces are written: its checksum covers the place.</summary>
    public const byte Placed = 3;

    /// <summary>The version in which an owner says how many parts it has, and their sum.</summary>
    public const byte Counted = 4;

    /// <summary>The version in which an owner has its timers. One without timers is written as before.</summary>
    public const byte WithTimers = 6;

    /// <summary>The version in which an activity instance with several destinations counts them. One with a single destination is written as before.</summary>
    public const byte WithCounts = 7;

    /// <summary>The version in which a value can be a date without a time, or an amount of time.</summary>
    public const byte WithCalendarTypes = 8;

    /// <summary>The version in which an activity instance can wait for its start rule.</summary>
    public const byte WithStartRules = 9;

    /// <summary>The version in which a process instance can wait for its start rule.</summary>
    public const byte WithProcessStarts = 10;

    /// <summary>The version in which an owner has escalations: timers that are held, and what has fired and is not done.</summary>
    public const byte WithEscalations = 11;

    /// <summary>The version in which the history has what administrators do with an instance.</summary>
    public const byte WithManagement = 12;

    /// <summary>The version in which an instance can be stopped or deleted, an error has a number, and calls that the end of a host cut short are
    /// counted.</summary>
    public const byte WithStops = 13;

    /// <summary>The version in which a server event that has failed can wait for its next attempt.</summary>
    public const byte WithRetries = 14;

    /// <summary>The version in which an instance can go on in another version of its definition, and escalations keep their repeats.</summary>
    public const byte WithVersionChanges = 15;

    /// <summary>The version in which a timer that is counted in a calendar has the instants from which its due instant was worked out.</summary>
    public const byte WithTimerBases = 16;

    /// <summary>The version in which the header has the activities that have run and have ended. It is the same as that of the timers.</summary>
    public const byte WithRuns = 16;

    /// <summary>The version in which joins keep arrivals, and activity instances know on which branch of a split they are.</summary>
    public const byte WithJoins = 17;

    /// <summary>The version in which the header has the activity instances that hold exclusive groups, and those that wait for them or for a
    /// milestone.</summary>
    public const byte WithGroups = 18;

    /// <summary>The version in which an activity instance whose succeeding rule was true can go on with the rest of its destinations.</summary>
    public const byte WithRests = 19;

    /// <summary>The version in which an instance keeps signals.</summary>
    public const byte WithSignals = 20;

    /// <summary>The version in which an instance knows its parent, and events the sub-processes that they wait for.</summary>
    public const byte WithSubProcesses = 21;

    /// <summary>The version in which the history has actions that redirect and release.</summary>
    public const byte WithActionKinds = 22;

    /// <summary>The version in which a finish that is kept has its answer.</summary>
    public const byte WithAnswers = 23;

    /// <summary>The version in which a planning has questions by name, with their arguments.</summary>
    public const byte WithQuestions = 24;

    /// <summary>The version in which an instance, and the start of a sub-process, has the text that is attached.</summary>
    public const byte WithAttachedTexts = 25;

    /// <summary>The version in which the history has changes of the folio.</summary>
    public const byte WithFolioChanges = 26;

    /// <summary>The version in which there is news for other engines.</summary>
    public const byte WithNews = 27;

    public const int ChecksumLength = sizeof(uint);

    private const int LeastLength = 2 + ChecksumLength;

    /// <summary>The highest version in which pieces of a kind are written.</summary>
    public static byte Latest(PartKind kind) => kind switch
    {
        PartKind.News => WithNews,
        PartKind.Journal => WithFolioChanges,
        PartKind.Destination => WithAnswers,
        PartKind.Header or PartKind.Message => WithAttachedTexts,
        PartKind.Activity => WithRests,
        PartKind.Slot => WithCalendarTypes,
        PartKind.Planning => WithQuestions,
        PartKind.People or PartKind.Actors or PartKind.ErrorDetails => Placed,
        _ => 0,
    };

    /// <summary>Whether the piece is long enough to have a frame.</summary>
    public static bool HasFrame(ReadOnlySpan<byte> piece) => piece.Length >= LeastLength;

    /// <summary>Whether the piece is as it was written, and, in the versions that say so, where it was.</summary>
    public static bool IsSound(ReadOnlySpan<byte> piece, in PartPlace place) =>
        HasFrame(piece) && ChecksumOf(piece) == Checksum(piece[..^ChecksumLength], place);

    /// <summary>Whether a sound piece is of a kind or version that this library does not know yet.</summary>
    public static bool IsNewer(ReadOnlySpan<byte> sound) => IsUnknown(sound[1]) || sound[0] > Latest((PartKind)sound[1]);

    public static bool IsUnknown(byte kind) => kind is 0 or > (byte)PartKind.News;

    /// <summary>The checksum that a piece ends with.</summary>
    public static uint ChecksumOf(ReadOnlySpan<byte> piece) => BinaryPrimitives.ReadUInt32LittleEndian(piece[^ChecksumLength..]);

    /// <summary>The checksum of a piece, as its version says.</summary>
    public static uint Checksum(ReadOnlySpan<byte> piece, in PartPlace place)
    {
        var checksum = Add(uint.MaxValue, piece);
        if (piece[0] >= Placed)
        {
            checksum = BitOperations.Crc32C(checksum, (ulong)place.Process);
            checksum = BitOperations.Crc32C(checksum, ((ulong)(uint)place.ActivityInstance << 32) | (uint)place.Destination);
            checksum = BitOperations.Crc32C(checksum, (ulong)place.Number);
        }

        return ~checksum;
    }

    private static uint Add(uint checksum, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var single in bytes)
        {
            checksum = BitOperations.Crc32C(checksum, single);
        }

        return checksum;
    }
}
