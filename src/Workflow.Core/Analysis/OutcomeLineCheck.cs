using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace Workflow.Core.Analysis;

/// <summary>Finds outcomes after which no line of the activity can be followed. An activity without lines is an end and has no such finding.</summary>
internal sealed class OutcomeLineCheck : DefinitionCheck
{
    public override IEnumerable<Finding> Find(ProcessDefinition definition)
    {
        foreach (var activity in definition.ActivityArray.Where(activity => activity.OutcomeArray.Length > 0 && activity.OutgoingLines.Length > 0))
        {
            var knowledge = new RuleKnowledge(definition, activity, RulePlace.ActivityLine) { Knows = IsOutcome };
            var rules = activity.OutgoingLines.Select(line => line.Rule is { } rule ? PartialRule.Of(rule, knowledge) : null).ToArray();
            foreach (var outcome in activity.OutcomeArray.Where(outcome => !IsFollowed(definition, activity, rules, outcome)))
            {
                yield return Of(activity, outcome);
            }
        }
    }

    private static bool IsOutcome(Field field) => field is { Scope: FieldScope.Activity, Name: Outcome.Name };

    private static bool IsFollowed(ProcessDefinition definition, ActivityDefinition activity, PartialRule?[] rules, OutcomeDefinition outcome)
    {
        var ended = TrialInstance.WithoutAnswers(definition, activity);
        ended.Set(activity.OutcomeOrdinal, FieldValue.From(outcome.Name));
        var scope = RuleScope.OfLine(ended, activity.DestinationFields.InitialFields);
        foreach (var rule in rules)
        {
            if (rule is null || rule.Evaluate(scope) != false)
            {
                return true;
            }
        }

        return false;
    }

    private static Finding Of(ActivityDefinition activity, OutcomeDefinition outcome) => new(
        FindingIds.OutcomeWithoutLine,
        FindingSeverity.Warning,
        PathOf(activity, "outcome", outcome.Name),
        "the activity has lines, and none of them can be followed after this outcome, so its branch ends there",
        $"Draw a line with On(\"{outcome.Name}\", ...). If the branch is to end, draw it to an activity without events that says so by its name.");
}
