using System.Diagnostics;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Does what a timer was armed for, if it still is. The timer goes either way: one that has fired is done, and nothing needs one that its owner does
/// not have any more.</summary>
internal static class TimerAdmission
{
    public static Refusal? Admit(Episode episode, in ProcessTimer due, DateTimeOffset foundAt)
    {
        var armed = episode.Process.TimersOrNull?.Find(due);
        if (armed is { Kind: ProcessTimerKind.Escalation } next && next.Occurrence != due.Occurrence)
        {
            // The next firing has the number of the one before, which somebody else may have fired.
            return new Refusal(RefusalKind.TimerStays);
        }

        if (armed is { Kind: not ProcessTimerKind.Roles } held && IsLater(episode, held))
        {
            episode.Process.Timers.Hold(held);
            return null;
        }

        if (armed is { Kind: ProcessTimerKind.Escalation } escalation)
        {
            return Escalate(episode, escalation, foundAt);
        }

        episode.Process.Timers.End(armed ?? due);
        return armed is { } timer ? Fire(episode, timer) : null;
    }

    private static Refusal? Fire(Episode episode, in ProcessTimer timer) => timer.Kind switch
    {
        ProcessTimerKind.Sleep => Wake(episode, timer),
        ProcessTimerKind.Roles => AskForRoles(episode, timer),
        ProcessTimerKind.Start => StartActivity(episode, timer),
        ProcessTimerKind.ProcessStart => BeginProcess(episode),
        ProcessTimerKind.Retry => CallAgain(episode, timer),
        _ => throw new UnreachableException(),
    };

    /// <summary>An item wakes also while the instance is in Error or Stopped: nobody can act on it then anyway (statement 6.6).</summary>
    private static Refusal? Wake(Episode episode, in ProcessTimer timer)
    {
        if (episode.Process.FindDestination(timer.Destination) is { } destination && Sleeping.Of(destination, timer.Number) is { } sleep)
        {
            Tasks.Wake(episode, destination, sleep);
        }

        return null;
    }

    private static Refusal? StartActivity(Episode episode, in ProcessTimer timer)
    {
        var activity = episode.Process.FindActivity(timer.ActivityInstance)!;
        episode.Record(JournalKind.StartReached, activity);
        episode.Process.MovedFromOutside();
        episode.StartDue = (activity.Id, timer.DueAt);
        episode.Plan(Escalations.StepBehindStart(episode, activity));
        return null;
    }

    private static Refusal? BeginProcess(Episode episode)
    {
        episode.Record(JournalKind.StartReached, episode.Process.Definition);
        episode.Process.MovedFromOutside();
        episode.Plan(new Operation(Verb.LeaveStart));
        return null;
    }

    private static Refusal? CallAgain(Episode episode, in ProcessTimer timer)
    {
        episode.Process.MovedFromOutside();
        Retries.Begin(episode, episode.Process.FindDestination(timer.Destination)!);
        return null;
    }

    private static Refusal? Escalate(Episode episode, in ProcessTimer timer, DateTimeOffset foundAt)
    {
        // An earlier firing is done first (statement 6.5b).
        if (Escalations.IsCallOpen(episode.Process))
        {
            return new Refusal(RefusalKind.TimerStays);
        }

        // One that is due at once has waited for nobody, and so may run in a circle (statement 10.7).
        if (timer.DueAt > StartOf(episode.Process, timer))
        {
            episode.Process.MovedFromOutside();
        }

        var firing = episode.Process.Timers.Fire(timer);
        firing.FoundAt = foundAt;
        episode.Plan(new Operation(Verb.FireEscalation, firing));
        return null;
    }

    /// <summary>Whether it waits until the instance moves again. It stays armed and fires after that (statements 5.3, 5.4b and 6.6); roles are asked for at the
    /// next interval (statement 4.9).</summary>
    private static bool IsLater(Episode episode, in ProcessTimer timer) =>
        Gate.Of(episode.Process.StoredStatus, Input.TimerDue.KindOf(timer.Kind)) is Passage.Later;

    /// <summary>When the owner of a timer began.</summary>
    public static DateTimeOffset StartOf(ProcessInstance process, in ProcessTimer timer) =>
        timer.EventInstance != 0 ? process.FindDestination(timer.Destination)!.Event!.StartedAt
        : timer.ActivityInstance != 0 ? process.FindActivity(timer.ActivityInstance)!.StartedAt
        : process.BeginsAt;

    private static Refusal? AskForRoles(Episode episode, in ProcessTimer timer)
    {
        var activity = episode.Process.FindActivity(timer.ActivityInstance)!;
        if (IsLater(episode, timer))
        {
            RoleTimer.Arm(episode, activity);
            return null;
        }

        episode.Plan(activity.PlanningOrNull is { Followed: not null } ? Verb.AskForRoles : Verb.PlanDestinations, activity);
        return null;
    }
}
