using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Snapshots;

namespace Workflow.Core.Runtime;

/// <summary>Turns the results of an episode into a commit. It holds only changed elements that have not ended (statement 14.6).</summary>
internal static class CommitBuilder
{
    /// <param name="buffers">The state that the turn works with.</param>
    /// <param name="heading">The heading, which names the engine that makes the commit.</param>
    public static Commit Build(TurnBuffers buffers, CommitHeading heading)
    {
        var episode = buffers.Episode;
        var process = episode.Process;
        Invariant.Holds(episode.PlannedSteps == 0);
        episode.TakeTimers();
        Pieces(buffers, episode.Definition, process);
        var messages = episode.Messages is { Count: > 0 } sent ? Messages(buffers, process.Id, sent) : null;
        foreach (var (key, piece) in buffers.Pieces)
        {
            buffers.Parts.Add(new StoredPart(key, buffers.Writer.Memory(piece)));
        }

        for (var index = 0; messages is not null && index < messages.Length; index++)
        {
            var message = episode.Messages![index];
            buffers.SentMessages.Add(new ProcessMessage(process.Id, message.Number, message.To, buffers.Writer.Memory(messages[index])));
        }

        heading.ProcessInstance = process.Id;
        heading.ExpectedVersion = process.Version;
        heading.Record = process.IsRecordChanged ? Record(process, episode.Definition) : null;
        heading.HasPendingCall = process.Status is ProcessInstanceStatus.Running;
        heading.Journal = episode.Journal.Count == 0
            ? null
            : new StoredJournal(process.JournalCount + 1, episode.Journal.Count, episode.Journal.End(process.Id, process.JournalCount + 1));
        heading.Request = buffers.Once?.ToStored(process.Id, episode.Effect, episode.Now);
        buffers.Commit.Renew(heading);
        return buffers.Commit;
    }

    private static ProcessRecord Record(ProcessInstance process, ProcessDefinition definition) => new()
    {
        Id = process.Id,
        Definition = process.Definition,
        DefinitionVersion = process.DefinitionVersion,
        Folio = process.Folio,
        Originator = process.Originator,
        Parent = process.Parent?.Id,
        Status = process.StoredStatus,
        StartedAt = process.BeginsAt,
        EndedAt = process.EndedAt,
        Error = process.Error is { } error ? $"{error.Element}: {error.Message}" : null,
        Fields = definition.SearchFields.Length == 0 ? [] : SearchFields(process, definition),
    };

    /// <summary>Apart from <see cref="Record"/>, so that only a process with search fields pays for the closure.</summary>
    private static IReadOnlyList<IndexedField> SearchFields(ProcessInstance process, ProcessDefinition definition) =>
        [.. definition.SearchFields.Select(ordinal => new IndexedField(process.Fields.Names[ordinal], SearchText.Of(process.Fields[ordinal])))];

    /// <summary>The buffer may move while it grows, so the pieces are located first and taken out of it when all are written. An owner says which
    /// checksums its parts have, so it is written behind them.</summary>
    private static void Pieces(TurnBuffers buffers, ProcessDefinition definition, ProcessInstance process)
    {
        process.CountWork();
        if (process is { IsRecordChanged: true, Error.Details.Length: > 0 })
        {
            buffers.Pieces.Add((new PartKey(0, 0, DetailKind.ErrorDetails), ErrorWriter.Details(buffers.Writer, process)));
        }
        else if (process is { IsRecordChanged: true, DetailsChecksum: not null })
        {
            // The error is over, or another one without details has taken its place.
            buffers.RemovedParts.Add(new PartKey(0, 0, DetailKind.ErrorDetails));
            process.DetailsChecksum = null;
        }

        if (process.IsHeaderChanged || process.LoadedActorNotes is { AreNew: true })
        {
            buffers.Pieces.Add((PartKey.Header, SnapshotWriter.Header(buffers.Writer, process, definition)));
        }

        if (process.LoadedActorNotes is { AreChanged: true })
        {
            buffers.Pieces.Add((new PartKey(0, 0, DetailKind.Actors), SnapshotWriter.Actors(buffers.Writer, process)));
        }

        for (var activity = process.FirstChangedActivity; activity is not null; activity = activity.NextChanged)
        {
            if (!activity.IsForgotten)
            {
                if (activity.PlanningOrNull is { AreListsChanged: true })
                {
                    buffers.Pieces.Add((new PartKey(activity.Id, 0, DetailKind.Planning), PlanningWriter.Lists(buffers.Writer, activity)));
                }

                buffers.Pieces.Add((new PartKey(activity.Id, 0), SnapshotWriter.Activity(buffers.Writer, activity)));
            }
        }

        for (var destination = process.FirstChangedDestination; destination is not null; destination = destination.NextChanged)
        {
            if (!destination.Activity.IsForgotten)
            {
                Details(buffers, destination);
                buffers.Pieces.Add((
                    new PartKey(destination.Activity.Id, destination.Id),
                    SnapshotWriter.Destination(buffers.Writer, destination, NextEvent(definition, destination))));
            }
        }
    }

    /// <summary>Writes messages into the buffer, where they are located as the pieces are.</summary>
    private static Range[] Messages(TurnBuffers buffers, ProcessInstanceId from, List<FamilyMessage> sent)
    {
        var pieces = new Range[sent.Count];
        for (var index = 0; index < pieces.Length; index++)
        {
            pieces[index] = MessageWriter.Write(buffers.Writer, from, sent[index]);
        }

        return pieces;
    }

    /// <summary>Adds the parts of a destination that are stored by themselves.</summary>
    private static void Details(TurnBuffers buffers, ActivityInstanceDestination destination)
    {
        var activity = destination.Activity.Id;
        if (destination.ArePeopleChanged)
        {
            buffers.Pieces.Add((new PartKey(activity, destination.Id, DetailKind.People), SnapshotWriter.People(buffers.Writer, destination)));
        }

        if (destination.WorklistHeader is not { } header)
        {
            return;
        }

        for (var index = 0; index < header.RemovedSlots.Count; index++)
        {
            buffers.RemovedParts.Add(new PartKey(activity, destination.Id, DetailKind.Slot, header.RemovedSlots[index]));
        }

        if (!header.StoresSlotsApart)
        {
            return;
        }

        foreach (var slot in header.ChangedSlots)
        {
            buffers.Pieces.Add((
                new PartKey(activity, destination.Id, DetailKind.Slot, slot.Id),
                SnapshotWriter.Slot(buffers.Writer, slot, destination)));
        }
    }

    /// <summary>The name of the event that comes next in a destination; empty after the last.</summary>
    public static string NextEvent(ProcessDefinition definition, ActivityInstanceDestination destination)
    {
        var events = definition.ActivityArray[destination.Activity.Ordinal].EventArray;
        return destination.NextEvent < events.Length ? events[destination.NextEvent].Name : "";
    }
}
