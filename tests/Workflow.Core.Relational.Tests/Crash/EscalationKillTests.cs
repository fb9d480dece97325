using Workflow.Core.CrashChild;
using Workflow.Core.CrashChild.Load;
using Workflow.Core.CrashChild.Watching;
using Workflow.Core.Tests.Support;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>A host is killed while escalations of every action on every level are armed and fired. None is lost, and none fires twice. The code of one runs
/// again only under the same key, and only when its host died while it ran (statements 6.2, 6.4, 6.7 and 14.4).</summary>
/// <remarks>The number of kills is multiplied by the environment variable WORKFLOW_CRASH_ROUNDS, 1 unless set.</remarks>
/// <param name="dialect">The dialect of the databases.</param>
/// <param name="kills">How often hosts are killed at each point.</param>
[TestFixture(SqlDialect.Sqlite, 1)]
[TestFixture(SqlDialect.PostgreSql, 1)]
[TestFixture(SqlDialect.Sqlite, 4, Category = ExhaustiveAttribute.Category)]
[TestFixture(SqlDialect.PostgreSql, 4, Category = ExhaustiveAttribute.Category)]
[Parallelizable(ParallelScope.All)]
internal sealed class EscalationKillTests(SqlDialect dialect, int kills)
{
    /// <summary>How often a point is passed when all instances start, at least, and when all escalations fire.</summary>
    private const int Armed = 2;
    private const int Fired = 5;
    private const int Statements = 20;

    /// <summary>In microseconds.</summary>
    private const int LongestDelay = 1_500;

    private static IEnumerable<KillPoint> PointsOfCommits => KillTests.Points.Where(point => point is not (KillPoint.BeforeCode or KillPoint.AfterCode));

    [Test]
    public Task No_escalation_is_lost_when_the_host_is_killed_while_it_arms_them() => KillWhileArmingAsync(KillPoint.CommitSent);

    [Test]
    [Exhaustive]
    public Task No_escalation_is_lost_when_the_host_is_killed_while_it_arms_them_at([ValueSource(nameof(PointsOfCommits))] KillPoint point) =>
        KillWhileArmingAsync(point);

    [Test]
    public Task Each_escalation_fires_once_when_the_host_is_killed_while_it_fires_them_at(
        [ValueSource(typeof(KillTests), nameof(KillTests.Points))] KillPoint point) =>
        KillAsync(point, "fire", async (run, draw) =>
        {
            await run.ArmAsync();
            var step = draw.Below(2) == 0 ? EscalationStep.Fire : EscalationStep.FireInTurn;
            await run.KillAsync(step, point, Count(point, draw, Fired), draw.Below(LongestDelay));
        });

    private Task KillWhileArmingAsync(KillPoint point) =>
        KillAsync(point, "arm", (run, draw) => run.KillAsync(EscalationStep.Arm, point, Count(point, draw, Armed), draw.Below(LongestDelay)));

    private static int Count(KillPoint point, Draw draw, int passed) => 1 + draw.Below(point is KillPoint.AfterStatement ? Statements : passed);

    private async Task KillAsync(KillPoint point, string test, Func<EscalationRun, Draw, Task> kill)
    {
        foreach (var seed in CrashSeeds.Next($"escalations {test} {point}"))
        {
            await using var database = CrashDatabase.New(dialect);
            var run = new EscalationRun(database, $"seed {seed}, {test}, {point}");
            var draw = new Draw(seed);
            for (var number = 1; number <= kills; number++)
            {
                await kill(run, draw);
            }

            await run.FinishAsync();
        }
    }
}
