using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>Writes and reads the values that a message, a signal or a finish brings.</summary>
internal static class ChangeList
{
    public static void Write(PartWriter writer, IReadOnlyList<FieldChange> changes)
    {
        writer.Number(changes.Count);
        foreach (var (name, value) in changes)
        {
            writer.Text(name);
            writer.Value(value);
        }
    }

    public static FieldChange[] Read(ref PartReader reader)
    {
        var changes = new FieldChange[reader.Count()];
        for (var index = 0; index < changes.Length; index++)
        {
            changes[index] = new FieldChange(reader.Text(), reader.Value());
        }

        return changes;
    }
}
