using System.Diagnostics;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Does what a timer was armed for, if it still is; otherwise nothing needs the timer any more, and it goes.</summary>
internal static class TimerAdmission
{
    public static Refusal? Admit(Episode episode, in ProcessTimer timer) => timer.Kind switch
    {
        ProcessTimerKind.Sleep => Wake(episode, timer),
        ProcessTimerKind.Roles => AskForRoles(episode, timer),
        _ => throw new UnreachableException(),
    };

    /// <summary>An item wakes also while the instance is in Error: nobody can act on it then anyway (statement 6.6).</summary>
    private static Refusal? Wake(Episode episode, in ProcessTimer timer)
    {
        var number = timer.Number;
        var destination = episode.Process.FindDestination(timer.Destination);
        if (destination is not { Header: { IsOpen: true } header } || header.Sleeps.FirstOrDefault(sleep => sleep.Timer == number) is not { } due)
        {
            episode.Disarm(timer.Number);
            return null;
        }

        Tasks.Wake(episode, destination, due);
        return null;
    }

    private static Refusal? AskForRoles(Episode episode, in ProcessTimer timer)
    {
        var activity = episode.Process.FindActivity(timer.ActivityInstance);
        if (activity is not { Status: ActivityInstanceStatus.Active, PlanningOrNull: { } planning } || planning.Timer != timer.Number)
        {
            episode.Disarm(timer.Number);
            return null;
        }

        RoleTimer.Disarm(episode, activity);
        if (Gate.Of(episode.Process.StoredStatus, InputKind.RoleTimer) is Passage.Later)
        {
            RoleTimer.Arm(episode, activity);
            return null;
        }

        episode.Plan(planning.Followed is null ? Verb.PlanDestinations : Verb.AskForRoles, activity);
        return null;
    }
}
