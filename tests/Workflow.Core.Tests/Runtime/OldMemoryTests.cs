using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Tests.Runtime;

/// <summary>An engine keeps instances in memory, and another engine changes them. An open that commits nothing meets no conflict,
/// so it must not show what is in memory.</summary>
[TestFixture]
internal sealed class OldMemoryTests : SharedStoreFixture
{
    private static readonly SerialNumber _task = new(new ProcessInstanceId(1), 1);

    [TestCase(true)]
    [TestCase(false)]
    [CancelAfter(30_000)]
    [Statement("1.6")]
    [Statement("14.3")]
    public async Task A_task_that_another_engine_has_changed_is_shown_as_it_is_stored(bool allocates)
    {
        var one = await OpenAsync(new SharedStore(Store));
        var other = await OpenAsync(new SharedStore(Store));
        await one.DeployAsync(Asking());
        await other.DeployAsync(Asking());
        await one.AsSystem().StartAsync("Asking");
        await one.As("A").Worklist.OpenAsync(_task);

        await other.As("B").Worklist.OpenAsync(_task);
        var item = await one.As("A").Worklist.OpenAsync(_task, allocates);

        item.Status.ShouldBe(WorklistItemStatus.Open);
        item.SlotsFree.ShouldBe(0, "B has taken the other slot");
    }

    [Test]
    [CancelAfter(30_000)]
    [Statement("1.8")]
    [Statement("14.3")]
    public async Task A_task_that_has_ended_on_another_engine_cannot_be_opened_from_memory()
    {
        var one = await OpenAsync(new SharedStore(Store));
        var other = await OpenAsync(new SharedStore(Store));
        await one.DeployAsync(Asking());
        await other.DeployAsync(Asking());
        await one.AsSystem().StartAsync("Asking");
        await one.As("A").Worklist.OpenAsync(_task);

        await other.As("A").Worklist.ExecuteAsync(_task, "Approve");
        await other.As("B").Worklist.ExecuteAsync(_task, "Approve");

        await Should.ThrowAsync<WorklistItemNotFoundException>(() => one.As("A").Worklist.OpenAsync(_task, allocate: false).AsTask());
    }

    private static ProcessDefinition Asking() => ProcessDefinition.Define("Asking", process =>
    {
        process.OpenToAll();
        process.StartsWith(process.Activity("Ask", activity => activity
            .Destinations(to => to.Users("A", "B"))
            .PlanJustOnce(Slots.Number(2))
            .Client("Decide", task => task.Action("Approve"))));
    });
}
