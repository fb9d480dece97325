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
            var split = reader.Integer() + JoinArrivals.ByLines;
            if (process.Joined.Find(name, split) is not null)
            {
                throw reader.Refuse($"it has the arrivals at '{name}' twice");
            }

            var join = new JoinArrivals(name, split, definition.Joins!.DemandOf(activity)) { HasPassed = reader.Flag(), IsRefused = reader.Flag() };
            for (var kept = reader.Count(); kept > 0; kept--)
            {
                var (line, count) = (reader.Text(), reader.Integer());
                join.Add(new KeptArrivals(line, Branches(ref reader), count > 0 ? count : throw reader.Refuse($"it has no arrivals along '{line}'")));
            }

            process.Joined.Restore(join);
        }
    }

    public static Branches? BranchesIfAny(ref PartReader reader) => reader.Version < PartFormat.WithJoins ? null : Branches(ref reader);

    private static Branches? Branches(ref PartReader reader)
    {
        var branches = new List<Branch>();
        for (var left = reader.Count(); left > 0; left--)
        {
            branches.Add(new Branch(reader.Integer(), reader.Text()));
        }

        return Instances.Branches.Of(branches);
    }
}
