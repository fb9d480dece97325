using Workflow.Core.Definitions;

namespace Workflow.Core.Analysis;

/// <summary>Finds activities that lines lead to, and that can never run all the same. The preceding rule is false for all data, or a join waits for more
/// lines than one run of their activities can follow.</summary>
internal sealed class ArrivalCheck : DefinitionCheck
{
    public override IEnumerable<Finding> Find(ProcessDefinition definition)
    {
        var once = new RunsOnce(definition);
        foreach (var activity in definition.ActivityArray)
        {
            if (activity.PrecedingRule is { } rule && Contradiction.IsCertain(definition, activity, rule))
            {
                yield return new Finding(
                    FindingIds.PrecedingRuleNeverTrue, FindingSeverity.Warning, $"{PathOf(activity)} / preceding rule",
                    $"its rule '{rule}' is false for all data, so each arrival ends here and the activity never runs",
                    "Correct the rule, or leave it out.");
            }

            if (activity.Join is { Split: null } join && NeverPasses(definition, activity, join, once) is { } reason)
            {
                yield return new Finding(
                    FindingIds.JoinNeverPasses, FindingSeverity.Warning, $"{PathOf(activity)} / join", reason,
                    $"Wait for fewer lines, or count the lines that were taken with Arrivals.{nameof(Arrivals.OfTakenBy)}(...).");
            }
        }
    }

    private static string? NeverPasses(ProcessDefinition definition, ActivityDefinition target, Arrivals join, RunsOnce once)
    {
        var incoming = definition.LineArray.Where(line => line.Target == target.Ordinal).ToList();
        var (wanted, possible) = (join.Kind is ArrivalKind.All ? incoming.Count : join.Count, 0);
        if (join.Kind is not (ArrivalKind.All or ArrivalKind.AtLeast))
        {
            return null;
        }

        var limited = new List<string>();
        foreach (var lines in incoming.GroupBy(line => line.From, StringComparer.Ordinal))
        {
            var most = lines.Key is { } name && definition.Find(name) is { OutcomeArray.Length: > 0 } source && once.IsCertain(source.Ordinal)
                ? Most(definition, source, target)
                : lines.Count();
            possible += most;
            if (most < lines.Count())
            {
                limited.Add($"'{lines.Key}'");
            }
        }

        return possible < wanted
            ? $"it waits for {wanted.Invariant()} lines, and of those of {string.Join(", ", limited)} not all are followed after one outcome, so it never "
                + "passes"
            : null;
    }

    /// <summary>How many of its lines to an activity can be followed at most, after one of its outcomes or without one.</summary>
    private static int Most(ProcessDefinition definition, ActivityDefinition source, ActivityDefinition target)
    {
        var lines = new LinesAfter(definition, source);
        var most = lines.CountTo(target.Ordinal, outcome: null);
        foreach (var outcome in source.OutcomeArray)
        {
            most = Math.Max(most, lines.CountTo(target.Ordinal, outcome.Name));
        }

        return most;
    }

    /// <summary>Activities that run once at most, unless code or an administrator goes there. One line leads to them, from an activity that runs
    /// once. Where a task may be sent back, any activity may run again.</summary>
    private sealed class RunsOnce(ProcessDefinition definition)
    {
        private readonly HashSet<int> _gotos =
            [.. GotoTargets.OfProcess(definition), .. definition.ActivityArray.SelectMany(activity => GotoTargets.Of(definition, activity))];

        public bool IsCertain(int activity)
        {
            var passed = new HashSet<int>();
            while (!definition.AllowsSendBack && passed.Add(activity) && !_gotos.Contains(activity))
            {
                var incoming = definition.LineArray.Where(line => line.Target == activity).ToList();
                if (incoming is not [var only])
                {
                    return false;
                }

                if (only.From is not { } from)
                {
                    return true;
                }

                activity = definition.Find(from)!.Ordinal;
            }

            return false;
        }
    }
}
