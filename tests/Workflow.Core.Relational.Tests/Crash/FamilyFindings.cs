using Workflow.Core.CrashChild.Load;
using Workflow.Core.Instances;
using Workflow.Core.Records;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>Says what holds for parents and sub-processes that have all ended, whatever has become of the hosts that moved them.</summary>
internal static class FamilyFindings
{
    /// <summary>Every sub-process was started once. Every end was received once, and the parent went on once.</summary>
    /// <param name="record">The instance.</param>
    /// <param name="facts">Its history.</param>
    /// <param name="children">Its sub-processes.</param>
    /// <param name="which">Its name, for a failure.</param>
    public static void Check(ProcessRecord record, IReadOnlyList<JournalEntry> facts, IReadOnlyList<ProcessInstanceId> children, string which)
    {
        var started = facts.Where(fact => fact.Kind is JournalKind.SubProcessStarted).Select(fact => fact.Detail!.Split(' ')[0]);
        started.ShouldBe(children.Order().Select(child => child.ToString()), ignoreOrder: true, which);
        Count(JournalKind.StartedAsSubProcess).ShouldBe(record.Parent is null ? 0 : 1, which);
        Count(JournalKind.ProcessStarted).ShouldBe(1, which);
        (Count(JournalKind.ProcessCompleted) + Count(JournalKind.ProcessDeleted)).ShouldBe(1, which);
        Count(JournalKind.ProcessError).ShouldBe(0, which);
        var ignored = Count(JournalKind.SubProcessEndIgnored);
        switch (record.Definition)
        {
            case Processes.Family:
                children.Count.ShouldBe(2, which);
                (Count(JournalKind.SubProcessEnded), ignored).ShouldBe((2, 0), which);
                Begun("Close").ShouldBe(1, which);
                break;
            case Processes.Errand:
                children.ShouldHaveSingleItem(which);
                (Count(JournalKind.SubProcessEnded) + ignored).ShouldBe(1, which);
                (ignored == 1).ShouldBe(facts.Any(fact => fact.Kind is JournalKind.ActivityExpired), which);
                Begun("Close").ShouldBe(1, which);
                break;
            case Processes.Household:
                children.ShouldHaveSingleItem(which);
                break;
            case Processes.Guest:
                Count(JournalKind.EndedWithParent).ShouldBe(1, which);
                break;
            case Processes.Runner:
                Begun("Rest").ShouldBe(1, which);
                break;
            default:
                record.Definition.ShouldBe(Processes.Member, which);
                break;
        }

        int Count(JournalKind kind) => facts.Count(fact => fact.Kind == kind);

        int Begun(string activity) => facts.Count(fact => fact.Kind is JournalKind.ActivityStarted && fact.Name == activity);
    }
}
