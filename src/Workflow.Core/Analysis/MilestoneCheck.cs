using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace Workflow.Core.Analysis;

/// <summary>Finds milestones whose rule is false whatever the process fields hold: their activity waits for ever, and keeps the instance alive.</summary>
internal sealed class MilestoneCheck : DefinitionCheck
{
    public override IEnumerable<Finding> Find(ProcessDefinition definition) => definition.ActivityArray
        .Where(activity => activity.Milestone is { } rule && activity.MilestoneReads!.Fields.All(field => field.Scope is FieldScope.Process)
            && Contradiction.IsCertain(definition, activity, rule))
        .Select(activity => new Finding(
            FindingIds.MilestoneNeverReached,
            FindingSeverity.Warning,
            $"{PathOf(activity)} / milestone",
            $"its rule '{activity.Milestone}' is false for all data, so the activity waits for ever and keeps the instance alive",
            "Correct the rule, or leave the milestone out."));
}
