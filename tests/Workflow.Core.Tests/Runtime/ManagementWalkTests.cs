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
    public async Task Every_instance_ends_or_waits_for_something_that_can_be_named([Seeds(20)] int seed)
    {
        for (var walk = 0; walk < Walks; walk++)
        {
            await new ManagementWalk((seed * 1_000) + walk).RunAsync($"seed {seed}, walk {walk}");
        }
    }
}
