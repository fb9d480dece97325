using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>The rules that hold for parents and sub-processes, whatever has happened to them.</summary>
internal static class WalkedFamily
{
    private const string Waiting = "is awaited";
    private const string Ending = "ends with it";

    /// <summary>Every sub-process was started once. Every end was received once, and nobody waits for a sub-process that has ended.</summary>
    /// <param name="bed">The test bed.</param>
    /// <param name="counts">Counts the facts.</param>
    public static async Task CheckAsync(WorkflowTestBed bed, Dictionary<JournalKind, int> counts)
    {
        (await bed.Store.FindMessagesAsync(new MessageQuery { Limit = 10 }, CancellationToken.None)).ShouldBeEmpty("everything is delivered");
        var records = await bed.Engine.AsSystem().FindProcessesAsync(new ProcessQuery { Limit = 500 });
        var processes = new Dictionary<ProcessInstanceId, ProcessInstance>();
        var histories = new Dictionary<ProcessInstanceId, IReadOnlyList<JournalEntry>>();
        foreach (var record in records)
        {
            processes[record.Id] = await bed.ReadAsync(record.Id);
            histories[record.Id] = await bed.HistoryAsync(record.Id);
            foreach (var fact in histories[record.Id])
            {
                counts[fact.Kind] = counts.GetValueOrDefault(fact.Kind) + 1;
            }
        }

        foreach (var record in records)
        {
            var started = histories[record.Id].Where(fact => fact.Kind is JournalKind.SubProcessStarted).Select(fact => fact.Detail!.Split(' ')[0]);
            started.ShouldBe(
                records.Where(child => child.Parent == record.Id).Select(child => child.Id.ToString()), ignoreOrder: true, $"sub-processes of {record.Id}");
            if (record.Parent is { } parent)
            {
                CheckChild(record, processes[parent], histories[parent]);
            }

            foreach (var child in Awaited(processes[record.Id]))
            {
                HasEnded(processes[child].Status).ShouldBeFalse($"{record.Id} waits for {child}, which has ended");
            }
        }
    }

    /// <summary>The folio of a sub-process, from which a test sees what its parent is to know of it.</summary>
    /// <param name="waits">Whether the parent waits for its end.</param>
    /// <param name="endsWithIt">Whether it ends with the parent.</param>
    public static string FolioOf(bool waits, bool endsWithIt) => $"{(waits ? Waiting : "left alone")}, {(endsWithIt ? Ending : "goes on")}";

    private static void CheckChild(ProcessRecord child, ProcessInstance parent, IReadOnlyList<JournalEntry> facts)
    {
        var which = $"{child.Id}, started by {parent.Id}";
        var isEndAwaited = HasEnded(child.Status) && child.Folio.Contains(Waiting, StringComparison.Ordinal);
        var own = facts.Where(fact => fact.Detail == child.Id.ToString()).Select(fact => fact.Kind).ToList();
        var received = own.Count(kind => kind is JournalKind.SubProcessEnded or JournalKind.SubProcessDeleted or JournalKind.SubProcessEndIgnored);
        var hasFailed = facts.Any(fact => fact.Detail?.Contains("has sent no value", StringComparison.Ordinal) == true);
        own.Count(kind => kind is JournalKind.SubProcessEndKept).ShouldBeLessThanOrEqualTo(1, which);
        received.ShouldBeInRange(isEndAwaited && !hasFailed ? 1 : 0, isEndAwaited ? 1 : 0, which);
        (HasEnded(parent.Status) && child.Folio.Contains(Ending, StringComparison.Ordinal) && !HasEnded(child.Status)).ShouldBeFalse($"{which}, ends with it");
    }

    private static bool HasEnded(ProcessInstanceStatus status) => status is ProcessInstanceStatus.Completed or ProcessInstanceStatus.Deleted;

    private static IEnumerable<ProcessInstanceId> Awaited(ProcessInstance process) => process.Activities
        .SelectMany(activity => activity.Destinations)
        .Where(destination => destination is { Status: DestinationStatus.Active, Event.Status: EventInstanceStatus.Waiting })
        .Select(destination => destination.Event!.SubProcess)
        .OfType<SubProcess>()
        .Select(child => child.Id);
}
