using Workflow.Core.Calendars;
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

            var timer = new ProcessTimer(
                process.Id, reader.Integer(), reader.Choice<ProcessTimerKind>(), owner.ActivityInstance, owner.Destination, default, owner.EventInstance,
                reader.Text(), reader.Integer()) with { DueAt = reader.Instant(process.StartedAt) };
            var isHeld = reader.Version >= PartFormat.WithEscalations && reader.Flag();
            var repeats = Repeats(ref reader);
            var hasBase = reader.Version >= PartFormat.WithTimerBases && reader.Flag();
            Restore(reader, process, timer, isHeld, repeats, hasBase ? Base(ref reader, process.StartedAt) : null);
        }

        if (reader.Version >= PartFormat.WithEscalations)
        {
            Firings(ref reader, process, owner, isAtWork);
        }
    }

    /// <summary>The timer at which roles are asked for again, which stood beside the planning of an activity instance until version 5.</summary>
    public static void OfRoles(in PartReader reader, ActivityInstance activity, int number, DateTimeOffset dueAt)
    {
        var timer = new ProcessTimer(
            activity.Process.Id, number, ProcessTimerKind.Roles, activity.Id, Destination: 0, dueAt, Element: activity.Name, Occurrence: 1);
        Restore(reader, activity.Process, timer, isHeld: false);
    }

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
                var timer = new ProcessTimer(
                    destination.Activity.Process.Id, sleep.Timer, ProcessTimerKind.Sleep, owner.ActivityInstance, owner.Destination, until,
                    owner.EventInstance, task.Name, ++occurrence);
                Restore(reader, destination.Activity.Process, timer, isHeld: false);
            }
        }
    }

    /// <summary>Until version 12 all calls behind the first counted as cut short.</summary>
    public static int CutShort(bool isCalling, int attempts) => isCalling ? Math.Max(0, attempts - 1) : 0;

    private static void Firings(ref PartReader reader, ProcessInstance process, in TimerOwner owner, bool isAtWork)
    {
        for (var left = reader.Count(); left > 0; left--)
        {
            var (number, timerNumber, escalation, occurrence) = (reader.Integer(), reader.Integer(), reader.Text(), reader.Integer());
            var timer = new ProcessTimer(
                process.Id, timerNumber, ProcessTimerKind.Escalation, owner.ActivityInstance, owner.Destination, reader.Instant(process.StartedAt),
                owner.EventInstance, escalation, occurrence);
            var (standsFor, status, attempts) = (reader.Integer(), reader.Choice<FiringStatus>(), reader.Integer());
            var cutShort = reader.Version >= PartFormat.WithStops ? reader.Integer() : CutShort(status is FiringStatus.Calling, attempts);
            var receiver = reader.OptionalText();
            var firing = new Firing(process, number, timer, Repeats(ref reader));
            firing.Restore(standsFor, status, attempts, cutShort, receiver);
            if (!isAtWork || number == 0 || timerNumber == 0 || occurrence == 0 || firing.StandsFor == 0 || !process.Timers.TryRestore(firing))
            {
                throw reader.Refuse($"escalation '{escalation}' has fired and does not fit its element");
            }
        }
    }

    /// <summary>The repeats that an escalation keeps from another version of the definition.</summary>
    private static KeptRepeats? Repeats(ref PartReader reader)
    {
        if (reader.Version < PartFormat.WithVersionChanges || reader.Integer() is not (> 0 and var total))
        {
            return null;
        }

        if (!reader.Flag())
        {
            return new KeptRepeats(total, Interval: null);
        }

        var (kind, days, time) = (reader.Choice<DelayKind>(), reader.Integer(), TimeSpan.FromTicks(reader.Signed()));
        var interval = Delay.Stored(kind, days, time, reader.OptionalText());
        return interval.IsPositive ? new KeptRepeats(total, interval) : throw reader.Refuse("the interval of an escalation is not above zero");
    }

    private static TimerBase Base(ref PartReader reader, DateTimeOffset since)
    {
        var from = reader.Instant(since);
        return new TimerBase(from, reader.Instant(from));
    }

    private static void Restore(
        in PartReader reader, ProcessInstance process, in ProcessTimer timer, bool isHeld, KeptRepeats? repeats = null, TimerBase? @base = null)
    {
        if (timer.Number == 0 || timer.Occurrence == 0 || !process.Timers.TryRestore(timer, isHeld, repeats, @base))
        {
            throw reader.Refuse($"timer {timer.Number.Invariant()} has no number, no occurrence, or one that another timer has");
        }
    }
}
