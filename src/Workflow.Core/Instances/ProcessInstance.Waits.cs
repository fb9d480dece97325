namespace Workflow.Core.Instances;

/// <content>The activity instances that hold exclusive groups or wait for them (statement 13.1f).</content>
public sealed partial class ProcessInstance
{
    private InstanceWaits? _waits;

    /// <summary>The activity instances that hold exclusive groups or wait for them; null where none has come to one.</summary>
    internal InstanceWaits? WaitsOrNull => _waits;

    /// <summary>As <see cref="WaitsOrNull"/>, made with the first that comes to a group.</summary>
    /// <param name="groups">The groups of the definition.</param>
    internal InstanceWaits WaitsFor(ActivityGroups groups) => _waits ??= new InstanceWaits(this, groups);

    /// <summary>An activity instance ends, in whatever way: its timers end, and its groups are free.</summary>
    internal void EndOf(ActivityInstance activity)
    {
        _timers?.End(TimerOwner.Of(activity));
        _waits?.End(activity);
    }
}
