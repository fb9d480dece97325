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

        var holding = new List<int>();
        for (var left = reader.Count(); left > 0; left--)
        {
            holding.Add(reader.Integer());
        }

        var waiting = new List<WaitingActivity>();
        for (var left = reader.Count(); left > 0; left--)
        {
            waiting.Add(new WaitingActivity(reader.Integer()) { AwaitsMilestone = reader.Flag(), AwaitsGroup = reader.Flag() });
        }

        var milestones = Milestones(ref reader, definition);
        var areWaitingToAsk = reader.Flag();
        if (holding.Concat(waiting.Select(wait => wait.Number)).Distinct().Count() < holding.Count + waiting.Count)
        {
            throw reader.Refuse("an activity instance of it holds a group or waits for its turn twice");
        }

        if (holding.Count + waiting.Count + milestones.Count > 0)
        {
            var waits = process.WaitsFor(definition.Groups);
            waits.Restore(holding, waiting);
            waits.RestoreToAsk(milestones, areWaitingToAsk);
        }
    }

    /// <summary>Says what does not fit: an activity instance that holds a group or waits for its turn is not there, or its activity is in no group that it
    /// could hold; null when all fits.</summary>
    public static string? Misfit(ProcessInstance process, ProcessDefinition definition)
    {
        if (process.WaitsOrNull is not { } waits)
        {
            return null;
        }

        foreach (var number in waits.Holding.Concat(waits.Waiting.Select(wait => wait.Number)))
        {
            if (process.FindActivity(number) is not { Status: ActivityInstanceStatus.Active })
            {
                return $"activity instance {number.Invariant()} holds a group or waits for its turn, and is missing";
            }
        }

        foreach (var number in waits.Holding)
        {
            if (!definition.Groups.Has(process.FindActivity(number)!.Ordinal))
            {
                return $"activity instance {number.Invariant()} holds a group, and its activity is in none";
            }
        }

        return null;
    }

    private static List<int> Milestones(ref PartReader reader, ProcessDefinition definition)
    {
        var milestones = new List<int>();
        for (var left = reader.Count(); left > 0; left--)
        {
            var name = reader.Text();
            milestones.Add(definition.Find(name) is { Milestone: not null } found
                ? found.Ordinal
                : throw reader.Refuse($"version {definition.Version.Invariant()} of '{definition.Name}' has no activity '{name}' with a milestone"));
        }

        return milestones;
    }
}
