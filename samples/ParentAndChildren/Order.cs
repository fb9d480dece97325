using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace ParentAndChildren;

/// <summary>An order. Each of its lines has a sub-process of its own, and the order goes on when all of them have ended.</summary>
/// <code>
/// ► Deliver (a slot, and so a sub-process, for each line) ──► Thank ──►
/// </code>
public static class Order
{
    public const string Name = "Order";

    public static readonly ProcessField<IReadOnlyList<string>> Lines = new("Lines");

    /// <summary>Each slot has its own, so no delivery overwrites what another has returned.</summary>
    public static readonly DestinationField<string> Receiver = new("Receiver");

    public static ProcessDefinition Define() => ProcessDefinition.Define(Name, process =>
    {
        process.RequiredFields(Lines);
        process.Rights(rights => rights.Start("dora").View("dora"));
        var deliver = process.Activity("Deliver", activity => activity
            .Fields(Receiver)
            .PlanPerSlot(Slots.ForEach(Lines))
            .StartsProcess("Deliver the line", Delivery.Name, child => child
                .Folio("A line of the order of Dora")
                .SendSlotData(Delivery.Goods)
                .Receive(Delivery.Receiver, into: Receiver))
            .SucceedingRule(Answers.AllGiven));
        var thank = process.Activity("Thank", activity => activity.PureServer("Thank the customer", _ => { }));
        process.StartsWith(deliver);
        deliver.To(thank);
    });
}
