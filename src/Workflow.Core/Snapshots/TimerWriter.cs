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

    /// <summary>The version that the part of a destination needs for what is armed and fired in it; zero for nothing.</summary>
    public static byte VersionFor(ActivityInstanceDestination destination) =>
        destination.Activity.Process.TimersOrNull is not { } timers ? (byte)0
        : destination.Event is null ? VersionFor(timers, [TimerOwner.Of(destination)])
        : VersionFor(timers, [TimerOwner.Of(destination), TimerOwner.OfEvent(destination)]);

    /// <summary>The version that what is armed and fired needs; zero for nothing.</summary>
    private static byte VersionFor(InstanceTimers? timers, ReadOnlySpan<TimerOwner> owners)
    {
        byte version = 0;
        if (timers is not null)
        {
            foreach (var owner in owners)
            {
                for (var all = timers.Of(owner).GetEnumerator(); all.MoveNext();)
                {
                    var armed = all.Armed;
                    var needed = armed.Base is not null ? PartFormat.WithTimerBases
                        : armed.Repeats is not null ? PartFormat.WithVersionChanges
                        : armed is { Timer.Kind: ProcessTimerKind.Escalation } or { IsHeld: true } ? PartFormat.WithEscalations
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
        for (var all = armed.GetEnumerator(); all.MoveNext();)
        {
            var timer = all.Current;
            writer.Number(timer.Number);
            writer.Choice(timer.Kind);
            writer.Text(timer.Element);
            writer.Number(timer.Occurrence);
            writer.Instant(timer.DueAt, since);
            if (writer.Version >= PartFormat.WithEscalations)
            {
                writer.Flag(all.Armed.IsHeld);
            }

            if (writer.Version >= PartFormat.WithVersionChanges)
            {
                Repeats(writer, all.Armed.Repeats);
            }

            if (writer.Version >= PartFormat.WithTimerBases)
            {
                Base(writer, all.Armed.Base, since);
            }
        }

        if (writer.Version >= PartFormat.WithEscalations)
        {
            Firings(writer, timers?.FiringsOrNull?.Of(owner) ?? [], since);
        }
    }

    /// <summary>The instants from which a due instant was worked out that is counted in a calendar (statement 5.9).</summary>
    private static void Base(PartWriter writer, TimerBase? @base, DateTimeOffset since)
    {
        writer.Flag(@base is not null);
        if (@base is not null)
        {
            writer.Instant(@base.From, since);
            writer.Instant(@base.NotBefore, @base.From);
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
