using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Looks at the joins when no step is left to take: a branch may have ended on which a join has waited (statements 13.1c and 10.8b).</summary>
internal static class JoinsAtRest
{
    /// <summary>Finds the join that passes now.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool TryNext(Episode episode, out Operation operation)
    {
        if (episode.Process.JoinedOrNull is { IsToAsk: true } joins)
        {
            return TryNext(episode, joins, out operation);
        }

        operation = default;
        return false;
    }

    /// <summary>As the other, where something has ended. An instance without joins does not pay for what this allocates.</summary>
    private static bool TryNext(Episode episode, InstanceJoins joins, out Operation operation)
    {
        // A run that began later may lie on a branch of an earlier one, so it is looked at first.
        foreach (var run in joins.Runs.Reverse().ToList())
        {
            EndLines(episode, joins, run);
            if (Find(episode, joins, arrivals => arrivals.Split == run.Split, out operation))
            {
                return true;
            }

            if (run.Lines.All(line => line.IsOver))
            {
                End(episode, joins, run);
            }
        }

        if (Find(episode, joins, arrivals => IsForAllThatCanCome(episode, arrivals), out operation))
        {
            return true;
        }

        joins.IsToAsk = false;
        return false;
    }

    /// <summary>The process completes: joins that still wait are told of.</summary>
    public static void ReportAll(Episode episode)
    {
        foreach (var arrivals in episode.Process.JoinedOrNull?.Arrivals ?? [])
        {
            Report(episode, arrivals);
        }
    }

    /// <summary>Tells of a join at which arrivals wait for others that do not come.</summary>
    public static void Report(Episode episode, JoinArrivals arrivals)
    {
        var isForNextRound = arrivals.HasPassed && episode.Definition.Find(arrivals.Activity)!.Join!.KeepsLater
            && arrivals.Demand.Lines.Any(line => arrivals.CountOf(line) > 1);
        if (!arrivals.HasPassed || isForNextRound)
        {
            var progress = new JoinProgress(arrivals, episode.Process.JoinedOrNull!.RunOf(arrivals.Split)).ToString();
            Tell(episode, arrivals.Activity, arrivals.IsRefused ? $"{progress}, and the rest of the preceding rule was false" : progress);
        }
    }

    /// <summary>Tells of arrivals at a join that are not used.</summary>
    public static void Tell(Episode episode, string activity, string what)
    {
        episode.Record(JournalKind.JoinUnfinished, activity, what);
        episode.Alarms.Add(new Alarm(AlarmKind.JoinUnfinished, activity, what));
    }

    private static void EndLines(Episode episode, InstanceJoins joins, SplitRun run)
    {
        for (var position = 0; position < run.Lines.Count; position++)
        {
            var line = run.Lines[position];
            if (line.IsOver || IsAlive(episode, joins, run.Split, line.Line))
            {
                continue;
            }

            joins.End(run, position);
            foreach (var arrivals in joins.Arrivals.Where(arrivals => arrivals.Split == run.Split).ToList())
            {
                // A line that has brought its arrival changes nothing by ending.
                arrivals.IsRefused &= arrivals.CountOf(line.Line) > 0;
                Arrival.Without(episode, episode.Definition.Find(arrivals.Activity)!, run.Split).EndRound();
            }
        }
    }

    /// <summary>Whether something is left of a branch. Arrivals at a join that waits for all that can come are, because it passes when nothing else
    /// can.</summary>
    private static bool IsAlive(Episode episode, InstanceJoins joins, int split, string line) =>
        episode.Process.ActivityList.Exists(activity => joins.BranchesOf(activity.Id)?.Has(split, line) ?? false)
        || joins.Arrivals.Any(arrivals =>
            IsForAllThatCanCome(episode, arrivals) && arrivals.Kept.Any(kept => kept.On?.Has(split, line) ?? false));

    /// <summary>Nothing comes any more on any line of a run.</summary>
    private static void End(Episode episode, InstanceJoins joins, SplitRun run)
    {
        foreach (var arrivals in joins.Arrivals.Where(arrivals => arrivals.Split == run.Split).ToList())
        {
            Report(episode, arrivals);
            joins.Remove(arrivals);
        }

        joins.Remove(run);
    }

    private static bool Find(Episode episode, InstanceJoins joins, Predicate<JoinArrivals> isAsked, out Operation operation)
    {
        foreach (var arrivals in joins.Arrivals)
        {
            var activity = episode.Definition.Find(arrivals.Activity)!;
            if (isAsked(arrivals) && !arrivals.IsRefused && Arrival.Without(episode, activity, arrivals.Split).IsEnough)
            {
                operation = new Operation(Verb.AskJoin, Ordinal: activity.Ordinal, From: arrivals.Split);
                return true;
            }
        }

        operation = default;
        return false;
    }

    /// <summary>Whether a join that waits for all that can come has nothing to wait for. Of two such joins that wait for each other, the one that began first
    /// passes.</summary>
    public static bool CanNothingCome(Episode episode, JoinArrivals arrivals)
    {
        var plan = episode.Definition.Joins!;
        var activity = episode.Definition.Find(arrivals.Activity)!;

        // Nothing follows any more from an activity of which only the rest goes on (statement 13.1l).
        return !episode.Process.ActivityList.Exists(other => other.Rest is not RestStatus.Left && plan.CanReach(other.Ordinal, activity.Ordinal))
            && !episode.Process.JoinedOrNull!.Arrivals.Any(other =>
                other != arrivals && IsForAllThatCanCome(episode, other) && IsBefore(episode.Definition.Find(other.Activity)!));

        bool IsBefore(ActivityDefinition other) =>
            plan.CanReach(other.Ordinal, activity.Ordinal) && !plan.CanReach(activity.Ordinal, other.Ordinal);
    }

    private static bool IsForAllThatCanCome(Episode episode, JoinArrivals arrivals) =>
        episode.Definition.Find(arrivals.Activity)!.Join is { Kind: ArrivalKind.AllThatCanCome };
}
