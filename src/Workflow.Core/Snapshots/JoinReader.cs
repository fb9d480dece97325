using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>Reads what <see cref="JoinWriter"/> wrote.</summary>
internal static class JoinReader
{
    public static void Joins(ref PartReader reader, ProcessInstance process, ProcessDefinition definition)
    {
        if (reader.Version < PartFormat.WithJoins)
        {
            return;
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            var run = new SplitRun(reader.Integer(), reader.Text());
            for (var lines = reader.Count(); lines > 0; lines--)
            {
                run.Take(reader.Text(), reader.Flag());
            }

            process.Joined.Restore(run);
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            var name = reader.Text();
            var activity = definition.Find(name) is { Join: not null } found
                ? found
                : throw reader.Refuse($"version {definition.Version.Invariant()} of '{definition.Name}' has no activity '{name}' with a join");
            var join = new JoinArrivals(name, reader.Integer() + JoinArrivals.ByLines, definition.Joins!.Incoming[activity.Ordinal])
            {
                HasPassed = reader.Flag(),
            };
            for (var kept = reader.Count(); kept > 0; kept--)
            {
                join.Add(new KeptArrivals(reader.Text(), Count: reader.Integer(), Way: Way(ref reader)));
            }

            process.Joined.Restore(join);
        }
    }

    public static Branch? WayIfAny(ref PartReader reader) => reader.Version < PartFormat.WithJoins ? null : Way(ref reader);

    /// <summary>A way, from the inside out.</summary>
    public static Branch? Way(ref PartReader reader)
    {
        var parts = new Stack<(int Split, string Line)>();
        while (reader.Flag())
        {
            parts.Push((reader.Integer(), reader.Text()));
        }

        Branch? way = null;
        foreach (var (split, line) in parts)
        {
            way = new Branch(split, line, way);
        }

        return way;
    }
}
