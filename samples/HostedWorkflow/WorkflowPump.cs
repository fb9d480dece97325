using Microsoft.Extensions.Hosting;
using Workflow.Core.Client;

namespace Orders;

/// <summary>Lets the engine work as long as the host runs. Stopped, it claims nothing new, and what is under way may end; when the host loses patience first
/// (<see cref="HostOptions.ShutdownTimeout"/>), the code that still runs is cancelled, to be called again by the next engine. Either way everything is
/// stored.</summary>
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
