using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Keeps on which branches activity instances are, where a join wants to know it (statement 13.1c).</summary>
internal static class BranchKeeping
{
    /// <summary>The branches along a line that is followed now.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="from">The activity instance that the line leaves; null for the start of the process.</param>
    /// <param name="line">The line.</param>
    /// <returns>The branches; null where nobody wants to know them, or there are none.</returns>
    public static Branches? Along(Episode episode, ActivityInstance? from, LineDefinition line) =>
        episode.Definition.Joins is { HasSplits: true } plan ? Along(episode, plan, from, line) : null;

    /// <summary>The branches that an activity instance is on; null for none.</summary>
    public static Branches? Of(Episode episode, ActivityInstance activity) => episode.Process.JoinedOrNull?.BranchesOf(activity.Id);

    /// <summary>As the other, where somebody wants to know them. A definition without splits does not pay for what this allocates.</summary>
    private static Branches? Along(Episode episode, JoinPlan plan, ActivityInstance? from, LineDefinition line)
    {
        var before = from is null ? null : Of(episode, from);
        if (!plan.IsSplit(from?.Ordinal))
        {
            return before;
        }

        // A split that runs again on a branch of its own begins anew, so loops add nothing.
        var joins = episode.Process.Joined;
        var (split, name) = (from?.Id ?? 0, from?.Name ?? "");
        joins.Take(split, name, line.Name);
        return Branches.Of([.. before?.All.Where(branch => joins.RunOf(branch.Split) is { } run && run.Activity != name) ?? [], new Branch(split, line.Name)]);
    }
}
