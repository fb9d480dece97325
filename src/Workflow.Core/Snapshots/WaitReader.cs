using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>Reads what <see cref="WaitWriter"/> wrote.</summary>
internal static class WaitReader
{
    public static void Read(ref PartReader reader, ProcessInstance process, ProcessDefinition definition)
    {
        if (reader.Version < PartFormat.WithGroups)
        {
            return;
        }

        var (holding, waiting) = (Numbers(ref reader), Numbers(ref reader));
        if (holding.Concat(waiting).Distinct().Count() < holding.Count + waiting.Count)
        {
            throw reader.Refuse("an activity instance of it holds a group or waits for one twice");
        }

        if (holding.Count + waiting.Count > 0)
        {
            process.WaitsFor(definition.Groups).Restore(holding, waiting);
        }
    }

    /// <summary>The number of an activity instance that is not there, though it holds a group or waits for one; null for none.</summary>
    public static int? Missing(ProcessInstance process)
    {
        foreach (var number in process.WaitsOrNull is { } waits ? waits.Holding.Concat(waits.Waiting) : [])
        {
            if (process.FindActivity(number) is not { Status: ActivityInstanceStatus.Active })
            {
                return number;
            }
        }

        return null;
    }

    private static List<int> Numbers(ref PartReader reader)
    {
        var numbers = new List<int>();
        for (var left = reader.Count(); left > 0; left--)
        {
            numbers.Add(reader.Integer());
        }

        return numbers;
    }
}
