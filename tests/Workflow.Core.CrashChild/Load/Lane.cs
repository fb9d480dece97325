using Workflow.Core.Client;
using Workflow.Core.Persistence;

namespace Workflow.Core.CrashChild.Load;

/// <summary>One user who starts processes, decides his tasks and finishes the server items that wait for him, in an order drawn from a seed, until told to stop.</summary>
internal sealed class Lane(WorkflowEngine engine, Acknowledgements acknowledged, int number, int seed)
{
    private readonly WorkflowConnection _user = engine.As($"user{number}");
    private readonly Draw _draw = new(seed);

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await (_draw.Below(4) switch
            {
                0 => DecideAsync(),
                1 => FinishAsync(),
                _ => StartAsync(),
            });
        }
    }

    private async Task StartAsync()
    {
        var started = await _user.StartAsync(Processes.Names[_draw.Below(Processes.Names.Count)]);
        acknowledged.Tell(Acknowledgements.Started, started.Id.ToString());
    }

    private async Task DecideAsync()
    {
        var tasks = await _user.Worklist.ListAsync(new() { Limit = 5 });
        foreach (var task in tasks)
        {
            var action = _draw.Below(3) == 0 ? Processes.Decline : Processes.Approve;
            await task.ExecuteAsync(action);
            acknowledged.Tell(Acknowledgements.Acted, task.Serial.ToString());
        }
    }

    private async Task FinishAsync()
    {
        var items = await engine.AsSystem().FindServerItemsAsync(new ServerItemQuery { CorrelationKey = _user.User, Limit = 5 });
        foreach (var item in items)
        {
            await engine.AsSystem().FinishAsync(item.Serial);
            acknowledged.Tell(Acknowledgements.Finished, item.Serial.ToString());
        }
    }
}
