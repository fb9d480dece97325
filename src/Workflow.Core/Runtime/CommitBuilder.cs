using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Snapshots;

namespace Workflow.Core.Runtime;

/// <summary>Turns what an episode leaves behind into a commit: only what changed, and only what has not ended (statement 14.6).</summary>
internal static class CommitBuilder
{
    public static Commit Build(Workbench bench)
    {
        var episode = bench.Episode;
        var process = episode.Process;
        Invariant.Holds(episode.PlannedSteps == 0);
        Pieces(bench, episode.Definition, process);
        foreach (var (key, piece) in bench.Pieces)
        {
            bench.Parts.Add(new StoredPart(key, bench.Writer.Memory(piece)));
        }

        return new Commit
        {
            ProcessInstance = process.Id,
            ExpectedVersion = process.Version,
            Status = process.StoredStatus,
            HasPendingCall = process.Status is ProcessInstanceStatus.Running,
            Parts = bench.Parts,
            EndedActivities = episode.EndedActivities,
            Journal = episode.Journal.Count == 0
                ? null
                : new StoredJournal(process.JournalCount + 1, episode.Journal.Count, episode.Journal.End()),
            ServerItems = episode.ServerItems,
        };
    }

    /// <summary>The buffer may move while it grows, so the pieces are located first and taken out of it when all are written.</summary>
    private static void Pieces(Workbench bench, ProcessDefinition definition, ProcessInstance process)
    {
        var journalCount = process.JournalCount + bench.Episode.Journal.Count;
        bench.Pieces.Add((PartKey.Header, SnapshotWriter.Header(bench.Writer, process, journalCount)));
        for (var activity = process.FirstChangedActivity; activity is not null; activity = activity.NextChanged)
        {
            if (!activity.IsForgotten)
            {
                bench.Pieces.Add((new PartKey(activity.Id, 0), SnapshotWriter.Activity(bench.Writer, activity)));
            }
        }

        for (var destination = process.FirstChangedDestination; destination is not null; destination = destination.NextChanged)
        {
            if (!destination.Activity.IsForgotten)
            {
                bench.Pieces.Add((
                    new PartKey(destination.Activity.Id, destination.Id),
                    SnapshotWriter.Destination(bench.Writer, destination, NextEvent(definition, destination))));
            }
        }
    }

    private static string NextEvent(ProcessDefinition definition, ActivityInstanceDestination destination)
    {
        var events = definition.ActivityArray[destination.Activity.Ordinal].EventArray;
        return destination.NextEvent < events.Length ? events[destination.NextEvent].Name : "";
    }
}
