using System.Diagnostics;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Does what a timer was armed for, if it still is. The timer goes either way: one that has fired is done, and nothing needs one that its owner does
/// not have any more.</summary>
internal static class TimerAdmission
{
    public static Refusal? Admit(Episode episode, in ProcessTimer due)
    {
        var armed = episode.Process.TimersOrNull?.Find(due);
        episode.Process.Timers.End(armed ?? due);
        return armed is { } timer ? Fire(episode, timer) : null;
    }

    private static Refusal? Fire(Episode episode, in ProcessTimer timer) => timer.Kind switch
    {
        ProcessTimerKind.Sleep => Wake(episode, timer),
        ProcessTimerKind.Roles => AskForRoles(episode, timer),
        ProcessTimerKind.Start => BeginActivity(episode, timer),
        ProcessTimerKind.ProcessStart => BeginProcess(episode),
        _ => throw new UnreachableException(),
    };

    /// <summary>An item wakes also while the instance is in Error: nobody can act on it then anyway (statement 6.6).</summary>
    private static Refusal? Wake(Episode episode, in ProcessTimer timer)
    {
        if (episode.Process.FindDestination(timer.Destination) is { } destination && Sleeping.Of(destination, timer.Number) is { } sleep)
        {
            Tasks.Wake(episode, destination, sleep);
        }

        return null;
    }

    /// <summary>In Error the step is kept behind those that a retry takes first (statement 5.3).</summary>
    private static Refusal? BeginActivity(Episode episode, in ProcessTimer timer)
    {
        var activity = episode.Process.FindActivity(timer.ActivityInstance)!;
        episode.Record(JournalKind.StartReached, activity);
        if (Gate.Of(episode.Process.StoredStatus, InputKind.StartTimer) is Passage.Later)
        {
            episode.Process.Suspend(SuspendedSteps.Of(episode.Definition, new Operation(Verb.PlanDestinations, activity)));
            return null;
        }

        episode.Process.MovedFromOutside();
        episode.Plan(Verb.PlanDestinations, activity);
        return null;
    }

    /// <summary>In Error the step is kept, as that of an activity is (statement 5.4b).</summary>
    private static Refusal? BeginProcess(Episode episode)
    {
        var begin = new Operation(Verb.LeaveStart);
        episode.Record(JournalKind.StartReached, episode.Process.Definition);
        if (Gate.Of(episode.Process.StoredStatus, InputKind.ProcessStartTimer) is Passage.Later)
        {
            episode.Process.Suspend(SuspendedSteps.Of(episode.Definition, begin));
            return null;
        }

        episode.Process.MovedFromOutside();
        episode.Plan(begin);
        return null;
    }

    private static Refusal? AskForRoles(Episode episode, in ProcessTimer timer)
    {
        var activity = episode.Process.FindActivity(timer.ActivityInstance)!;
        if (Gate.Of(episode.Process.StoredStatus, InputKind.RoleTimer) is Passage.Later)
        {
            RoleTimer.Arm(episode, activity);
            return null;
        }

        episode.Plan(activity.PlanningOrNull is { Followed: not null } ? Verb.AskForRoles : Verb.PlanDestinations, activity);
        return null;
    }
}
