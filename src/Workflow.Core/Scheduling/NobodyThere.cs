using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;

namespace Workflow.Core.Scheduling;

/// <summary>A task that nobody could act on: the policy of its activity decides (statements 4.12 and 4.13).</summary>
internal static class NobodyThere
{
    /// <summary>Nobody is there: the activity's policy decides (statement 4.12).</summary>
    /// <exception cref="RuleFailure">The policy is Error.</exception>
    public static void Apply(Episode episode, ActivityInstance activity) =>
        Apply(episode, activity, NobodyFoundException.WithoutDestination(episode.DefinitionOf(activity)));

    /// <summary>Does what the policy of the activity says.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="activity">The activity instance.</param>
    /// <param name="reason">The reason why nobody is there.</param>
    /// <exception cref="RuleFailure">The policy is Error.</exception>
    public static void Apply(Episode episode, ActivityInstance activity, NobodyFoundException reason)
    {
        var definition = episode.DefinitionOf(activity);
        switch (definition.DestinationRule.WhenNobody)
        {
            case NoDestinations.SkipActivity:
                Expiry.OfDestinations(episode, activity, ExpiryReason.LeftRole);
                ActivityEnd.Complete(episode, activity, by: null);
                return;
            case NoDestinations.WaitForRole:
                RoleTimer.Arm(episode, activity);
                return;
        }

        throw Question.OfDestinations(definition, activity).Failure(reason);
    }
}
