using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace Workflow.Core.Analysis;

/// <summary>Finds out whether a rule is false whatever its fields hold, if it only compares fields with constants.
/// It asks the rule for values that stand for all there are.</summary>
internal static class Contradiction
{
    private const int MostTrials = 5_000;

    /// <summary>Whether the rule, which is asked when an activity is reached, is certainly false.</summary>
    public static bool IsCertain(ProcessDefinition definition, ActivityDefinition activity, Rule rule)
    {
        var clauses = new List<(Field Field, FieldValue Constant)>();
        if (!TryCollect(rule, clauses))
        {
            return false;
        }

        var fields = clauses
            .Where(clause => clause.Field.Scope is FieldScope.Process)
            .GroupBy(clause => clause.Field.Name, StringComparer.Ordinal)
            .Select(group => (
                Ordinal: definition.ProcessFields.OrdinalOf(group.Key),
                Samples: FieldSamples.Of(group.First().Field.Shape.Type, [.. group.Select(clause => clause.Constant)])))
            .ToArray();
        if (Array.Exists(fields, field => field.Samples is null))
        {
            return false;
        }

        var trials = fields.Aggregate(1L, (product, field) => Math.Min(product * field.Samples!.Count, MostTrials + 1L));
        var instance = TrialInstance.WithoutAnswers(definition, activity);
        for (var trial = 0L; trial < trials && trials <= MostTrials; trial++)
        {
            var rest = trial;
            foreach (var (ordinal, samples) in fields)
            {
                instance.Process.Set(ordinal, samples![(int)(rest % samples.Count)], isSearchable: false);
                rest /= samples.Count;
            }

            if (rule.Evaluate(RuleScope.OfArrival(instance.Process, instance.Fields)))
            {
                return false;
            }
        }

        return trials <= MostTrials;
    }

    /// <summary>The clauses of a rule; false when one of them does something else than to compare a field with a constant.</summary>
    private static bool TryCollect(Rule rule, List<(Field Field, FieldValue Constant)> clauses)
    {
        switch (rule)
        {
            case ClauseProgram program:
                return TryCollect(program.Tree, clauses);
            case Negation negation:
                return TryCollect(negation.Rule, clauses);
            case Junction junction:
                return Array.TrueForAll(junction.Clauses, clause => TryCollect(clause, clauses));
            case RuleList list:
                return list.Items.All(item => TryCollect(item.Rule, clauses));
        }

        if (rule.Clause is not { } simple || simple.Field.Shape.IsList)
        {
            return false;
        }

        clauses.Add(simple);
        return true;
    }
}
