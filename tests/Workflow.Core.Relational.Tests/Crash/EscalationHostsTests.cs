using Workflow.Core.CrashChild;
using Workflow.Core.CrashChild.Watching;
using Workflow.Core.Tests.Support;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>Two hosts on one database fire escalations of the same instances at the same time, and one of them is killed. The other one goes on alone. No
/// escalation is lost, and none fires twice (statements 6.4 and 14.4).</summary>
[TestFixture]
[Exhaustive]
[Parallelizable(ParallelScope.All)]
internal sealed class EscalationHostsTests
{
    /// <summary>How many hosts are killed one after the other on each database.</summary>
    private const int Kills = 2;

    /// <summary>How often a point is passed at most before a host is killed: the other one takes up its part of the work.</summary>
    private const int Passed = 2;

    /// <summary>In microseconds.</summary>
    private const int LongestDelay = 1_500;

    [Test]
    public async Task Each_escalation_fires_once_when_one_of_two_hosts_is_killed_at(
        [ValueSource(typeof(KillTests), nameof(KillTests.Points))] KillPoint point)
    {
        foreach (var seed in CrashSeeds.Next($"escalations of two hosts {point}"))
        {
            await using var database = CrashDatabase.New(SqlDialect.PostgreSql);
            var run = new EscalationRun(database, $"seed {seed}, two hosts, {point}");
            var draw = new Draw(seed);
            for (var number = 1; number <= Kills; number++)
            {
                await run.ArmAsync();
                await run.KillBesideAnotherAsync(point, 1 + draw.Below(Passed), draw.Below(LongestDelay));
            }

            await run.FinishAsync();
        }
    }
}
