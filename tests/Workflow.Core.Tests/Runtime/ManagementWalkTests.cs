namespace Workflow.Core.Tests.Runtime;

/// <summary>Random definitions are managed at random; <see cref="ManagementWalk"/> says what holds. The tests of the databases do the same there.</summary>
[TestFixture]
internal sealed class ManagementWalkTests
{
    private const int Walks = 10;

    [Test]
    [Statement("8.2")]
    [Statement("8.2b")]
    [Statement("8.6")]
    [Statement("8.6b")]
    [Statement("8.9")]
    [Statement("10.10e")]
    [Statement("13.9")]
    public async Task Every_instance_does_what_each_preview_told_and_ends_or_waits_for_something_that_can_be_named([Seeds(20)] int seed)
    {
        var previews = 0;
        for (var number = 0; number < Walks; number++)
        {
            var walk = new ManagementWalk((seed * 1_000) + number);
            await walk.RunAsync($"seed {seed}, walk {number}");
            previews += walk.Previews;
        }

        await TestContext.Out.WriteLineAsync($"{previews.Invariant()} previews");
        previews.ShouldBePositive();
    }
}
