using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>The timer at which an activity instance asks for the members of its roles again (statements 4.9 and 4.12).</summary>
internal static class RoleTimer
{
    /// <summary>An activity instance has one, so it takes the place of the one before.</summary>
    public static void Arm(Episode episode, ActivityInstance activity)
    {
        var timers = episode.Process.Timers;
        var owner = TimerOwner.Of(activity);
        if (timers.Find(owner, ProcessTimerKind.Roles, activity.Name, InstanceTimers.Only) is { } earlier)
        {
            timers.End(earlier);
        }

        timers.Arm(owner, ProcessTimerKind.Roles, activity.Name, InstanceTimers.Only, episode.Now + episode.RoleInterval);
    }
}
