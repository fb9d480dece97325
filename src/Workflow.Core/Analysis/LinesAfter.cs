using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace Workflow.Core.Analysis;

/// <summary>The lines of an activity that can be followed once its outcome is known. Anything else that a line rule reads counts as possible.</summary>
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
    /// <param name="outcome">The value of <c>Outcome</c>; null for none.</param>
    public bool CanBeFollowed(string? outcome) => Followed(outcome).Any();

    /// <summary>How many of the lines to an activity can be followed.</summary>
    /// <param name="target">The position of the activity.</param>
    /// <param name="outcome">The value of <c>Outcome</c>; null for none.</param>
    public int CountTo(int target, string? outcome) => Followed(outcome).Count(line => line.Target == target);

    private IEnumerable<LineDefinition> Followed(string? outcome)
    {
        var ended = TrialInstance.WithoutAnswers(_definition, _activity);
        ended.Set(_activity.OutcomeOrdinal, FieldValue.From(outcome));
        for (var index = 0; index < _rules.Length; index++)
        {
            if (_rules[index] is not { } rule || rule.Evaluate(RuleScope.OfLine(ended, _activity.DestinationFields.InitialFields)) != false)
            {
                yield return _activity.OutgoingLines[index];
            }
        }
    }
}
