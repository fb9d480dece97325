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

        foreach (var run in joins.Runs)
        {
            run.Rename(succession.ActivityOf(run.Activity), succession.LineOf);
        }

        foreach (var arrivals in joins.Arrivals.ToList())
        {
            var before = succession.From.Find(arrivals.Activity)!;
            var now = succession.To.Find(succession.ActivityOf(arrivals.Activity))!;
            if (now.Join is null || !CountsTheSame(before.Join!, now.Join, succession))
            {
                // The arrivals that were counted mean nothing to the new join.
                JoinsAtRest.Report(episode, arrivals);
                joins.Remove(arrivals);
                continue;
            }

            arrivals.Rename(now.Name, succession.To.Joins!.Incoming[now.Ordinal], kept => kept with
            {
                Line = succession.LineOf(kept.Line), Way = Branch.Rename(kept.Way, succession.LineOf),
            });
        }

        joins.RenameWays(succession.LineOf);
    }

    /// <summary>The joins that the new version lets wait for more than they waited for before, each in words, with the lines.</summary>
    /// <param name="process">The instance, in the old version.</param>
    /// <param name="succession">The successors of all elements.</param>
    public static IReadOnlyList<string> WaitingForMore(ProcessInstance process, Succession succession) =>
    [
        .. (process.JoinedOrNull?.Arrivals ?? [])
            .Where(arrivals => arrivals.Split == JoinArrivals.ByLines)
            .SelectMany(arrivals => NewLines(arrivals, succession)),
    ];

    private static IEnumerable<string> NewLines(JoinArrivals arrivals, Succession succession)
    {
        var now = succession.To.Find(succession.ActivityOf(arrivals.Activity))!;
        var known = arrivals.Lines.Select(succession.LineOf).ToList();
        return now.Join is not { Kind: ArrivalKind.All }
            ? []
            : succession.To.Joins!.Incoming[now.Ordinal]
                .Where(line => !known.Contains(line, StringComparer.Ordinal))
                .Select(line => $"activity '{now.Name}' for line '{line}'");
    }

    private static bool CountsTheSame(Arrivals before, Arrivals now, Succession succession) =>
        before.Split is null ? now.Split is null : succession.ActivityOf(before.Split) == now.Split;
}
