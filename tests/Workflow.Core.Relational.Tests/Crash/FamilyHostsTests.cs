using Workflow.Core.CrashChild;
using Workflow.Core.CrashChild.Watching;
using Workflow.Core.Tests.Support;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>Two hosts on one database share the work between parents and sub-processes. One of them is killed while the other is at work. That one and a third
/// host then take up what is left, at once. Every sub-process was started once, every end was applied once, and every parent went on once.</summary>
/// <param name="most">How many hosts are killed at each point.</param>
[TestFixture(1)]
[TestFixture(6, Category = ExhaustiveAttribute.Category)]
[Parallelizable(ParallelScope.All)]
internal sealed class FamilyHostsTests(int most)
{
    private static readonly KillPoint[] _points = [KillPoint.BeforeTransaction, KillPoint.CommitSent, KillPoint.AfterAcknowledgement];

    public static IEnumerable<FamilyStep> Steps => Enum.GetValues<FamilyStep>().Where(step => step is not FamilyStep.Any);

    [Test]
    public async Task Every_start_and_every_end_takes_effect_once_when_one_of_two_hosts_is_killed_beside([ValueSource(nameof(Steps))] FamilyStep step)
    {
        foreach (var seed in CrashSeeds.Next($"{step} {most}"))
        {
            var draw = new Draw(seed);
            var first = draw.Below(_points.Length);
            for (var number = 0; number < most; number++)
            {
                var point = _points[(first + number) % _points.Length];
                await new FamilyHosts(step, point, $"seed {seed}, {step}, {point}, {number}").RunAsync(draw, mostPassed: 2);
            }
        }
    }

    /// <summary>The other points have nothing to do with a certain commit.</summary>
    [Test]
    [Exhaustive]
    public async Task Every_start_and_every_end_takes_effect_once_when_one_of_two_hosts_is_killed_at(
        [ValueSource(typeof(KillTests), nameof(KillTests.Points))] KillPoint point)
    {
        foreach (var seed in CrashSeeds.Next($"{point} {most}"))
        {
            var draw = new Draw(seed);
            for (var number = 0; number < most; number++)
            {
                await new FamilyHosts(FamilyStep.Any, point, $"seed {seed}, {point}, {number}").RunAsync(draw, mostPassed: 6);
            }
        }
    }
}
