using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Puts tasks to sleep, and ends sleeps, each with the timer that is to wake it (statement 1.10). The timer belongs to the client event.</summary>
internal static class Sleeping
{
    public static void Begin(Episode episode, ActivityInstanceDestination destination, string user, string party, DateTimeOffset? until)
    {
        var timer = until is { } dueAt ? Arm(episode.Process.Timers, TimerOwner.OfEvent(destination), destination.Event!.Name, dueAt) : 0;
        destination.WorklistHeader!.Add(new ItemSleep(user, party, until, timer));
    }

    public static void End(Episode episode, ActivityInstanceDestination destination, ItemSleep sleep)
    {
        destination.WorklistHeader!.Remove(sleep);
        if (episode.Process.TimersOrNull is { } timers && timers.Find(TimerOwner.OfEvent(destination), sleep.Timer) is { } timer)
        {
            timers.End(timer);
        }
    }

    /// <summary>The sleep that a timer of a client event is to end; null for none.</summary>
    public static ItemSleep? Of(ActivityInstanceDestination destination, int timer) =>
        destination.WorklistHeader?.Sleeps.FirstOrDefault(sleep => sleep.Timer == timer);

    /// <summary>Several users may sleep at once, so each sleep is an occurrence of its own.</summary>
    private static int Arm(InstanceTimers timers, in TimerOwner owner, string task, DateTimeOffset dueAt) =>
        timers.Arm(owner, ProcessTimerKind.Sleep, task, timers.NextOccurrence(owner, ProcessTimerKind.Sleep, task), dueAt);
}
