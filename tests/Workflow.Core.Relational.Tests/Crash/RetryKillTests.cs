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
    private const int Instances = 6;

    /// <summary>How many times a point is passed in the retry of so many instances, at least.</summary>
    private const int Passed = 10;

    /// <summary>In microseconds.</summary>
    private const int LongestDelay = 1_500;

    [Test]
    public async Task A_retry_is_carried_out_whole_or_not_at_all_when_the_host_is_killed_at(
        [ValueSource(typeof(KillTests), nameof(KillTests.Points))] KillPoint point)
    {
        foreach (var seed in CrashSeeds.Next($"retry {point}"))
        {
            var draw = new Draw(seed);
            for (var time = 1; time <= most; time++)
            {
                await KillAsync(point, 1 + draw.Below(Passed), draw.Below(LongestDelay), $"seed {seed}, time {time}");
            }
        }
    }

    private async Task KillAsync(KillPoint point, int count, int delay, string which)
    {
        await using var database = CrashDatabase.New(dialect);
        var options = new ChildOptions
        {
            Dialect = database.Dialect, Connection = database.Connection, Schema = database.Schema, Ledger = database.Ledger, Incarnation = 1,
        };
        var ids = await FailAsync(options);

        await using (var child = ChildProcess.Start(options with { Incarnation = 2, Mends = true, Point = point, Count = count, Delay = delay }))
        {
            (await child.EndAsync()).ExitCode.ShouldBe(ChildProcess.Killed, which);
        }

        await database.CheckIntegrityAsync();
        await using (var next = await OpenedDatabase.OpenAsync(options with { Incarnation = 3 }, takesUpWork: false))
        {
            await next.Engine.RecoverAsync();
            var (before, after) = await CheckAsync(next.Engine, ids, which);
            var admin = next.Engine.AsSystem().ManageProcesses();
            var results = await admin.RetryEachAsync(await admin.FindErrorsAsync(), reason: "It is mended.");
            (before + after).ShouldBe(Instances, which);
            results.Count.ShouldBe(before, which);
            results.ShouldAllBe(result => result.IsDone);
            (await CheckAsync(next.Engine, ids, which)).ShouldBe((0, Instances), which);
        }

        var runs = Ledger.Read(options.Ledger).Where(line => line.Element.Contains("'Pay'", StringComparison.Ordinal)).ToLookup(line => line.ProcessInstance);
        foreach (var id in ids)
        {
            runs[id].Select(line => line.Key).Distinct().Count().ShouldBe(1, which);
            runs[id].Select(line => line.Attempt).ShouldBeInOrder(SortDirection.Ascending, which);
            runs[id].Count().ShouldBeInRange(2, 3, which);
        }

        runs.SelectMany(lines => lines).Count().ShouldBeLessThanOrEqualTo((2 * Instances) + 1, $"{which}: only the call that was under way is made again");
    }

    private static async Task<List<ProcessInstanceId>> FailAsync(ChildOptions options)
    {
        await using var first = await OpenedDatabase.OpenAsync(options, takesUpWork: false);
        var ids = new List<ProcessInstanceId>();
        for (var number = 0; number < Instances; number++)
        {
            var started = await first.Engine.As("dora").StartAsync(Processes.Broken);
            started.Status.ShouldBe(ProcessInstanceStatus.Error);
            ids.Add(started.Id);
        }

        return ids;
    }

    /// <returns>How many are as before, and how many as after.</returns>
    private static async Task<(int Before, int After)> CheckAsync(WorkflowEngine engine, List<ProcessInstanceId> ids, string which)
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
