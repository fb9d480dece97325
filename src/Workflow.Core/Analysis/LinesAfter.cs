using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace Workflow.Core.Analysis;

/// <summary>Which lines of an activity can be followed once its outcome is known. What a line rule reads beside the outcome counts as possible.</summary>
internal sealed class LinesAfter
{
    private readonly ProcessDefinition _definition;
    private readonly ActivityDefinition _activity;
    private readonly PartialRule?[] _rules;

    public LinesAfter(ProcessDefinition definition, ActivityDefinition activity)
    {
        _definition = definition;
        _activity = activity;
        var knowledge = new RuleKnowledge(definition, activity, RulePlace.ActivityLine)
        {
            Knows = field => field is { Scope: FieldScope.Activity, Name: Outcome.Name },
        };
        _rules = [.. activity.OutgoingLines.Select(line => line.Rule is { } rule ? PartialRule.Of(rule, knowledge) : null)];
    }

    /// <summary>Whether one of the lines can be followed.</summary>
    /// <param name="outcome">What <c>Outcome</c> holds; null for none.</param>
    public bool CanBeFollowed(string? outcome)
    {
        var ended = TrialInstance.WithoutAnswers(_definition, _activity);
        ended.Set(_activity.OutcomeOrdinal, FieldValue.From(outcome));
        var scope = RuleScope.OfLine(ended, _activity.DestinationFields.InitialFields);
        foreach (var rule in _rules)
        {
            if (rule is null || rule.Evaluate(scope) != false)
            {
                return true;
            }
        }

        return false;
    }
}
