namespace Workflow.Core.Tests.Runtime;

/// <summary>Instances are moved between random pairs of definitions; <see cref="MigrationWalk"/> says what holds. The tests of the databases do the same
/// there.</summary>
[TestFixture]
internal sealed class MigrationWalkTests
{
    private const int Walks = 10;

    private int _waited;

    [Test]
    [Statement("8.8")]
    [Statement("8.8b")]
    [Statement("8.8c")]
    [Statement("8.8d")]
    public async Task Every_instance_is_refused_with_a_reason_or_goes_on_in_the_other_version([Seeds(20)] int seed)
    {
        var moved = 0;
        for (var number = 0; number < Walks; number++)
        {
            var walk = new MigrationWalk((seed * 1_000) + number);
            moved += await walk.RunAsync($"seed {seed}, walk {number}") ? 1 : 0;
            Interlocked.Add(ref _waited, walk.HasWaitedForSubProcess ? 1 : 0);
        }

        moved.ShouldBeGreaterThan(0, "some are moved");
    }

    [OneTimeTearDown]
    public void TellWaits()
    {
        TestContext.Progress.WriteLine($"{_waited.Invariant()} instances were moved while they waited for a sub-process");
        _waited.ShouldBePositive();
    }

    [Test]
    [Statement("8.8")]
    [Statement("8.8b")]
    public Task Everything_that_an_instance_can_wait_for_goes_on_in_the_other_version([Values] EveryWait.Halt halt) => new EveryWait().RunAsync(halt);
}
