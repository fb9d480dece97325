using AsynchronousServerEvent;
using Workflow.Core.Client;

// An asynchronous server event: the process stops until an outside system has finished the event by its serial number.
var warehouse = new Warehouse();
await using var engine = WorkflowEngine.Create();
await engine.DeployAsync(PartsOrder.Define(warehouse));

var bicycle = await engine.As("dora").StartAsync(PartsOrder.Name, start => start
    .Folio("A bicycle for Lisbon")
    .Set(PartsOrder.Suppliers, ["Frames & Co", "Wheel Works", "Saddlery"]));
Console.WriteLine($"Process instance {bicycle.Id} is {bicycle.Status} and waits for {warehouse.Orders.Count} deliveries.");

// The parts arrive in another order than they were ordered in.
foreach (var (supplier, serial) in warehouse.Orders.Reverse())
{
    Console.WriteLine($"{supplier} delivers.");
    var item = await engine.As("warehouse").OpenServerItemAsync(serial);
    await item.Set(PartsOrder.Price, 100m + supplier.Length).FinishAsync();
}

var ended = await engine.As("dora").ReadAsync(bicycle.Id);
Console.WriteLine($"Process instance {ended.Id}, '{ended.Folio}', is {ended.Status}.");
