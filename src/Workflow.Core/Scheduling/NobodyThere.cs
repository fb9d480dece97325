using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;

namespace Workflow.Core.Scheduling;

/// <summary>A task that nobody could act on: the policy of its activity decides (statements 4.12 and 4.13).</summary>
internal static class NobodyThere
{
    /// <summary>Nobody is there: the activity's policy decides (statement 4.12).</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="activity">The activity instance.</param>
    /// <param name="wanted">The destinations that the sets that apply name.</param>
    /// <param name="asked">The questions by name of these sets, with whose answers they name them.</param>
    /// <param name="members">The members of those that are resolved.</param>
    /// <exception cref="RuleFailure">The policy is Error.</exception>
    public static void Apply(
        Episode episode,
        ActivityInstance activity,
        IReadOnlyList<WantedDestination> wanted,
        IReadOnlyList<AskedQuestion> asked,
        IReadOnlyDictionary<Destination, IReadOnlyList<string>> members)
    {
        var definition = episode.DefinitionOf(activity);
        List<Destination> named = [.. wanted.Select(item => item.Destination).Distinct()];
        List<Destination> found = [.. wanted.SelectMany(item => DestinationSets.Found(item, members)).Distinct()];
        Apply(episode, activity, (named.Count, found.Count) switch
        {
            (0, _) when asked.Count > 0 => NobodyFoundException.WithoutAnswer(definition, [.. asked.Select(item => item.Question.Name).Distinct()]),
            (0, _) => NobodyFoundException.WithoutDestination(definition),
            (_, 0) => NobodyFoundException.WithoutMembers(definition, named),
            _ => NobodyFoundException.AllLeftOut(definition, named, found, episode.Process.Originator),
        });
    }

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
