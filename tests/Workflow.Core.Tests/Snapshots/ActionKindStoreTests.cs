using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>Actions that redirect and release, with an engine of its own for each step.</summary>
[TestFixture]
internal sealed class ActionKindStoreTests
{
    [Test]
    [Statement("2.11b")]
    public async Task Each_step_goes_on_with_what_the_store_in_memory_has()
    {
        var store = new InMemoryProcessStore();

        await ActionKindCase.RunAsync(() => store);
    }
}
