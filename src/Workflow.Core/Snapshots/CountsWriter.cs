using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>Writes what an activity instance with several destinations keeps of them all, at the end of its part. These are the counts of active destinations,
/// of those that can still answer, and of slots that hold the answers that rules ask for. They let the engine work out an answer without the other destinations
/// (statement 14.6). If there is one destination at most, nothing is written, unless something else has raised the part to the version that has
/// counts.</summary>
internal static class CountsWriter
{
    /// <summary>Stands in the place of the number of active destinations plus one.</summary>
    public const int None = 0;

    public static void Write(PartWriter writer, ActivityInstance activity)
    {
        if (writer.Version < PartFormat.WithCounts)
        {
            return;
        }

        if (activity.SeveralDestinations is not { } several)
        {
            writer.Number(None);
            return;
        }

        writer.Number(activity.ActiveDestinations + 1);
        writer.Number(several.AtWork);
        writer.Number(several.NeedSharedSlot);
        var answers = several.Answers is { } counts ? counts.All : [];
        writer.Number(answers.Length);
        foreach (ref readonly var answer in answers)
        {
            writer.Text(several.All[0].Fields.Table.Names[answer.Ordinal]);
            writer.Text(answer.Text);
            writer.Number(answer.Slots);
        }
    }
}
