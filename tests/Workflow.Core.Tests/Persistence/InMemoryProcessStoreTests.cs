using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Persistence;

/// <summary>The behavior of the store in memory beyond the contract.</summary>
[TestFixture]
internal sealed class InMemoryProcessStoreTests
{
    /// <summary>Its table of instances is dense, so that a gap would cost memory.</summary>
    [Test]
    public async Task Numbers_have_no_gaps()
    {
        var store = new InMemoryProcessStore();

        var numbers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            var own = new List<long>();
            for (var count = 0; count < 500; count++)
            {
                own.Add((await store.ReserveAsync(CancellationToken.None)).Value);
            }

            return own;
        })));

        numbers.SelectMany(own => own).Order().ShouldBe(Enumerable.Range(1, 10_000).Select(number => (long)number));
    }

    [Test]
    public async Task A_cancelled_call_takes_no_number()
    {
        var store = new InMemoryProcessStore();

        await Should.ThrowAsync<OperationCanceledException>(() => store.ReserveAsync(new CancellationToken(canceled: true)).AsTask());

        (await store.ReserveAsync(CancellationToken.None)).Value.ShouldBe(1);
    }
}
