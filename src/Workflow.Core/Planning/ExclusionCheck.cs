using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Planning;

/// <summary>Whether a user is left out of an activity, no matter how its task reaches them (statement 4.10).</summary>
internal static class ExclusionCheck
{
    /// <summary>The exclusion that binds a user.</summary>
    /// <param name="activity">The activity instance.</param>
    /// <param name="user">The name of the user.</param>
    /// <param name="memberships">The roles and groups of the user; null as long as nobody has asked.</param>
    /// <returns>Null when nothing does.</returns>
    public static Exclusion? Of(ActivityInstance activity, string user, IReadOnlyList<Destination>? memberships)
    {
        if (activity.ExclusionOf(user) is not { } exclusion)
        {
            return null;
        }

        foreach (var role in exclusion.Through)
        {
            if (memberships?.Contains(role) is true)
            {
                return null;
            }
        }

        return exclusion;
    }

    /// <summary>Whether only the roles of a user tell whether an activity leaves them out (statement 4.10).</summary>
    public static bool IsByRole(ActivityInstance activity, string user) => activity.ExclusionOf(user) is { Through.Count: > 0 };

    /// <summary>The exclusion in words, as the end of a sentence that begins with the excluded user.</summary>
    public static string Words(ActivityDefinition activity, Exclusion exclusion)
    {
        var set = activity.DestinationRule.Sets.FirstOrDefault(set => string.Equals(set.Name, exclusion.Set, StringComparison.Ordinal));
        var sources = set is { Except.Count: > 0 } ? $" (except {string.Join(", ", set.Except)})" : "";
        return $"the destination set '{exclusion.Set}' of activity '{activity.Name}'{sources} leaves out '{exclusion.User}', "
            + "no matter how the task reaches them";
    }
}
