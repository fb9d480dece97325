using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Migration;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Lets the joins of an instance go on in another version. They keep their arrivals, and count the lines of the new version (statement
/// 8.8b).</summary>
internal static class JoinsInVersion
{
    /// <summary>Changes them. Nothing passes by that; a join is asked with the next arrival.</summary>
    /// <param name="episode">The episode, still in the old version.</param>
    /// <param name="succession">The successors of all elements.</param>
    public static void Change(Episode episode, Succession succession)
    {
        if (episode.Process.JoinedOrNull is not { } joins)
        {
            return;
        }

        foreach (var arrivals in joins.Arrivals.ToList())
        {
            if (!GoesOn(arrivals, succession, out var now))
            {
                if (!arrivals.HasPassed)
                {
                    JoinsAtRest.Tell(
                        episode, arrivals.Activity,
                        $"{new JoinProgress(arrivals, joins.RunOf(arrivals.Split))}, and version {succession.To.Version.Invariant()} counts otherwise");
                }

                joins.Remove(arrivals);
                continue;
            }

            arrivals.ChangeVersion(now.Name, succession.To.Joins!.DemandOf(now), kept => kept with
            {
                Line = succession.LineOf(kept.Line), On = Rename(kept.On, succession),
            });
        }

        foreach (var run in joins.Runs)
        {
            run.Rename(succession.ActivityOf(run.Activity), succession.LineOf);
        }

        joins.RenameBranches(branches => Rename(branches, succession));
    }

    /// <summary>The branches in the new version.</summary>
    public static Branches? Rename(Branches? branches, Succession succession) =>
        Branches.Of(branches?.All.Select(branch => branch with { Line = succession.LineOf(branch.Line) }) ?? []);

    /// <summary>The joins that go on otherwise than before, each in words: they wait for more lines, forget their arrivals, or count the lines of a split that
    /// the old version did not keep.</summary>
    /// <param name="process">The instance, in the old version.</param>
    /// <param name="succession">The successors of all elements.</param>
    public static IReadOnlyList<string> Changes(ProcessInstance process, Succession succession)
    {
        var changes = new List<string>();
        foreach (var arrivals in process.JoinedOrNull?.Arrivals ?? [])
        {
            if (!GoesOn(arrivals, succession, out var now))
            {
                changes.Add($"activity '{now.Name}' forgets its arrivals");
            }
            else if (arrivals.Split == JoinArrivals.ByLines && now.Join!.Kind is ArrivalKind.All)
            {
                var known = arrivals.Demand.Lines.Select(succession.LineOf).ToList();
                changes.AddRange(succession.To.Joins!.DemandOf(now).Lines
                    .Where(line => !known.Contains(line, StringComparer.Ordinal))
                    .Select(line => $"activity '{now.Name}' waits for line '{line}'"));
            }
            else if (now.Join!.Count > arrivals.Demand.Count)
            {
                changes.Add($"activity '{now.Name}' waits for {now.Join.Count.Invariant()} arrivals");
            }
        }

        foreach (var activity in succession.To.ActivityArray)
        {
            if (activity.Join is { Split: { } split } && !KeptBranchesOf(succession, split))
            {
                changes.Add($"activity '{activity.Name}' counts no branch of '{split}' that is active");
            }
        }

        return changes;
    }

    private static bool KeptBranchesOf(Succession succession, string split) =>
        succession.From.Joins is { } plan
        && succession.From.ActivityArray.Any(activity => succession.ActivityOf(activity.Name) == split && plan.IsSplit(activity.Ordinal));

    private static bool GoesOn(JoinArrivals arrivals, Succession succession, out ActivityDefinition now)
    {
        var before = succession.From.Find(arrivals.Activity)!.Join!;
        now = succession.To.Find(succession.ActivityOf(arrivals.Activity))!;
        var isInRound = arrivals.HasPassed && now.Join is { } next && (next.ExpiresOthers, next.KeepsLater) != (before.ExpiresOthers, before.KeepsLater);
        return now.Join is { } join && join.Kind == before.Kind && !isInRound
            && (before.Split is null ? join.Split is null : succession.ActivityOf(before.Split) == join.Split);
    }
}
