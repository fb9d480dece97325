using Workflow.Core.CrashChild.Load;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>Everything that is stored of one process instance.</summary>
internal sealed record InstanceFinding(
    ProcessRecord Record,
    ProcessInstance Process,
    StoredProcess Stored,
    IReadOnlyList<StoredJournal> Pieces,
    IReadOnlyList<JournalEntry> History,
    int OpenTasks,
    int WaitingItems)
{
    public bool IsCompleted => Process.Status is ProcessInstanceStatus.Completed;

    /// <summary>How often something is in the history of a destination.</summary>
    public int Count(JournalKind kind, int destination) => History.Count(entry => entry.Kind == kind && entry.Destination == destination);

    /// <summary>The facts that hold of an instance at every instant, whatever was killed.</summary>
    public void CheckInvariants()
    {
        var name = $"process instance {Record.Id}";
        Process.Version.ShouldBe(Stored.Version, name);
        Record.Status.ShouldBe(Process.Status, name);
        CheckHistory(name);
        Process.Error.ShouldBeNull(name);
        Record.SetAside.ShouldBeNull(name);
        History.Count(entry => entry.Kind is JournalKind.ProcessStarted).ShouldBe(1, name);
        History.Count(entry => entry.Kind is JournalKind.ProcessCompleted).ShouldBe(IsCompleted ? 1 : 0, name);

        // An instance that neither waits nor works is lost.
        if (Record.Definition != Processes.Chase || Process.Status is not ProcessInstanceStatus.Running)
        {
            (OpenTasks + WaitingItems).ShouldBe(Process.Status is ProcessInstanceStatus.Active ? 1 : 0, name);
        }

        JournalKind[] once =
        [
            JournalKind.EventStarted, JournalKind.EventCompleted, JournalKind.ServerItemCreated, JournalKind.ServerItemFinished, JournalKind.SlotCompleted,
        ];
        foreach (var kind in once)
        {
            History.Where(entry => entry.Kind == kind).Select(entry => entry.Event).ShouldBeUnique($"{name}: {kind}");
        }
    }

    /// <summary>Every commit adds one to the version, and the facts that it adds follow those before.</summary>
    private void CheckHistory(string name)
    {
        long expected = 1;
        foreach (var piece in Pieces)
        {
            piece.FirstNumber.ShouldBe(expected, name);
            expected += piece.Count;
        }

        Stored.JournalCount.ShouldBe(expected - 1, name);
        Pieces.Count.ShouldBeLessThanOrEqualTo((int)Stored.Version, name);
        History.Select(entry => entry.Number).ShouldBe(Enumerable.Range(1, (int)expected - 1).Select(number => (long)number), name);
    }
}
