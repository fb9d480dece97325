using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>Reads what <see cref="RunWriter"/> wrote.</summary>
internal static class RunReader
{
    /// <param name="reader">The reader of the header.</param>
    /// <param name="process">The process instance.</param>
    /// <param name="definition">The definition on which it is.</param>
    /// <param name="active">How many activity instances it has, where the header says so; null otherwise.</param>
    public static void Read(ref PartReader reader, ProcessInstance process, ProcessDefinition definition, int? active)
    {
        var run = default(ActivitySet);
        if (reader.Version < PartFormat.WithRuns)
        {
            // As long as nothing has ended, nothing is kept.
            process.RestoreRuns(run, areAll: process.LastActivityId == (active ?? 0));
            return;
        }

        var areAll = reader.Flag();
        for (var left = reader.Count(); left > 0; left--)
        {
            var name = reader.Text();
            var activity = definition.Find(name)
                ?? throw reader.Refuse($"version {definition.Version.Invariant()} of '{definition.Name}' has no activity '{name}', which has run");
            run.Add(activity.Ordinal);
        }

        process.RestoreRuns(run, areAll);
    }
}
