using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter02Commands
{
    private static readonly ProcessField<bool> Paid = new("Paid", initial: false);

    /// <code>
    /// ► Pay (two slots, each waits, then logs) ── Paid ──► Thank ──►
    ///                                          └─ not ──► Remind ──►
    /// </code>
    private static ProcessDefinition Paying { get; } = ProcessDefinition.Define("Paying", process =>
    {
        process.OpenToAll().Fields(Paid);
        var pay = process.Activity("Pay", activity => activity.PlanPerSlot(Slots.Number(2)).Waits("Order").Server("Book", _ => { }));
        process.StartsWith(pay);
        pay.To(process.Activity("Thank"), when: Paid == true);
        pay.To(process.Activity("Remind"), when: Paid == false);
    });

    [Test]
    [Statement("2.11")]
    public async Task A_finish_takes_its_steps_in_the_order_of_the_manual_and_returns_at_the_next_rest()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Paying);
        var id = await bed.BeginAsync();
        var known = (await bed.HistoryAsync(id)).Count;

        await bed.FinishAsync(new SerialNumber(id, 2), result => result.Set(Paid, true));

        (await bed.HistoryAsync(id)).Skip(known).Select(fact => $"{fact.Kind} {fact.Name}").ShouldBe(
        [
            "FieldChanged Paid",
            "ServerItemFinished Order",
            "EventCompleted Order",
            "EventStarted Book",
            "EventCompleted Book",
            "DestinationCompleted Pay",
            "EventExpired Order",
            "DestinationExpired Pay",
            "ActivityCompleted Pay",
            "LineEvaluated Pay to Thank",
            "LineEvaluated Pay to Remind",
            "ActivityStarted Thank",
            "DestinationCreated Thank",
            "DestinationCompleted Thank",
            "ActivityCompleted Thank",
            "ProcessCompleted Paying",
        ]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("2.11")]
    public async Task A_start_returns_at_the_first_rest_and_tells_the_status_there()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Paying);

        (await bed.StartAsync("dora")).Status.ShouldBe(ProcessInstanceStatus.Active);
    }
}
