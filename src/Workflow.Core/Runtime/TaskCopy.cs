using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Snapshots;

namespace Workflow.Core.Runtime;

/// <summary>Copies one destination of an instance that is in memory, with what is needed to show it. A caller keeps the copy while others go on with the
/// instance.</summary>
internal static class TaskCopy
{
    /// <summary>Copies a destination by way of its stored form: a task that is copied looks like one that is loaded.</summary>
    /// <param name="destination">A destination of an instance whose changes are stored.</param>
    /// <param name="definition">The definition on which the instance runs.</param>
    /// <param name="deployments">Where that definition is.</param>
    public static ActivityInstanceDestination Of(ActivityInstanceDestination destination, ProcessDefinition definition, Deployments deployments)
    {
        var process = destination.Activity.Process;
        var writer = new PartWriter();
        var pieces = Pieces(writer, destination, definition);
        pieces.Sort(static (left, right) => left.Key.CompareTo(right.Key));
        var parts = pieces.ConvertAll(piece => new StoredPart(piece.Key, writer.Memory(piece.Place)));
        var (copy, _) = InstanceLoader.Load(process.Id, new StoredProcess(process.Version, process.JournalCount, parts), deployments, isWhole: false);
        return copy.FindDestination(destination.Id)!;
    }

    /// <summary>Writes the details before their owners, which say what checksums they have.</summary>
    private static List<(PartKey Key, Range Place)> Pieces(PartWriter writer, ActivityInstanceDestination destination, ProcessDefinition definition)
    {
        var activity = destination.Activity;
        var pieces = new List<(PartKey Key, Range Place)>();
        if (activity.PlanningOrNull is { ListsChecksum: not null })
        {
            pieces.Add((new PartKey(activity.Id, 0, DetailKind.Planning), PlanningWriter.Lists(writer, activity)));
        }

        if (destination.StoresPeopleApart)
        {
            pieces.Add((new PartKey(activity.Id, destination.Id, DetailKind.People), SnapshotWriter.People(writer, destination)));
        }

        if (destination.WorklistHeader is { StoresSlotsApart: true } header)
        {
            foreach (var slot in header.SlotList)
            {
                pieces.Add((new PartKey(activity.Id, destination.Id, DetailKind.Slot, slot.Id), SnapshotWriter.Slot(writer, slot, destination)));
            }
        }

        pieces.Add((PartKey.Header, SnapshotWriter.Header(writer, activity.Process)));
        pieces.Add((new PartKey(activity.Id, 0), SnapshotWriter.Activity(writer, activity)));
        pieces.Add((new PartKey(activity.Id, destination.Id), SnapshotWriter.Destination(writer, destination, CommitBuilder.NextEvent(definition, destination))));
        return pieces;
    }
}
