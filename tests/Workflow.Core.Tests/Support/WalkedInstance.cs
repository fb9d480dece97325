using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>The rules that hold for an instance at rest, whatever has happened to it.</summary>
internal static class WalkedInstance
{
    /// <summary>A clock that jumps can make the lease of a call doubtful. Then the call is left to the next engine (statement 14.3).</summary>
    public static async Task TakeUpAsync(WorkflowTestBed bed, ProcessInstanceId id)
    {
        if (bed.Store.IsShared && await bed.StatusAsync(id) is ProcessInstanceStatus.Running)
        {
            await bed.RestartAsync();
        }
    }

    /// <summary>The instance is what its status says, in memory and in the store.</summary>
    public static async Task CheckAsync(WorkflowTestBed bed, ProcessInstanceId id, IEnumerable<string> users)
    {
        var process = await bed.ReadAsync(id);
        var tasks = new WorklistQuery { ProcessInstance = id, Limit = 500 };
        var everybodys = await bed.Engine.As(Orders.Boss).ManageWorklists().ListAsync(tasks);
        var own = new List<WorklistItem>();
        var orAsleep = tasks with { Statuses = [.. tasks.Statuses, WorklistItemStatus.Sleep] };
        foreach (var user in users)
        {
            own.AddRange(await bed.Engine.As(user).Worklist.ListAsync(orAsleep));
        }

        var alike = new ProcessQuery { Status = process.Status, Limit = 500 };
        var record = (await bed.Engine.AsSystem().FindProcessesAsync(alike)).Single(found => found.Id == id);
        record.DefinitionVersion.ShouldBe(process.DefinitionVersion);
        record.Error.ShouldBe(process.Error is { } error ? $"{error.Element}: {error.Message}" : null);
        (process.Error is not null).ShouldBe(process.Status is ProcessInstanceStatus.Error);
        process.Status.ShouldNotBe(ProcessInstanceStatus.Running, "nothing is under way");
        var timers = await bed.Engine.FindTimersAsync(new TimerQuery { ProcessInstance = id, Limit = 500 });
        switch (process.Status)
        {
            case ProcessInstanceStatus.Error or ProcessInstanceStatus.Stopped:
                own.ShouldBeEmpty("nobody can act");
                process.EndedAt.ShouldBeNull();
                break;
            case ProcessInstanceStatus.Completed or ProcessInstanceStatus.Deleted:
                own.ShouldBeEmpty();
                everybodys.ShouldBeEmpty();
                timers.ShouldBeEmpty();
                (await bed.ServerItemsAsync(id)).ShouldBeEmpty();
                process.Activities.ShouldBeEmpty();
                process.EndedAt.ShouldNotBeNull();
                break;
            default:
                own.Select(item => item.Serial).Distinct().ShouldBe(everybodys.Select(entry => entry.Serial).Distinct(), ignoreOrder: true);
                break;
        }

        var activities = process.Activities.Select(activity => activity.Id).ToHashSet();
        timers.ShouldAllBe(timer => timer.ActivityInstance == 0 || activities.Contains(timer.ActivityInstance));
        var retrying = process.Activities
            .SelectMany(activity => activity.Destinations)
            .Where(destination => destination is { Status: DestinationStatus.Active, Event.Status: EventInstanceStatus.AwaitingRetry })
            .ToList();
        retrying.ShouldAllBe(destination => destination.RetriesAt != null);
        timers.Where(timer => timer.Kind is ProcessTimerKind.Retry).Select(timer => timer.EventInstance)
            .ShouldBeSubsetOf(retrying.Select(destination => destination.Event!.Id));
        await CheckNamesAsync(bed, id);
    }

    /// <summary>The store finds tasks, server items and timers by the names that their elements have in the instance.</summary>
    public static async Task CheckNamesAsync(WorkflowTestBed bed, ProcessInstanceId id)
    {
        var process = await bed.ReadAsync(id);
        var tasks = await bed.Store.FindTasksAsync(entries: null, new WorklistQuery { Limit = 500 }, CancellationToken.None);
        var items = await bed.Store.FindServerItemsAsync(new ServerItemQuery { ProcessInstance = id, Limit = 500 }, CancellationToken.None);
        var timers = await bed.Store.FindTimersAsync(new TimerQuery { ProcessInstance = id, Limit = 500 }, CancellationToken.None);
        var names = process.Activities
            .SelectMany(activity => activity.Destinations.Select(destination => (destination.Serial, activity.Name, Event: destination.Event?.Name)))
            .ToDictionary(found => found.Serial, found => $"{found.Name} / {found.Event}");

        tasks.Where(task => task.Serial.ProcessInstance == id).ShouldAllBe(task => names[task.Serial] == $"{task.Activity} / {task.Event}");
        items.ShouldAllBe(item => names[item.Serial] == $"{item.Activity} / {item.Event}");
        timers.ShouldAllBe(timer => NamesOf(process, timer).Contains(timer.Element));
    }

    /// <summary>The names that a timer may have.</summary>
    private static IEnumerable<string> NamesOf(ProcessInstance process, ProcessTimer timer)
    {
        var activity = process.Activities.SingleOrDefault(activity => activity.Id == timer.ActivityInstance);
        var destination = activity?.Destinations.SingleOrDefault(destination => destination.Serial.Destination == timer.Destination);
        return timer.Kind switch
        {
            ProcessTimerKind.Escalation => (destination?.Escalations ?? activity?.Escalations ?? process.Escalations).Select(armed => armed.Name),
            ProcessTimerKind.Sleep or ProcessTimerKind.Retry => [destination!.Event!.Name],
            ProcessTimerKind.Start or ProcessTimerKind.Roles => [activity!.Name],
            _ => [timer.Element],
        };
    }

    /// <summary>The instance has ended, or everything in it waits for something that can be named.</summary>
    public static async Task CheckWaitsAsync(WorkflowTestBed bed, ProcessInstanceId id)
    {
        var process = await bed.ReadAsync(id);
        if (process.Status is ProcessInstanceStatus.Completed or ProcessInstanceStatus.Deleted)
        {
            return;
        }

        process.Status.ShouldBe(ProcessInstanceStatus.Active, process.Error?.Message);
        foreach (var activity in process.Activities)
        {
            var waits = activity.StartsAt is not null || activity.Wait is not null
                || activity.Destinations.Any(destination => destination.RetriesAt is not null)
                || activity.Destinations.Any(destination => destination is { Status: DestinationStatus.Active, Event.Status: EventInstanceStatus.Waiting })
                || (await bed.HistoryAsync(id)).Any(entry => entry.Kind is JournalKind.ActivityStalled && entry.ActivityInstance == activity.Id);
            waits.ShouldBeTrue($"activity '{activity.Name}' waits for nothing");
        }

        (process.Activities.Count > 0 || process.StartsAt is not null).ShouldBeTrue("the instance waits for nothing");
    }
}
