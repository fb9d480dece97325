using Workflow.Core.CrashChild;
using Workflow.Core.Tests.Support;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>A process under load is asked to stop. Everything that it accepted is stored, and nobody waits for its leases.
/// If it gets the time, no side effect comes twice (statement 14.5).</summary>
[TestFixture(SqlDialect.Sqlite, 1)]
[TestFixture(SqlDialect.PostgreSql, 1)]
[TestFixture(SqlDialect.Sqlite, 5, Category = ExhaustiveAttribute.Category)]
[TestFixture(SqlDialect.PostgreSql, 5, Category = ExhaustiveAttribute.Category)]
[Parallelizable(ParallelScope.All)]
internal sealed class GracefulStopTests(SqlDialect dialect, int stops)
{
    private const int MostAcknowledged = 60;

    /// <summary>In milliseconds.</summary>
    private const int LongestLife = 20;

    [Test]
    public async Task A_host_that_stops_in_order_repeats_no_side_effect_and_gives_back_its_leases()
    {
        foreach (var seed in CrashSeeds.Next("stop"))
        {
            await StopAsync(seed, atOnce: false);
        }
    }

    [Test]
    public async Task A_host_that_stops_at_once_loses_nothing_and_gives_back_its_leases()
    {
        foreach (var seed in CrashSeeds.Next("stop at once"))
        {
            await StopAsync(seed, atOnce: true);
        }
    }

    private async Task StopAsync(int seed, bool atOnce)
    {
        await using var database = CrashDatabase.New(dialect);
        await using var run = new CrashRun(database, seed);
        var draw = new Draw(seed);
        try
        {
            for (var time = 1; time <= stops; time++)
            {
                await run.StopAfterAsync(atOnce, 1 + draw.Below(MostAcknowledged), TimeSpan.FromMilliseconds(draw.Below(LongestLife)));
                Check(await run.ExamineAsync(), atOnce);
            }

            var findings = await run.FinishEverythingAsync();
            Check(findings, atOnce);
            await TestContext.Out.WriteLineAsync(
                $"{stops} stops, seed {seed}: {findings.Instances.Count} instances, {findings.Ledger.Count} runs of code, {findings.Repeated} of them again.");
        }
        catch (Exception exception)
        {
            throw new AssertionException($"Seed {seed}, child {run.Options.Incarnation}: {exception.Message}", exception);
        }
    }

    /// <summary>Code that was cancelled may be called again.</summary>
    private static void Check(Findings findings, bool wasCancelled)
    {
        findings.Instances.ShouldAllBe(instance => instance.Stored.Owner == null);
        if (!wasCancelled)
        {
            findings.Repeated.ShouldBe(0);
        }
    }
}
