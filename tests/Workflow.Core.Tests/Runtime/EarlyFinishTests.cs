using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Runtime;

namespace Workflow.Core.Tests.Runtime;

/// <summary>A finish that finds the code of its event cut short by the end of an earlier host.</summary>
[TestFixture]
internal sealed class EarlyFinishTests
{
    private static readonly SerialNumber _item = new(new ProcessInstanceId(1), 1);

    /// <summary>The third commit that fails is that of Confirm, the asynchronous one; the call of it is stored.</summary>
    [Test]
    [Statement("7.1")]
    public async Task It_is_applied_when_the_code_is_called_again_and_waits()
    {
        await using var journey = await InterruptedAsync(failing: 3);

        await journey.Client.FinishAsync(_item);

        (await KindsAsync(journey)).ShouldContain(JournalKind.ServerItemFinished);
        (await journey.NextItemAsync(_item.ProcessInstance)).ShouldNotBeNull().Activity.ShouldBe("Pack");
    }

    /// <summary>Reserve returns synchronous, so its finish comes to nothing; then the caller must not be told that it was applied.</summary>
    [Test]
    [Statement("7.1")]
    public async Task It_is_not_told_as_applied_when_it_was_dropped()
    {
        await using var journey = await InterruptedAsync(failing: 2);

        var receipt = await journey.Client.FinishAsync(_item);

        (await KindsAsync(journey)).ShouldContain(JournalKind.FinishDropped);
        (await KindsAsync(journey)).ShouldNotContain(JournalKind.ServerItemFinished);
        receipt.ShouldBe(FinishReceipt.Stored);
    }

    /// <summary>An engine on an instance whose call was cut short, without having taken it up.</summary>
    private static async Task<Journey> InterruptedAsync(int failing)
    {
        var store = new WatchedStore();
        store.FailAt(failing, _ => new IOException("The disk is full."));
        await using (var first = await Journey.OpenAsync(store))
        {
            await Should.ThrowAsync<CommandPartlyStoredException>(() => first.StartAsync());
        }

        return await Journey.OpenAsync(store);
    }

    private static async Task<IEnumerable<JournalKind>> KindsAsync(Journey journey) =>
        (await journey.Client.ReadHistoryAsync(_item.ProcessInstance, limit: 500)).Select(entry => entry.Kind);
}
