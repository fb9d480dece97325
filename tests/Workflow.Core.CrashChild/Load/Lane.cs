using System.Transactions;
using Workflow.Core.Client;
using Workflow.Core.Persistence;

namespace Workflow.Core.CrashChild.Load;

/// <summary>One user who starts processes, decides their own tasks and finishes the server items that wait for them. The order is drawn from a seed. The user
/// continues until told to stop.</summary>
internal sealed class Lane(WorkflowEngine engine, Acknowledgements acknowledged, int number, int seed)
{
    private readonly WorkflowConnection _user = engine.As(UserOf(number));
    private readonly Draw _draw = new(seed);

    /// <summary>Whether each of its commands is called in an ambient transaction that is left without being completed. The driver of PostgreSQL enlists in it
    /// unless it is kept from that; the driver of SQLite has nothing to do with ambient transactions.</summary>
    public bool LeavesTransactions { get; init; }

    /// <summary>The name of the user of a lane.</summary>
    public static string UserOf(int number) => $"user{number}";

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            using var left = LeavesTransactions ? new TransactionScope(TransactionScopeAsyncFlowOption.Enabled) : null;
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
            if (task.Activity == Processes.Answer)
            {
                await AnswerAsync(task, action);
                continue;
            }

            await task.ExecuteAsync(action);
            acknowledged.Tell(Acknowledgements.Acted, task.Serial.ToString());
        }
    }

    /// <summary>Leaves most tasks to their escalations, which may be faster in any case.</summary>
    private async Task AnswerAsync(WorklistItem task, string action)
    {
        if (_draw.Below(4) > 0)
        {
            return;
        }

        try
        {
            await task.ExecuteAsync(action);
            acknowledged.Tell(Acknowledgements.Acted, task.Serial.ToString());
        }
        catch (Exception exception) when (exception is WorklistItemRefusedException or WorklistItemNotFoundException)
        {
            return;
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
