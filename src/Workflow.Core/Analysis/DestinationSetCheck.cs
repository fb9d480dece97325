using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace Workflow.Core.Analysis;

/// <summary>Finds destination sets whose rule is false whatever the data. When the rule is asked, activity fields hold their initial values (statement 11.5),
/// so a rule over them alone never changes.</summary>
internal sealed class DestinationSetCheck : DefinitionCheck
{
    public override IEnumerable<Finding> Find(ProcessDefinition definition) => definition.ActivityArray
        .SelectMany(activity => activity.DestinationRule.Sets
            .Where(set => set.Rule is not null && IsFalse(definition, activity, set.Rule))
            .Select(set => Of(activity, set)));

    private static bool IsFalse(ProcessDefinition definition, ActivityDefinition activity, Rule rule)
    {
        var knowledge = new RuleKnowledge(definition, activity, RulePlace.DestinationSet) { Knows = field => field.Scope is FieldScope.Activity };
        var process = TrialInstance.WithoutAnswers(definition, activity).Process;
        return PartialRule.Of(rule, knowledge).Evaluate(RuleScope.OfArrival(process, activity.ActivityFields.InitialFields)) == false
            || Contradiction.IsCertain(definition, activity, rule);
    }

    private static Finding Of(ActivityDefinition activity, DestinationSet set) => new(
        FindingIds.DestinationSetNeverApplies,
        FindingSeverity.Warning,
        PathOf(activity, "destination set", set.Name),
        $"its rule '{set.Rule}' is false for all data, so nobody gets the task by it",
        "Correct the rule, or leave the set out. The activity's own fields and outcome still hold their initial values when the engine checks it.");
}
