using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace AsynchronousServerEvent;

/// <summary>Three suppliers deliver a part each; the bicycle is assembled when all have delivered.</summary>
/// <code>
/// ► Order the parts ─────────────────► Assemble ►
///   one slot for each supplier,
///   waits until all three are finished
/// </code>
internal static class PartsOrder
{
    public const string Name = "Bicycle";

    public static readonly ProcessField<IReadOnlyList<string>> Suppliers = new("Suppliers");
    public static readonly DestinationField<decimal> Price = new("Price");
    public static readonly ProcessField<decimal> Total = new("Total", initial: 0m);

    public static ProcessDefinition Define(Warehouse warehouse) => ProcessDefinition.Define(Name, process =>
    {
        process.RequiredFields(Suppliers).Fields(Total);
        process.Rights(rights => rights.Start("dora").View("dora").ServerEvent("warehouse"));

        var order = process.Activity("Order the parts", activity => activity
            .Fields(Price)
            .PlanPerSlot(Slots.ForEach(Suppliers))
            .Server("Send the order", context =>
            {
                warehouse.Order(context.InstanceData.Get<string>(), context.Serial);
                context.WaitUntilFinished();
            })
            .Server("Add the price", context => context.Set(Total, context.Get(Total) + context.Get(Price)))
            .SucceedingRule(Answers.AllGiven));

        var assemble = process.Activity("Assemble", activity => activity
            .Server("Tell the workshop", context => Console.WriteLine($"All parts are there for {context.Get(Total)}: the bicycle is assembled.")));

        process.StartsWith(order);
        order.To(assemble);
    });
}
