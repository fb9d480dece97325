using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>Writes the timers of owners, and what has fired of them and is not done, at the end of their part. Where there are none nothing is written, unless
/// something else has raised the part to the version that has timers.</summary>
internal static class TimerWriter
{
    public static void Write(PartWriter writer, ProcessInstance process, params ReadOnlySpan<TimerOwner> owners)
    {
        var timers = process.TimersOrNull;
        var version = VersionFor(timers, owners);
        if (writer.Version < PartFormat.WithTimers && version < PartFormat.WithTimers)
        {
            return;
        }

        writer.Raise(Math.Max(PartFormat.WithTimers, version));
        foreach (var owner in owners)
        {
            Timers(writer, timers, owner, process.StartedAt);
        }
    }

    /// <summary>Whether the end of a host has cut short the code of an escalation that the part of a destination has.</summary>
    public static bool IsAnyCutShort(ActivityInstanceDestination destination)
    {
        var open = destination.Activity.Process.TimersOrNull?.FiringsOrNull?.Open ?? [];

        // A lambda would take memory for each destination that is written.
        for (var index = 0; index < open.Count; index++)
        {
            if (open[index].Owner.Destination == destination.Id && open[index].CutShort > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an escalation of the event of a destination keeps the repeats of another version.</summary>
    public static bool IsAnyRepeatKept(ActivityInstanceDestination destination)
    {
        if (destination.Event is null || destination.Activity.Process.TimersOrNull is not { } timers)
        {
            return false;
        }

        return VersionFor(timers, [TimerOwner.OfEvent(destination)]) >= PartFormat.WithVersionChanges;
    }

    /// <summary>The version that what is armed and fired needs; zero for nothing.</summary>
    private static byte VersionFor(InstanceTimers? timers, ReadOnlySpan<TimerOwner> owners)
    {
        byte version = 0;
        if (timers is not null)
        {
            foreach (var owner in owners)
            {
                foreach (var timer in timers.Of(owner))
                {
                    var needed = timer.Kind is ProcessTimerKind.Escalation && timers.RepeatsOf(timer) is not null ? PartFormat.WithVersionChanges
                        : timer.Kind is ProcessTimerKind.Escalation || timers.IsHeld(timer) ? PartFormat.WithEscalations
                        : PartFormat.WithTimers;
                    version = Math.Max(version, needed);
                }

                foreach (var firing in timers.FiringsOrNull?.Of(owner) ?? [])
                {
                    var needed = firing.Repeats is not null ? PartFormat.WithVersionChanges
                        : firing.CutShort > 0 ? PartFormat.WithStops
                        : PartFormat.WithEscalations;
                    version = Math.Max(version, needed);
                }
            }
        }

        return version;
    }

    private static void Timers(PartWriter writer, InstanceTimers? timers, in TimerOwner owner, DateTimeOffset since)
    {
        var armed = timers?.Of(owner) ?? default;
        writer.Number(armed.Count);
        foreach (var timer in armed)
        {
            writer.Number(timer.Number);
            writer.Choice(timer.Kind);
            writer.Text(timer.Element);
            writer.Number(timer.Occurrence);
            writer.Instant(timer.DueAt, since);
            if (writer.Version >= PartFormat.WithEscalations)
            {
                writer.Flag(timers!.IsHeld(timer));
            }

            if (writer.Version >= PartFormat.WithVersionChanges)
            {
                Repeats(writer, timers!.RepeatsOf(timer));
            }
        }

        if (writer.Version >= PartFormat.WithEscalations)
        {
            Firings(writer, timers?.FiringsOrNull?.Of(owner) ?? [], since);
        }
    }

    private static void Firings(PartWriter writer, IReadOnlyList<Firing> firings, DateTimeOffset since)
    {
        writer.Number(firings.Count);
        foreach (var firing in firings)
        {
            writer.Number(firing.Number);
            writer.Number(firing.TimerNumber);
            writer.Text(firing.Escalation);
            writer.Number(firing.Occurrence);
            writer.Instant(firing.DueAt, since);
            writer.Number(firing.StandsFor);
            writer.Choice(firing.Status);
            writer.Number(firing.Attempts);
            if (writer.Version >= PartFormat.WithStops)
            {
                writer.Number(firing.CutShort);
            }

            writer.OptionalText(firing.Receiver);
            if (writer.Version >= PartFormat.WithVersionChanges)
            {
                Repeats(writer, firing.Repeats);
            }
        }
    }

    /// <summary>The repeats that an escalation keeps from another version of the definition (statement 8.8b).</summary>
    private static void Repeats(PartWriter writer, KeptRepeats? repeats)
    {
        writer.Number(repeats?.Total ?? 0);
        if (repeats is null)
        {
            return;
        }

        writer.Flag(repeats.Interval is not null);
        if (repeats.Interval is { } interval)
        {
            writer.Choice(interval.Kind);
            writer.Number(interval.Days);
            writer.Signed(interval.Time.Ticks);
            writer.OptionalText(interval.Calendar);
        }
    }
}
