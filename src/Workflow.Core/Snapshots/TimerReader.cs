using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>Reads what <see cref="TimerWriter"/> wrote.</summary>
internal static class TimerReader
{
    /// <param name="reader">The reader of the owner's part.</param>
    /// <param name="process">The process instance.</param>
    /// <param name="owner">The owner.</param>
    /// <param name="isAtWork">Whether the owner has not ended: only then it can have timers.</param>
    public static void Read(ref PartReader reader, ProcessInstance process, in TimerOwner owner, bool isAtWork)
    {
        if (reader.Version < PartFormat.WithTimers)
        {
            return;
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            if (!isAtWork)
            {
                throw reader.Refuse("it has ended and has a timer");
            }

            var timer = Restore(
                reader, process, owner, reader.Integer(), reader.Choice<ProcessTimerKind>(), reader.Text(), reader.Integer(),
                reader.Instant(process.StartedAt));
            if (reader.Version >= PartFormat.WithEscalations && reader.Flag())
            {
                process.Timers.RestoreHeld(timer);
            }
        }

        if (reader.Version >= PartFormat.WithEscalations)
        {
            Firings(ref reader, process, owner, isAtWork);
        }
    }

    /// <summary>The timer at which roles are asked for again, which stood beside the planning of an activity instance until version 5.</summary>
    public static void OfRoles(in PartReader reader, ActivityInstance activity, int number, DateTimeOffset dueAt) =>
        Restore(reader, activity.Process, TimerOwner.Of(activity), number, ProcessTimerKind.Roles, activity.Name, occurrence: 1, dueAt);

    /// <summary>The timers that wake a task, which stood beside its sleeps only until version 5.</summary>
    public static void OfSleeps(in PartReader reader, ActivityInstanceDestination destination)
    {
        if (reader.Version >= PartFormat.WithTimers || destination is not { Event: { } task, WorklistHeader: { IsOpen: true } header })
        {
            return;
        }

        var occurrence = 0;
        foreach (var sleep in header.Sleeps)
        {
            if (sleep is { Timer: not 0, Until: { } until })
            {
                var owner = TimerOwner.OfEvent(destination);
                Restore(reader, destination.Activity.Process, owner, sleep.Timer, ProcessTimerKind.Sleep, task.Name, ++occurrence, until);
            }
        }
    }

    private static void Firings(ref PartReader reader, ProcessInstance process, in TimerOwner owner, bool isAtWork)
    {
        for (var left = reader.Count(); left > 0; left--)
        {
            var (number, timerNumber, escalation, occurrence) = (reader.Integer(), reader.Integer(), reader.Text(), reader.Integer());
            var timer = new ProcessTimer(
                process.Id, timerNumber, ProcessTimerKind.Escalation, owner.ActivityInstance, owner.Destination, reader.Instant(process.StartedAt),
                owner.EventInstance, escalation, occurrence);
            var firing = new Firing(process, number, timer);
            firing.Restore(reader.Integer(), reader.Choice<FiringStatus>(), reader.Integer(), reader.OptionalText());
            if (!isAtWork || number == 0 || timerNumber == 0 || occurrence == 0 || firing.StandsFor == 0 || !process.Timers.TryRestore(firing))
            {
                throw reader.Refuse($"escalation '{escalation}' has fired and does not fit its element");
            }
        }
    }

    private static ProcessTimer Restore(
        in PartReader reader,
        ProcessInstance process,
        in TimerOwner owner,
        int number,
        ProcessTimerKind kind,
        string element,
        int occurrence,
        DateTimeOffset dueAt)
    {
        var timer = new ProcessTimer(process.Id, number, kind, owner.ActivityInstance, owner.Destination, dueAt, owner.EventInstance, element, occurrence);
        if (number == 0 || occurrence == 0 || !process.Timers.TryRestore(owner, timer))
        {
            throw reader.Refuse($"timer {number.Invariant()} has no number, no occurrence, or one that another timer has");
        }

        return timer;
    }
}
