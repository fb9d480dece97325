using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>Questions by name, with an engine of its own for each step.</summary>
[TestFixture]
internal sealed class QuestionStoreTests
{
    [Test]
    [Statement("4.8b")]
    public async Task Each_step_goes_on_with_what_the_store_in_memory_has()
    {
        var store = new InMemoryProcessStore();

        await QuestionCase.RunAsync(() => store);
    }
}
