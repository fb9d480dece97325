using Workflow.Core.CrashChild;
using Workflow.Core.CrashChild.Watching;
using Workflow.Core.Tests.Support;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>A process under load is killed, again and again. Each time everything that it had acknowledged is there, and nothing that was completed is done
/// twice.</summary>
/// <remarks>The number of kills is multiplied by the environment variable WORKFLOW_CRASH_ROUNDS, 1 unless set. WORKFLOW_CRASH_SEED sets the seed for the load
/// and the instants. A failure names its own.</remarks>
/// <param name="dialect">The dialect of the databases.</param>
/// <param name="databases">On how many databases the host is killed at any time.</param>
/// <param name="kills">How often it is killed on each.</param>
[TestFixture(SqlDialect.Sqlite, 1, 1)]
[TestFixture(SqlDialect.PostgreSql, 1, 1)]
[TestFixture(SqlDialect.Sqlite, 5, CrashRun.MostKills, Category = ExhaustiveAttribute.Category)]
[TestFixture(SqlDialect.PostgreSql, 3, 3, Category = ExhaustiveAttribute.Category)]
[Parallelizable(ParallelScope.All)]
internal sealed class KillTests(SqlDialect dialect, int databases, int kills)
{
    /// <summary>In microseconds: a little longer than a COMMIT takes.</summary>
    private const int LongestDelay = 1_500;

    /// <summary>In milliseconds.</summary>
    private const int LongestLife = 20;

    private const int MostAcknowledged = 60;
    private const int MostCounted = 40;
    private const int MostStatements = 400;

    private static readonly KillPoint[] _points = [.. Enum.GetValues<KillPoint>().Where(point => point is not KillPoint.None)];

    public static IEnumerable<KillPoint> Points => _points;

    [Test]
    public async Task Nothing_is_lost_or_repeated_when_the_host_is_killed_at([ValueSource(nameof(Points))] KillPoint point)
    {
        foreach (var seed in CrashSeeds.Next(point.ToString()))
        {
            await KillAsync(seed, kills, isDisturbed: false, (run, draw) => KillAtAsync(run, draw, point));
        }
    }

    [Test]
    public async Task Nothing_is_lost_or_repeated_when_the_host_is_killed_at_any_time()
    {
        foreach (var seed in Seeds("database"))
        {
            await KillAsync(seed, kills, isDisturbed: false, KillAfterAsync);
        }
    }

    /// <summary>A stranger keeps a transaction open, instances cannot be read, and every second caller leaves ambient transactions without completing them
    /// (statement 14.7b).</summary>
    [Test]
    public async Task Nothing_is_lost_or_repeated_when_the_store_is_disturbed_and_the_host_is_killed_at_some_point_or_any_time()
    {
        foreach (var seed in Seeds("disturbed"))
        {
            await KillAsync(seed, Math.Min(kills + 2, CrashRun.MostKills), isDisturbed: true, KillSomewhereAsync);
        }
    }

    private static Task KillAtAsync(CrashRun run, Draw draw, KillPoint point) =>
        run.KillAtAsync(point, 1 + draw.Below(point is KillPoint.AfterStatement ? MostStatements : MostCounted), draw.Below(LongestDelay));

    private static Task KillSomewhereAsync(CrashRun run, Draw draw) =>
        draw.Below(2) == 0 ? KillAtAsync(run, draw, _points[draw.Below(_points.Length)]) : KillAfterAsync(run, draw);

    private static Task KillAfterAsync(CrashRun run, Draw draw) =>
        run.KillAfterAsync(1 + draw.Below(MostAcknowledged), TimeSpan.FromMilliseconds(draw.Below(LongestLife)));

    private IEnumerable<int> Seeds(string test) => Enumerable.Range(1, databases).SelectMany(database => CrashSeeds.Next($"{test} {database}"));

    private async Task KillAsync(int seed, int times, bool isDisturbed, Func<CrashRun, Draw, Task> kill)
    {
        await using var database = CrashDatabase.New(dialect);
        await using var run = new CrashRun(database, seed);
        var draw = new Draw(seed);
        try
        {
            if (isDisturbed)
            {
                await run.DisturbAsync();
            }

            for (var number = 1; number <= times; number++)
            {
                await kill(run, draw);
                await run.ExamineAsync();
            }

            var findings = await run.FinishEverythingAsync();
            await TestContext.Out.WriteLineAsync(
                $"{times} kills, seed {seed}: {findings.Instances.Count} instances, {findings.Ledger.Count} runs of code, {findings.Repeated} of them again, "
                    + $"{findings.Ledger.Count(line => line.Reminder > 0)} by reminders.");
        }
        catch (Exception exception)
        {
            throw new AssertionException($"Seed {seed}, child {run.Options.Incarnation}: {exception.Message}", exception);
        }
    }
}
