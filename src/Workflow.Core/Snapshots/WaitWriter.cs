using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>Writes the activity instances that hold exclusive groups, those that wait, and the milestones that are to be asked when the instance moves again,
/// at the end of the header. Where there are none nothing is written, unless something else has raised the header to the version that has groups.</summary>
internal static class WaitWriter
{
    /// <summary>Raises the header to the version that it needs. The version comes before all that is written.</summary>
    public static void Raise(PartWriter writer, ProcessInstance process)
    {
        if (process.WaitsOrNull is { Holding.Count: > 0 } or { Waiting.Count: > 0 } or { AreMilestonesToAsk: true })
        {
            writer.Raise(PartFormat.WithGroups);
        }
    }

    public static void Write(PartWriter writer, ProcessInstance process, ProcessDefinition definition)
    {
        if (writer.Version >= PartFormat.WithGroups)
        {
            Write(writer, process.WaitsOrNull, definition);
        }
    }

    /// <summary>As the other, where the version has groups. A header of an earlier version does not pay for what this allocates.</summary>
    private static void Write(PartWriter writer, InstanceWaits? waits, ProcessDefinition definition)
    {
        writer.Number(waits?.Holding.Count ?? 0);
        foreach (var number in waits?.Holding ?? [])
        {
            writer.Number(number);
        }

        writer.Number(waits?.Waiting.Count ?? 0);
        foreach (var wait in waits?.Waiting ?? [])
        {
            writer.Number(wait.Number);
            writer.Flag(wait.AwaitsMilestone);
            writer.Flag(wait.AwaitsGroup);
        }

        var asked = Array.FindAll(definition.ActivityArray, activity => waits?.IsMilestoneToAsk(activity.Ordinal) is true);
        writer.Number(asked.Length);
        foreach (var activity in asked)
        {
            writer.Text(activity.Name);
        }

        writer.Flag(waits?.AreWaitingToAsk is true);
    }
}
