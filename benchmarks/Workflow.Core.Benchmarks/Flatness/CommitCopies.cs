using System.Buffers.Binary;
using Workflow.Core.Formats;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Benchmarks.Flatness;

/// <summary>Copies of the commit of a start, with which a store is filled.</summary>
internal static class CommitCopies
{
    /// <summary>The bytes of a commit are the engine's, which uses them again.</summary>
    public static Commit Of(Commit commit) => commit with
    {
        Parts = [.. commit.Parts.Select(part => new StoredPart(part.Key, part.Content.ToArray()))],
        EndedActivities = [.. commit.EndedActivities],
        Journal = commit.Journal is { } journal ? journal with { Content = journal.Content.ToArray() } : null,
        ServerItems = [.. commit.ServerItems],
        Worklist = [.. commit.Worklist],
        ArmedTimers = [.. commit.ArmedTimers],
    };

    /// <summary>The same start as that of another instance. Its timers are those of the original, and have to be given others.</summary>
    /// <param name="id">The other instance.</param>
    /// <param name="folio">Its folio.</param>
    /// <param name="original">The commit.</param>
    public static Commit In(ProcessInstanceId id, string folio, Commit original)
    {
        var opened = (WorklistChange.Opened)original.Worklist[0];
        return original with
        {
            ProcessInstance = id,
            Id = "",
            Owner = "",
            Record = original.Record! with { Id = id, Folio = folio },
            Parts = [.. original.Parts.Select(part => new StoredPart(part.Key, PlacedIn(
                new PartPlace(id.Value, part.Key.ActivityInstance, part.Key.Destination, part.Key.Number), part.Content)))],
            Journal = original.Journal is { } journal
                ? journal with { Content = PlacedIn(new PartPlace(id.Value, Number: journal.FirstNumber), journal.Content) }
                : null,
            Worklist = [new WorklistChange.Opened(opened.Header with { Serial = new SerialNumber(id, opened.Serial.Destination) }, opened.Entries)],
        };
    }

    /// <summary>The checksum of a stored piece covers the place where it is stored, so a copy in another instance needs one of its own.</summary>
    private static byte[] PlacedIn(PartPlace place, ReadOnlyMemory<byte> piece)
    {
        var copy = piece.ToArray();
        var content = copy.AsSpan(0, copy.Length - PartFormat.ChecksumLength);
        BinaryPrimitives.WriteUInt32LittleEndian(copy.AsSpan(content.Length), PartFormat.Checksum(content, place));
        return copy;
    }
}
