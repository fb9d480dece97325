namespace Workflow.Core.Tests.Snapshots;

/// <summary>An instance that waits in every way is read by every later version, and goes on in another version of its definition; see <see cref="GoldenFile"/>
/// and <see cref="EveryWait"/>. The tests of the databases read the same files.</summary>
[TestFixture]
internal sealed class GoldenWaitTests
{
    [Test]
    [Statement("13.8")]
    [Statement("8.8")]
    [Statement("8.8b")]
    public Task Everything_that_an_instance_of_version_15_waits_for_goes_on_in_the_other_version([Values] EveryWait.Halt halt) =>
        new EveryWait().RunStoredAsync(halt);
}
