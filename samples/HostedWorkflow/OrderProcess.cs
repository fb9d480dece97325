using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace Orders;

/// <summary>An order is packed and sent, and when the parcel service has delivered it, the customer is thanked.</summary>
/// <code>
/// ► Pack ──► Send ────────────► Thank ►
///            waits for the
///            parcel service
/// </code>
public static class OrderProcess
{
    public const string Name = "Order";

    public static readonly ProcessField<string> Goods = new("Goods");

    public static ProcessDefinition Define(ParcelService parcels) => ProcessDefinition.Define(Name, process =>
    {
        process.RequiredFields(Goods);
        process.Rights(rights => rights.Start("shop").View("shop").ServerEvent("parcel service"));

        // Somebody who stops the host without patience cancels the packing; the next engine packs again.
        var pack = process.Activity("Pack", activity => activity.Server("Pack the goods", async (context, cancellation) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(300), cancellation);
            await Console.Out.WriteLineAsync($"{context.Folio}: {context.Get(Goods)} packed.");
        }));
        var send = process.Activity("Send", activity => activity.Server("Hand over the parcel", context =>
        {
            parcels.Take(context.IdempotencyKey, context.Folio);
            Console.WriteLine($"{context.Folio}: handed over, to be finished as {context.Serial}.");
            context.WaitUntilFinished();
        }));
        var thank = process.Activity("Thank", activity => activity
            .Server("Thank the customer", context => Console.WriteLine($"{context.Folio}: the customer is thanked.")));

        process.StartsWith(pack);
        pack.To(send);
        send.To(thank);
    });
}
