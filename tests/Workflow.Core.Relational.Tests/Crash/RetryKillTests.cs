using Workflow.Core.Client;
using Workflow.Core.CrashChild;
using Workflow.Core.CrashChild.Load;
using Workflow.Core.CrashChild.Watching;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Tests.Support;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>A host is killed while it retries many instances in one call. Each instance is exactly as before its retry, or exactly as after it, once another
/// host has taken up the calls that were under way. The call that is repeated then retries the others only.</summary>
/// <param name="dialect">The dialect of the databases.</param>
/// <param name="most">At how many instants a host is killed at each point.</param>
[TestFixture(SqlDialect.Sqlite, 2)]
[TestFixture(SqlDialect.PostgreSql, 2)]
[TestFixture(SqlDialect.Sqlite, 10, Category = ExhaustiveAttribute.Category)]
[TestFixture(SqlDialect.PostgreSql, 10, Category = ExhaustiveAttribute.Category)]
[Parallelizable(ParallelScope.All)]
internal sealed class RetryKillTests(SqlDialect dialect, int most)
{
    /// <summary>How many times a point is passed by the retries of all instances, at least.</summary>
    private const int Passed = 10;

    [Test]
    public Task A_retry_is_carried_out_whole_or_not_at_all_when_the_host_is_killed_at(
        [ValueSource(typeof(KillTests), nameof(KillTests.Points))] KillPoint point) => new KilledBatch(dialect, "retry", Passed)
        {
            Start = FailAsync,
            Call = options => options with { Mends = true },
            Check = RetryTheOthersAsync,
            CheckLedger = CheckRuns,
        }.RunAsync(point, most);

    private static async Task<ProcessInstanceId> FailAsync(WorkflowEngine engine)
    {
        var started = await engine.As("dora").StartAsync(Processes.Broken);
        started.Status.ShouldBe(ProcessInstanceStatus.Error);
        return started.Id;
    }

    private static async Task RetryTheOthersAsync(WorkflowEngine engine, IReadOnlyList<ProcessInstanceId> ids, string which)
    {
        var (before, after) = await CheckAsync(engine, ids, which);
        var admin = engine.AsSystem().ManageProcesses();
        var results = await admin.RetryEachAsync(await admin.FindErrorsAsync(), reason: "It is mended.");
        (before + after).ShouldBe(ids.Count, which);
        results.Count.ShouldBe(before, which);
        results.ShouldAllBe(result => result.IsDone);
        (await CheckAsync(engine, ids, which)).ShouldBe((0, ids.Count), which);
    }

    private static void CheckRuns(string ledger, IReadOnlyList<ProcessInstanceId> ids, string which)
    {
        var runs = Ledger.Read(ledger).Where(line => line.Element.Contains("'Pay'", StringComparison.Ordinal)).ToLookup(line => line.ProcessInstance);
        foreach (var id in ids)
        {
            runs[id].Select(line => line.Key).Distinct().Count().ShouldBe(1, which);
            runs[id].Select(line => line.Attempt).ShouldBeInOrder(SortDirection.Ascending, which);
            runs[id].Count().ShouldBeInRange(2, 3, which);
        }

        runs.SelectMany(lines => lines).Count().ShouldBeLessThanOrEqualTo((2 * ids.Count) + 1, $"{which}: only the call that was under way is made again");
    }

    /// <returns>How many are as before, and how many as after.</returns>
    private static async Task<(int Before, int After)> CheckAsync(WorkflowEngine engine, IReadOnlyList<ProcessInstanceId> ids, string which)
    {
        var (before, after) = (0, 0);
        foreach (var id in ids)
        {
            var process = await engine.AsSystem().ReadAsync(id);
            var facts = await engine.AsSystem().ReadHistoryAsync(id);
            var retries = facts.Count(fact => fact.Kind is JournalKind.Retried);
            facts.Count(fact => fact.Kind is JournalKind.ProcessError).ShouldBe(1, which);
            if (process.Status is ProcessInstanceStatus.Error)
            {
                retries.ShouldBe(0, which);
                before++;
            }
            else
            {
                (process.Status, retries).ShouldBe((ProcessInstanceStatus.Completed, 1), which);
                facts.Count(fact => fact.Kind is JournalKind.EventCompleted).ShouldBe(2, which);
                after++;
            }
        }

        return (before, after);
    }
}
