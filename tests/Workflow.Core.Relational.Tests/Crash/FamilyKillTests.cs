using Workflow.Core.Client;
using Workflow.Core.CrashChild;
using Workflow.Core.CrashChild.Load;
using Workflow.Core.CrashChild.Watching;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Tests.Support;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>A host is killed while it starts processes with sub-processes, delivers their starts and their ends, and ends those that end with their parent.
/// After the next host has delivered the rest, every sub-process was started once, and every end was received once.</summary>
/// <param name="dialect">The dialect of the databases.</param>
/// <param name="most">At how many instants a host is killed at each point.</param>
[TestFixture(SqlDialect.Sqlite, 2)]
[TestFixture(SqlDialect.PostgreSql, 2)]
[TestFixture(SqlDialect.Sqlite, 10, Category = ExhaustiveAttribute.Category)]
[TestFixture(SqlDialect.PostgreSql, 10, Category = ExhaustiveAttribute.Category)]
[Parallelizable(ParallelScope.All)]
internal sealed class FamilyKillTests(SqlDialect dialect, int most)
{
    /// <summary>How many times a point is passed by the starts, ends and deliveries of all instances, at least.</summary>
    private const int Passed = 10;

    [Test]
    public Task Every_start_and_every_end_takes_effect_once_when_the_host_is_killed_at(
        [ValueSource(typeof(KillTests), nameof(KillTests.Points))] KillPoint point)
    {
        var started = 0;
        return new KilledBatch(dialect, "family", Passed)
        {
            Start = engine => StartAsync(engine, isFamily: ++started % 2 == 0),
            Call = options => options with { Delivers = true },
            Check = FinishAsync,
            CheckLedger = CheckRuns,
        }.RunAsync(point, most);
    }

    /// <summary>Every second instance waits for its sub-processes. The others have one that ends with them. No start is delivered yet.</summary>
    private static async Task<ProcessInstanceId> StartAsync(WorkflowEngine engine, bool isFamily) =>
        (await engine.As("dora").StartAsync(isFamily ? Processes.Family : Processes.Household)).Id;

    private static async Task FinishAsync(WorkflowEngine engine, IReadOnlyList<ProcessInstanceId> ids, string which)
    {
        var system = engine.AsSystem();
        foreach (var household in await system.FindProcessesAsync(new ProcessQuery { Definition = Processes.Household, HasEnded = false }))
        {
            await system.ManageProcesses().DeleteAsync(household.Id);
        }

        while (await engine.DeliverMessagesAsync() > 0)
        {
            await engine.RecoverAsync();
        }

        foreach (var parent in await system.FindProcessesAsync(new ProcessQuery { Limit = 500 }))
        {
            var children = await system.FindProcessesAsync(new ProcessQuery { Parent = parent.Id, Limit = 500 });
            var facts = await system.ReadHistoryAsync(parent.Id, limit: 500);
            switch (parent.Definition)
            {
                case Processes.Family:
                    CheckFamily(parent, children, facts, $"{which}, {parent.Id}");
                    break;
                case Processes.Household:
                    children.ShouldHaveSingleItem(which).Status.ShouldBe(ProcessInstanceStatus.Completed, which);
                    break;
                case Processes.Guest:
                    facts.Count(fact => fact.Kind is JournalKind.EndedWithParent).ShouldBe(1, which);
                    break;
                default:
                    parent.Definition.ShouldBe(Processes.Member, which);
                    break;
            }
        }

        ids.Count.ShouldBe(KilledBatch.Instances, which);
    }

    private static void CheckFamily(ProcessRecord parent, IReadOnlyList<ProcessRecord> children, IReadOnlyList<JournalEntry> facts, string which)
    {
        parent.Status.ShouldBe(ProcessInstanceStatus.Completed, which);
        children.Count.ShouldBe(2, which);
        children.ShouldAllBe(child => child.Status == ProcessInstanceStatus.Completed, which);
        facts.Count(fact => fact.Kind is JournalKind.SubProcessStarted).ShouldBe(2, which);
        facts.Count(fact => fact.Kind is JournalKind.SubProcessEnded).ShouldBe(2, which);
        facts.Count(fact => fact.Kind is JournalKind.SubProcessEndIgnored).ShouldBe(0, which);
        facts.Count(fact => fact.Kind is JournalKind.ProcessCompleted).ShouldBe(1, which);
    }

    /// <summary>The code of a sub-process runs once, or once more where the host was killed beside it.</summary>
    private static void CheckRuns(string ledger, IReadOnlyList<ProcessInstanceId> ids, string which)
    {
        var runs = Ledger.Read(ledger).Where(line => line.Element.Contains("'Work'", StringComparison.Ordinal)).ToLookup(line => line.ProcessInstance);
        foreach (var lines in runs)
        {
            lines.Select(line => line.Key).Distinct().Count().ShouldBe(1, which);
            lines.Count().ShouldBeInRange(1, 2, which);
        }

        runs.SelectMany(lines => lines).Count().ShouldBeLessThanOrEqualTo(runs.Count + 1, which);
    }
}
