using Microsoft.Extensions.Hosting;
using Workflow.Core.Client;

namespace Orders;

/// <summary>Lets the engine work as long as the host runs. After a stop it claims nothing new, and what is under way may
/// end. If the host waits no longer (<see cref="HostOptions.ShutdownTimeout"/>), the code that still runs is cancelled,
/// and the next engine calls it again. Either way everything is stored.</summary>
internal sealed class WorkflowPump(WorkflowEngine engine) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await engine.DisposeAsync();
        Console.WriteLine("The engine has stopped, and everything is stored.");
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => engine.RunAsync(stoppingToken);
}
