using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>Writes the activity instances that hold exclusive groups, and those that wait for them, at the end of the header. Where there are none nothing is
/// written, unless something else has raised the header to the version that has groups.</summary>
internal static class WaitWriter
{
    /// <summary>Raises the header to the version that it needs. The version comes before all that is written.</summary>
    public static void Raise(PartWriter writer, ProcessInstance process)
    {
        if (process.WaitsOrNull is { Holding.Count: > 0 } or { Waiting.Count: > 0 })
        {
            writer.Raise(PartFormat.WithGroups);
        }
    }

    public static void Write(PartWriter writer, ProcessInstance process)
    {
        if (writer.Version >= PartFormat.WithGroups)
        {
            Numbers(writer, process.WaitsOrNull?.Holding ?? []);
            Numbers(writer, process.WaitsOrNull?.Waiting ?? []);
        }
    }

    private static void Numbers(PartWriter writer, IReadOnlyList<int> numbers)
    {
        writer.Number(numbers.Count);
        foreach (var number in numbers)
        {
            writer.Number(number);
        }
    }
}
