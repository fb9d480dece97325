using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>Parts that are mixed up are found; the instance is set aside with the reason, and the others go on.</summary>
[TestFixture]
[Statement("14.7b")]
internal sealed class MixUpTests
{
    public static IEnumerable<string> Names => MixUps.Names;

    [TestCaseSource(nameof(Names))]
    [CancelAfter(60_000)]
    public Task It_is_found_and_harms_nobody_else_when(string mixUp) => MixUps.CheckAsync(new InMemoryProcessStore(), mixUp);

    [Test]
    [CancelAfter(60_000)]
    public Task It_is_found_when_the_details_of_errors_are_mixed_up([Values] bool areSwapped) =>
        MixUps.CheckErrorsAsync(new InMemoryProcessStore(), areSwapped);
}
