using Workflow.Core.Definitions;

namespace Workflow.Core.Analysis;

/// <summary>Finds outcomes after which no line of the activity can be followed. An activity without lines is an end and has no such finding.</summary>
internal sealed class OutcomeLineCheck : DefinitionCheck
{
    public override IEnumerable<Finding> Find(ProcessDefinition definition)
    {
        foreach (var activity in definition.ActivityArray.Where(activity => activity.OutcomeArray.Length > 0 && activity.OutgoingLines.Length > 0))
        {
            var lines = new LinesAfter(definition, activity);
            foreach (var outcome in activity.OutcomeArray.Where(outcome => !lines.CanBeFollowed(outcome.Name)))
            {
                yield return Of(activity, outcome);
            }
        }
    }

    private static Finding Of(ActivityDefinition activity, OutcomeDefinition outcome) => new(
        FindingIds.OutcomeWithoutLine,
        FindingSeverity.Warning,
        PathOf(activity, "outcome", outcome.Name),
        "the activity has lines, and none of them can be followed after this outcome, so its branch ends there",
        $"Draw a line with On(\"{outcome.Name}\", ...). If the branch is to end, draw it to an activity without events that says so by its name.");
}
