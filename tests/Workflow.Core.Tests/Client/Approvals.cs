using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Client;

/// <summary>The processes that the tests of the client are about.</summary>
internal static class Approvals
{
    public static readonly ProcessField<string> Purpose = new("Purpose");
    public static readonly ProcessField<decimal> Amount = new("Amount", initial: 1m);
    public static readonly DestinationField<bool> Granted = new("Granted", initial: false);

    /// <code>
    /// ► Ask (2 slots, each waits; all of them) ──► Log ──►
    /// </code>
    public static readonly ProcessDefinition Approval = ProcessDefinition.Define("Approval", process =>
    {
        process.RequiredFields(Purpose).Fields(Amount).Rights(rights => rights
            .Admin("root").Start("dora").ViewParticipate("dora").Start("eve").View("viewer").ServerEvent("bank"));
        var ask = process.Activity("Ask", activity => activity
            .Fields(Granted)
            .PlanPerSlot(Slots.Number(2))
            .Server("Order", context => context.WaitUntilFinished($"order {context.Serial.Destination}"))
            .SucceedingRule(Answers.AllSlots.Satisfy(Status.OfSlot == Instances.SlotStatus.Completed)));
        process.StartsWith(ask);
        ask.To(process.Activity("Log", activity => activity.Server("Write", _ => { })));
    });

    /// <code>
    /// ► Hold (its code waits at the gate) ──► Confirm (waits) ──►
    /// </code>
    public static ProcessDefinition Gated(Func<Gate> gate, ICollection<string>? called = null) => ProcessDefinition.Define("Gated", process =>
    {
        process.OpenToAll();
        var hold = process.Activity("Hold", activity => activity
            .Server("Before", context => called?.Add($"Before {context.IdempotencyKey} {context.Attempt}"))
            .Server("Hold", async (context, cancellation) =>
            {
                called?.Add($"Hold {context.IdempotencyKey} {context.Attempt}");
                await gate().PassAsync(context.Serial, cancellation);
            })
            .Server("After", context => called?.Add($"After {context.IdempotencyKey} {context.Attempt}")));
        process.StartsWith(hold);
    });

    /// <summary>Nothing at all is stored.</summary>
    public static async Task ShouldBeEmptyAsync(this IProcessStore store)
    {
        for (var number = 1; number <= 10; number++)
        {
            (await store.LoadAsync(new(number), CancellationToken.None)).ShouldBeNull();
            (await store.ReadJournalAsync(new(number), after: 0, limit: 10, CancellationToken.None)).ShouldBeEmpty();
        }

        (await store.FindServerItemsAsync(new() { Status = null }, CancellationToken.None)).ShouldBeEmpty();
        (await store.FindProcessesAsync(new() { Status = ProcessInstanceStatus.Running }, CancellationToken.None)).ShouldBeEmpty();
    }
}
