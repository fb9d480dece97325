using Microsoft.Extensions.Hosting;
using Workflow.Core.Client;
using Workflow.Core.Persistence;

namespace Orders;

/// <summary>The parcel service delivers what has been handed over, and reports each parcel by the serial number of the server item that waits for it.</summary>
internal sealed class Deliveries(WorkflowEngine engine) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var parcels = engine.As("parcel service");
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var item in await parcels.FindServerItemsAsync(new ServerItemQuery { Definition = OrderProcess.Name }, stoppingToken))
            {
                Console.WriteLine($"The parcel service has delivered, and finishes {item.Serial}.");
                await parcels.FinishAsync(item.Serial, cancellation: CancellationToken.None);
            }
        }
    }
}
