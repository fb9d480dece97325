using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>Reads what <see cref="FamilyWriter"/> wrote.</summary>
internal static class FamilyReader
{
    public static void Read(ref PartReader reader, ProcessInstance process)
    {
        if (reader.Version < PartFormat.WithSubProcesses)
        {
            return;
        }

        var parent = MessageReader.Parent(ref reader);
        var wasMoved = reader.Flag();
        if (parent is not null || wasMoved)
        {
            process.Family.Restore(parent, wasMoved);
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            process.Family.Restore(new ProcessInstanceId((long)reader.Number()));
        }

        if (reader.Version >= PartFormat.WithAttachedTexts)
        {
            process.Attach(reader.OptionalText());
        }
    }
}
