using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Support;

/// <summary>Draws the exclusive groups and milestones of a definition, and knows what holds for groups whatever happens.</summary>
internal static class WalkedGroups
{
    /// <summary>Adds up to two groups. The second version may have others.</summary>
    /// <param name="drawn">The definition.</param>
    /// <param name="process">The version that is built.</param>
    /// <param name="activities">Its activities, by their first names.</param>
    public static void AddTo(WalkedDefinition drawn, ProcessBuilder process, Dictionary<string, ActivityReference> activities)
    {
        foreach (var group in (string[])["group", "other group"])
        {
            ActivityReference[] members = [.. activities.Where(activity => drawn.Chance($"{activity.Key} in {group}", 40)).Select(activity => activity.Value)];
            if (members.Length > 0 && drawn.Chance(group, 50))
            {
                process.Exclusive(members);
            }
        }
    }

    /// <summary>Adds a milestone to an activity, or nothing. Its rule turns true or false as code counts, or fails at random.</summary>
    /// <param name="drawn">The definition.</param>
    /// <param name="activity">The activity.</param>
    /// <param name="key">The key of the activity.</param>
    /// <param name="sum">The field in which code counts; null for none.</param>
    public static void AddTo(WalkedDefinition drawn, ActivityBuilder activity, string key, ProcessField<int>? sum)
    {
        if (drawn.Chance($"{key} milestone", 20))
        {
            var limit = drawn.Next($"{key} limit", 4);
            activity.Milestone(sum is null || drawn.Chance($"{key} by code", 20) ? drawn.Sometimes($"{key} milestone")
                : drawn.Chance($"{key} from", 50) ? sum >= limit : sum <= limit);
        }
    }

    /// <summary>Of two activity instances that exclude each other one is not at work, unless a change of the version has brought them together. None waits for
    /// a group that is free.</summary>
    /// <param name="process">The instance at rest.</param>
    /// <param name="definition">Its version.</param>
    /// <param name="hasMoved">Whether its version has changed.</param>
    public static void Check(ProcessInstance process, ProcessDefinition definition, bool hasMoved)
    {
        foreach (var one in process.Activities)
        {
            if (process.Status is ProcessInstanceStatus.Active && one.Wait is { IsForMilestone: false } wait)
            {
                (wait.HeldBy.Count + wait.Behind.Count).ShouldBePositive($"'{one.Name}' waits for a group that is free");
            }

            if (one.Wait is null && one.StartsAt is null && one.Destinations.Count > 0 && one.Status is ActivityInstanceStatus.Active)
            {
                one.HoldsGroup.ShouldBe(definition.ExclusiveGroups.Any(group => group.Activities.Contains(one.Name)), $"'{one.Name}' has begun");
            }

            foreach (var other in process.Activities.Where(other => !hasMoved && other != one && one.HoldsGroup && other.HoldsGroup))
            {
                definition.ExclusiveGroups.ShouldNotContain(
                    group => group.Activities.Contains(one.Name) && group.Activities.Contains(other.Name), $"'{one.Name}' and '{other.Name}' are at work");
            }
        }
    }
}
