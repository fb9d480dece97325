using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Runtime;
using Workflow.Core.Runtime.Execution;

namespace Workflow.Core.Tests.Runtime;

/// <summary>When the engine asks its store for messages that it has to deliver.</summary>
[TestFixture]
internal sealed class FamilyMessagesTests
{
    [Test]
    [Statement("7.7")]
    public async Task A_store_that_nobody_else_uses_is_asked_once()
    {
        var store = new CountingStore();
        var messages = Open(store);
        await messages.LookAsync(CancellationToken.None);
        await messages.LookAsync(CancellationToken.None);
        store.Times.ShouldBe(1);
    }

    [Test]
    [Statement("7.7")]
    [Statement("14.2")]
    public async Task A_commit_that_fails_while_the_store_is_asked_has_the_store_asked_again()
    {
        var store = new CountingStore();
        var messages = Open(store);
        store.WhileAsked = messages.LookAgain;
        await messages.LookAsync(CancellationToken.None);
        store.WhileAsked = null;
        await messages.LookAsync(CancellationToken.None);
        await messages.LookAsync(CancellationToken.None);
        store.Times.ShouldBe(2);
    }

    private static FamilyMessages Open(IProcessStore store)
    {
        var options = new WorkflowOptions { Store = store };
        return new EngineServices(options, new ThreadExecutor(options.Clock), CancellationToken.None, CancellationToken.None).Messages;
    }

    private sealed class CountingStore : StoreAround
    {
        private readonly InMemoryProcessStore _store = new();

        public int Times { get; private set; }

        /// <summary>Happens after the store has looked, and before the engine has the answer.</summary>
        public Action? WhileAsked { get; set; }

        protected override IProcessStore Asked => _store;

        public override async ValueTask<IReadOnlyList<ProcessMessage>> FindMessagesAsync(MessageQuery query, CancellationToken cancellation)
        {
            Times++;
            var found = await base.FindMessagesAsync(query, cancellation);
            WhileAsked?.Invoke();
            return found;
        }
    }
}
