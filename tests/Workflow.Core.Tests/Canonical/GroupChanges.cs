using Workflow.Core.Definitions.Building;
using static Workflow.Core.Tests.Canonical.Change;

namespace Workflow.Core.Tests.Canonical;

/// <summary>A change of each property of exclusive groups and milestones.</summary>
internal static class GroupChanges
{
    private const string Derived = "it follows from what the other properties say";

    public static IEnumerable<Change> All =>
    [
        InProcess("ProcessDefinition.ExclusiveGroups", process => Build(process), process => Build(process, "One")),
        InProcess("ExclusiveGroup.Activities", process => Build(process, "One"), process => Build(process, "One", "Two")),
        None("ProcessDefinition.Groups", Derived), None("ActivityDefinition.IsExclusive", Derived), None("ActivityDefinition.BeginsAtOnce", Derived),
        InActivity("ActivityDefinition.Milestone", activity => activity.Milestone(Amount == 1), activity => activity.Milestone(Amount == 2)),
        None("ActivityDefinition.MilestoneReads", Derived), None("ActivityDefinition.AwaitsTurn", Derived), None("ProcessDefinition.Milestones", Derived),
    ];

    private static void Build(ProcessBuilder process, params string[] group)
    {
        process.Activity("One");
        process.Activity("Two");
        if (group.Length > 0)
        {
            process.Exclusive(group);
        }
    }
}
