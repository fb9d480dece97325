using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Runtime;

/// <summary>One process with many sub-processes in memory.</summary>
[TestFixture]
internal sealed class FanOutTests
{
    [Test]
    [Statement("7.10")]
    [Statement("14.5")]
    [CancelAfter(60_000)]
    public Task All_sub_processes_end_at_once_and_the_parent_goes_on_once([Values(60, 1_000)] int children)
    {
        var store = new InMemoryProcessStore();
        return new FanOut(() => store, children).RunAsync(hosts: 1);
    }
}
