using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>The timer at which an activity instance asks for the members of its roles again (statements 4.9 and 4.12).</summary>
internal static class RoleTimer
{
    public static void Arm(Episode episode, ActivityInstance activity)
    {
        var dueAt = episode.Now + episode.RoleInterval;
        activity.Planning.SetTimer(episode.Arm(ProcessTimerKind.Roles, activity, destination: null, dueAt), dueAt);
    }

    public static void Disarm(Episode episode, ActivityInstance activity)
    {
        if (activity.PlanningOrNull is not { Timer: not 0 } planning)
        {
            return;
        }

        episode.Disarm(planning.Timer);
        planning.SetTimer(0, dueAt: null);
    }
}
