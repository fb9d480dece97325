using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>Timers that tests arm for every owner that is at work, as elements of definitions would. So an owner shows what becomes of its timers when it
/// ends.</summary>
internal static class PlantedTimers
{
    public const int OfEach = 3;

    /// <summary>The owners at work, as their statuses say.</summary>
    public static IReadOnlyList<TimerOwner> AtWork(ProcessInstance process)
    {
        var destinations = process.ActivityList.SelectMany(activity => activity.Destinations).ToList();
        return
        [
            .. process.StoredStatus is ProcessInstanceStatus.Completed ? Array.Empty<TimerOwner>() : [TimerOwner.Process],
            .. process.ActivityList.Where(activity => activity.Status is ActivityInstanceStatus.Active).Select(TimerOwner.Of),
            .. destinations.Where(destination => destination.Status is DestinationStatus.Active).Select(TimerOwner.Of),
            .. destinations.Where(destination => destination.Event is not null).Select(TimerOwner.OfEvent),
        ];
    }

    /// <summary>Arms three timers for each owner at work that has none of them yet: two occurrences of one element, and one of another. None is due in a
    /// test.</summary>
    public static void Plant(ProcessInstance process)
    {
        foreach (var owner in AtWork(process).Where(owner => !IsPlanted(process, owner)))
        {
            process.Timers.Arm(owner, ProcessTimerKind.Sleep, "Remind", occurrence: 1, DateTimeOffset.MaxValue);
            process.Timers.Arm(owner, ProcessTimerKind.Sleep, "Remind", occurrence: 2, DateTimeOffset.MaxValue);
            process.Timers.Arm(owner, ProcessTimerKind.Sleep, "Hand over", occurrence: 1, DateTimeOffset.MaxValue);
        }
    }

    /// <summary>Plants timers in an instance that is stored, behind the back of the engine, which loads it again for each command.</summary>
    public static async Task PlantAsync(WorkflowTestBed bed, ProcessInstanceId id, ProcessDefinition definition)
    {
        var stored = (await bed.Store.LoadAsync(id, CancellationToken.None)).ShouldNotBeNull();
        var process = Load(stored, id, definition);
        var buffers = new TurnBuffers();
        buffers.Episode.Open(definition, process, new EpisodeLimits(1_000, Slots: 1_000, Destinations: 1_000, History: 1_000), TimeSpan.FromMinutes(10), []);
        Plant(process);
        await bed.Store.CommitAsync(CommitBuilder.Build(buffers, new CommitHeading { Epoch = stored.Epoch, Owner = stored.Owner }), CancellationToken.None);
    }

    /// <summary>Checks that the timers in the store are those of the owners at work, and that each such owner has all planted ones. The instance must have the
    /// same.</summary>
    /// <returns>The owners that are still at work.</returns>
    public static async Task<IReadOnlyList<TimerOwner>> CheckAsync(IProcessStore store, ProcessInstance process, IReadOnlyList<TimerOwner> planted)
    {
        var stored = await store.FindTimersAsync(new TimerQuery { ProcessInstance = process.Id, Limit = 1_000 }, CancellationToken.None);
        var atWork = AtWork(process);

        stored.Where(timer => !atWork.Contains(TimerOwner.Of(timer))).ShouldBeEmpty("the owner of a timer has ended, and left the timer");
        var kept = planted.Where(atWork.Contains).ToList();
        stored.Where(IsPlanted).Select(timer => TimerOwner.Of(timer)).ShouldBe(kept.SelectMany(owner => Enumerable.Repeat(owner, OfEach)), ignoreOrder: true);
        atWork.SelectMany(owner => process.TimersOrNull?.Of(owner) ?? []).ShouldBe(stored, ignoreOrder: true);
        return kept;
    }

    public static async Task<IReadOnlyList<TimerOwner>> CheckAsync(
        WorkflowTestBed bed, ProcessInstanceId id, ProcessDefinition definition, IReadOnlyList<TimerOwner> planted) =>
        await CheckAsync(bed.Store, await LoadAsync(bed, id, definition), planted);

    public static async Task<ProcessInstance> LoadAsync(WorkflowTestBed bed, ProcessInstanceId id, ProcessDefinition definition) =>
        Load((await bed.Store.LoadAsync(id, CancellationToken.None)).ShouldNotBeNull(), id, definition);

    private static bool IsPlanted(ProcessInstance process, TimerOwner owner) => process.TimersOrNull?.Of(owner).Any(IsPlanted) is true;

    private static bool IsPlanted(ProcessTimer timer) => timer.DueAt == DateTimeOffset.MaxValue;

    private static ProcessInstance Load(StoredProcess stored, ProcessInstanceId id, ProcessDefinition definition) =>
        InstanceLoader.Load(id, stored, Drive.DeploymentsOf(definition)).Process;
}
