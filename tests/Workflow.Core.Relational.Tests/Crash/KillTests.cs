using Workflow.Core.CrashChild;
using Workflow.Core.CrashChild.Watching;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>A process under load is killed, again and again, and each time everything is there that it had acknowledged, and nothing was done twice that was
/// completed.</summary>
/// <remarks>The number of kills is multiplied by the environment variable WORKFLOW_CRASH_ROUNDS, 1 unless set. WORKFLOW_CRASH_SEED sets the seed from which the load and
/// the instants are drawn; a failure names its own.</remarks>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class KillTests(SqlDialect dialect)
{
    /// <summary>In microseconds: a little longer than a COMMIT takes.</summary>
    private const int LongestDelay = 1_500;

    /// <summary>In milliseconds.</summary>
    private const int LongestLife = 20;

    private const int MostAcknowledged = 60;
    private const int MostCounted = 40;
    private const int MostStatements = 400;

    [Test]
    public async Task Nothing_is_lost_or_repeated_when_the_host_is_killed_at([ValueSource(nameof(Points))] KillPoint point)
    {
        var kills = dialect is SqlDialect.Sqlite ? CrashRun.MostKills : 3;
        var counted = point is KillPoint.AfterStatement ? MostStatements : MostCounted;
        foreach (var seed in CrashSeeds.Next(point.ToString()))
        {
            await KillAsync(seed, kills, (run, draw) => run.KillAtAsync(point, 1 + draw.Below(counted), draw.Below(LongestDelay)));
        }
    }

    [Test]
    public async Task Nothing_is_lost_or_repeated_when_the_host_is_killed_at_any_time([Range(1, 5)] int database)
    {
        var kills = dialect is SqlDialect.Sqlite ? CrashRun.MostKills : 2;
        foreach (var seed in CrashSeeds.Next($"database {database}"))
        {
            await KillAsync(seed, kills, (run, draw) => run.KillAfterAsync(1 + draw.Below(MostAcknowledged), TimeSpan.FromMilliseconds(draw.Below(LongestLife))));
        }
    }

    private static IEnumerable<KillPoint> Points => Enum.GetValues<KillPoint>().Where(point => point is not KillPoint.None);

    private async Task KillAsync(int seed, int kills, Func<CrashRun, Draw, Task> kill)
    {
        await using var database = CrashDatabase.New(dialect);
        var run = new CrashRun(database, seed);
        var draw = new Draw(seed);
        try
        {
            for (var number = 1; number <= kills; number++)
            {
                await kill(run, draw);
                await run.ExamineAsync();
            }

            var findings = await run.FinishEverythingAsync();
            await TestContext.Out.WriteLineAsync(
                $"{kills} kills, seed {seed}: {findings.Instances.Count} instances, {findings.Ledger.Count} runs of code, {findings.Repeated} of them again.");
        }
        catch (Exception exception)
        {
            throw new AssertionException($"Seed {seed}, child {run.Options.Incarnation}: {exception.Message}", exception);
        }
    }
}
