using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>Writes the parent of an instance, the sub-processes that end with it, and the text that is attached, at the end of the header. An instance without
/// any of them is written as before.</summary>
internal static class FamilyWriter
{
    public static void Raise(PartWriter writer, ProcessInstance process)
    {
        if (process.FamilyOrNull is { } family && (family.Parent is not null || family.EndingWithIt.Count > 0))
        {
            writer.Raise(PartFormat.WithSubProcesses);
        }

        if (process.AttachedText is not null)
        {
            writer.Raise(PartFormat.WithAttachedTexts);
        }
    }

    public static void Write(PartWriter writer, ProcessInstance process)
    {
        if (writer.Version < PartFormat.WithSubProcesses)
        {
            return;
        }

        var family = process.FamilyOrNull;
        MessageWriter.Parent(writer, family?.Parent);
        writer.Flag(family is { WasMoved: true });
        writer.Number(family?.EndingWithIt.Count ?? 0);
        foreach (var child in family?.EndingWithIt ?? [])
        {
            writer.Number(child.Value);
        }

        if (writer.Version >= PartFormat.WithAttachedTexts)
        {
            writer.OptionalText(process.AttachedText);
        }
    }
}
