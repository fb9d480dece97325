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
    /// <summary>A task with more users or slots is not copied. To write all of them would take time in the turn for which others wait.</summary>
    private const int MostCopied = 64;

    /// <summary>Copies a destination by way of its stored form: a task that is copied looks like one that is loaded.</summary>
    /// <param name="destination">A destination of an instance whose changes are stored.</param>
    /// <param name="definition">The definition on which the instance runs.</param>
    /// <param name="deployments">Where that definition is.</param>
    /// <returns>The copy; null when the task is large.</returns>
    public static ActivityInstanceDestination? Of(ActivityInstanceDestination destination, ProcessDefinition definition, Deployments deployments)
    {
        if (destination.People.Count > MostCopied || destination.WorklistHeader?.SlotList.Count > MostCopied)
        {
            return null;
        }

        var process = destination.Activity.Process;
        var writer = new PartWriter();
        var pieces = Pieces(writer, destination, definition);
        pieces.Sort(static (left, right) => left.Key.CompareTo(right.Key));
        var parts = pieces.ConvertAll(piece => new StoredPart(piece.Key, writer.Memory(piece.Place)));
        var (copy, _) = InstanceLoader.Load(process.Id, new StoredProcess(process.Version, process.JournalCount, parts), deployments, isWhole: false);
        return copy.FindDestination(destination.Id);
    }

    private static List<(PartKey Key, Range Place)> Pieces(PartWriter writer, ActivityInstanceDestination destination, ProcessDefinition definition)
    {
        var activity = destination.Activity;
        var pieces = new List<(PartKey Key, Range Place)>();

        // Owners say what checksums their details have, so the details come first. To write a detail notes its checksum with the owner. The stored detail may
        // have an older form and another checksum, and the next commit may write the owner alone. So the owner gets back the checksum of the stored detail.
        var stored = new Checksums(destination);
        try
        {
            AddDetails(pieces, writer, destination);
            pieces.Add((PartKey.Header, SnapshotWriter.Header(writer, activity.Process, definition)));
            pieces.Add((new PartKey(activity.Id, 0), SnapshotWriter.Activity(writer, activity)));
            pieces.Add((
                new PartKey(activity.Id, destination.Id),
                SnapshotWriter.Destination(writer, destination, CommitBuilder.NextEvent(definition, destination))));
        }
        finally
        {
            stored.GiveBack(destination);
        }

        return pieces;
    }

    private static void AddDetails(List<(PartKey Key, Range Place)> pieces, PartWriter writer, ActivityInstanceDestination destination)
    {
        var activity = destination.Activity;
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
    }

    /// <summary>The checksums of the details of a destination and its activity instance, as they are stored.</summary>
    private readonly struct Checksums(ActivityInstanceDestination destination)
    {
        private readonly uint? _lists = destination.Activity.PlanningOrNull?.ListsChecksum;
        private readonly uint _people = destination.Apart?.Checksum ?? 0;
        private readonly uint[] _slots = destination.WorklistHeader is { StoresSlotsApart: true } header
            ? [.. header.SlotList.Select(slot => slot.StoredChecksum)]
            : [];

        public void GiveBack(ActivityInstanceDestination to)
        {
            to.Activity.PlanningOrNull?.ListsChecksum = _lists;
            to.Apart?.Checksum = _people;
            for (var index = 0; index < _slots.Length; index++)
            {
                to.WorklistHeader!.Sum(to.WorklistHeader.SlotList[index], _slots[index]);
            }
        }
    }
}
