using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>Answers of outside systems, with an engine of its own for each step.</summary>
[TestFixture]
internal sealed class AnswerStoreTests
{
    [Test]
    [Statement("7.3b")]
    public async Task Each_step_goes_on_with_what_the_store_in_memory_has()
    {
        var store = new InMemoryProcessStore();

        await AnswerCase.RunAsync(() => store);
    }
}
