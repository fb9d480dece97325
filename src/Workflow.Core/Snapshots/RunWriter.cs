using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>Writes the activities that have run and have ended, by their names, at the end of the header. Where nothing has ended, the instance itself has, or
/// the definition lets no user send a task back, nothing is written, unless something else has raised the header to the version that has them.</summary>
internal static class RunWriter
{
    /// <summary>Whether there is something to write. Of an instance that an earlier version has stored, only what is known is kept.</summary>
    public static bool IsNeeded(ProcessInstance process, ProcessDefinition definition) =>
        definition.AllowsSendBack && process.HasEndedActivities && !process.StoredStatus.HasEnded() && (process.AreRunsKnown || process.EndedRuns.Count > 0);

    public static void Write(PartWriter writer, ProcessInstance process, ProcessDefinition definition)
    {
        if (writer.Version < PartFormat.WithRuns)
        {
            return;
        }

        var run = process.EndedRuns;
        writer.Flag(process.AreRunsKnown);
        writer.Number(run.Count);
        for (var ordinal = 0; ordinal < definition.ActivityArray.Length; ordinal++)
        {
            if (run.Contains(ordinal))
            {
                writer.Text(definition.ActivityArray[ordinal].Name);
            }
        }
    }
}
