namespace Workflow.Core.Instances;

/// <summary>The wait of a process instance for the instant of its start rule. It owns a timer until then (statement 5.4b).</summary>
internal static class DelayedStart
{
    public static void Await(ProcessInstance process, DateTimeOffset due)
    {
        Invariant.Holds(process is { StoredStatus: ProcessInstanceStatus.Active, ActivityCount: 0 });
        process.BeginsAt = due;
        process.Timers.Arm(TimerOwner.Process, ProcessTimerKind.ProcessStart, process.Definition, InstanceTimers.Only, due);
    }

    /// <summary>It begins at another instant than was worked out first (statement 5.9). Its age counts from there.</summary>
    public static void Move(ProcessInstance process, DateTimeOffset due)
    {
        process.BeginsAt = due;
        process.RecordChanged();
    }

    /// <summary>The instant that the process instance waits for; null when it has begun.</summary>
    public static DateTimeOffset? Of(ProcessInstance process) =>
        process.TimersOrNull?.Find(TimerOwner.Process, ProcessTimerKind.ProcessStart, process.Definition, InstanceTimers.Only)?.DueAt;
}
