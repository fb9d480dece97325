using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>Writes the timers of owners, at the end of their part. Where there are none nothing is written, unless something else has raised the part to the
/// version that has timers.</summary>
internal static class TimerWriter
{
    public static void Write(PartWriter writer, ProcessInstance process, params ReadOnlySpan<TimerOwner> owners)
    {
        var timers = process.TimersOrNull;
        if (writer.Version < PartFormat.WithTimers && !AreThere(timers, owners))
        {
            return;
        }

        writer.Raise(PartFormat.WithTimers);
        foreach (var owner in owners)
        {
            Timers(writer, timers?.Of(owner) ?? [], process.StartedAt);
        }
    }

    private static bool AreThere(InstanceTimers? timers, ReadOnlySpan<TimerOwner> owners)
    {
        if (timers is not null)
        {
            foreach (var owner in owners)
            {
                if (timers.Of(owner).Count > 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static void Timers(PartWriter writer, IReadOnlyList<ProcessTimer> timers, DateTimeOffset since)
    {
        writer.Number(timers.Count);
        foreach (var timer in timers)
        {
            writer.Number(timer.Number);
            writer.Choice(timer.Kind);
            writer.Text(timer.Element);
            writer.Number(timer.Occurrence);
            writer.Instant(timer.DueAt, since);
        }
    }
}
