using Workflow.Core.Client;

namespace LeaveRequests;

/// <summary>Lets the engine work as long as the host runs, and stops it in order.</summary>
internal sealed class WorkflowPump(WorkflowEngine engine) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await engine.DisposeAsync();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => engine.RunAsync(stoppingToken);
}
