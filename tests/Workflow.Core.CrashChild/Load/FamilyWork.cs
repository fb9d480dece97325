using Workflow.Core.Client;
using Workflow.Core.CrashChild.Watching;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.CrashChild.Load;

/// <summary>The work between parents and sub-processes that two hosts do at once. Both give the same commands, one of them in the opposite order, and deliver
/// every message that they find.</summary>
internal static class FamilyWork
{
    public const string Send = "Send";
    public const string Run = "Run";

    /// <summary>The folio of the errands that expire before their runners have ended.</summary>
    private const string Early = "early";

    /// <summary>Starts parents. Nobody delivers anything yet.</summary>
    public static async Task StartAsync(WorkflowEngine engine)
    {
        var dora = engine.As("dora");
        await dora.StartAsync(Processes.Family);
        await dora.StartAsync(Processes.Household);
        await dora.StartAsync(Processes.Errand);
        await dora.StartAsync(Processes.Errand, start => start.Folio(Early));
    }

    /// <summary>Lets parents and sub-processes expire and end, and delivers, until all have ended. Work that another host does meanwhile stays.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="isReversed">Whether it takes the last one first.</param>
    /// <param name="begin">Told of each command before it is given.</param>
    public static async Task EndAsync(WorkflowEngine engine, bool isReversed, Action<FamilyStep> begin)
    {
        await EachAsync(Processes.Household, FamilyStep.ParentEndSent, (admin, household) => admin.DeleteAsync(household.Id));
        await EachAsync(Processes.Errand, FamilyStep.ParentExpires, (admin, errand) => errand.Folio == Early
            ? admin.ExpireActivityAsync(errand.Id, Send)
            : ValueTask.CompletedTask);
        await DeliverAsync(engine);
        await EachAsync(Processes.Runner, FamilyStep.ChildExpires, (admin, runner) => admin.ExpireActivityAsync(runner.Id, Run));
        await DeliverAsync(engine);

        async Task EachAsync(string definition, FamilyStep step, Func<ProcessManagement, ProcessRecord, ValueTask> command)
        {
            var query = new ProcessQuery { Definition = definition, HasEnded = false, Limit = 500 };
            var open = await engine.AsSystem().FindProcessesAsync(query);
            foreach (var record in isReversed ? open.Reverse() : open)
            {
                begin(step);
                await TryAsync(() => command(engine.AsSystem().ManageProcesses(), record));
                begin(FamilyStep.Any);
            }
        }
    }

    private static async Task DeliverAsync(WorkflowEngine engine)
    {
        while (await engine.DeliverMessagesAsync() > 0)
        {
            continue;
        }
    }

    /// <summary>The other host may have done it before.</summary>
    private static async Task TryAsync(Func<ValueTask> command)
    {
        try
        {
            await command();
        }
        catch (ProcessInstanceRefusedException)
        {
            return;
        }
    }
}
