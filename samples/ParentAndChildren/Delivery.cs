using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace ParentAndChildren;

/// <summary>One line of an order: the goods are packed, and the driver brings them.</summary>
/// <code>
/// ► Pack ──► Bring (waits for the driver, who notes the receiver) ──►
/// </code>
public static class Delivery
{
    public const string Name = "Delivery";

    public static readonly ProcessField<string> Goods = new("Goods");
    public static readonly ProcessField<string> Receiver = new("Receiver", "");

    /// <param name="depot">The depot, where the goods are packed.</param>
    public static ProcessDefinition Define(Depot depot) => ProcessDefinition.Define(Name, process =>
    {
        process.RequiredFields(Goods).Fields(Receiver);
        process.Rights(rights => rights.Start("dora").View("dora").ServerEvent("driver"));
        var pack = process.Activity("Pack", activity => activity
            .Server("Pack the goods", context => depot.Pack(context.IdempotencyKey, context.Get(Goods))));
        var bring = process.Activity("Bring", activity => activity.Server("Wait for the driver", context => context.WaitUntilFinished()));
        process.StartsWith(pack);
        pack.To(bring);
    });
}
