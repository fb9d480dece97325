using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Planning;

/// <summary>The exclusions of a rule that asks its questions by name again (statements 4.9 and 4.10). The users whom the sets leave out are fixed when the
/// activity is planned. The users whom another set names follow the answers. So everybody who is left out is kept. With them are the roles and groups of
/// another set through which they may act, and the user, as long as another set names them.</summary>
internal static class FollowedExclusions
{
    /// <summary>The exclusions when the activity is planned; null when no set leaves anybody out.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="wanted">What the sets name, with the answers.</param>
    /// <param name="leftOut">Those whom the sets leave out.</param>
    public static List<Exclusion>? Of(DestinationRule rule, IReadOnlyList<WantedDestination> wanted, IReadOnlyList<LeftOut>? leftOut) => leftOut is null
        ? null
        : Anew(rule, wanted, [.. leftOut.SelectMany(set => set.Users.Select(user => new Exclusion(user.Name, rule.Sets[set.Set].Name, [])))]);

    /// <summary>The same exclusions as they are with new answers.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="wanted">What the sets name, with the answers.</param>
    /// <param name="kept">The exclusions so far.</param>
    public static List<Exclusion> Anew(DestinationRule rule, IReadOnlyList<WantedDestination> wanted, IReadOnlyList<Exclusion> kept)
    {
        var sets = new Dictionary<string, HashSet<string>>(NameComparer.Default);
        foreach (var exclusion in kept)
        {
            if (!sets.TryGetValue(exclusion.User, out var leaving))
            {
                sets.Add(exclusion.User, leaving = new HashSet<string>(StringComparer.Ordinal));
            }

            leaving.Add(exclusion.Set);
        }

        return [.. kept.Select(exclusion => exclusion with { Through = Through(rule, wanted, exclusion, sets[exclusion.User]) })];
    }

    private static List<Destination> Through(
        DestinationRule rule, IReadOnlyList<WantedDestination> wanted, Exclusion exclusion, HashSet<string> leaving)
    {
        var user = Destination.Known(exclusion.User);
        var through = new List<Destination>();
        foreach (var item in wanted)
        {
            if ((item.Destination.Kind is not DestinationKind.User || item.Destination == user)
                && Frees(item)
                && !through.Contains(item.Destination))
            {
                through.Add(item.Destination);
            }
        }

        return through;

        // A set that the version of the definition does not have any more frees nobody whom it has not freed before: it may be the one that leaves them out.
        bool Frees(in WantedDestination item) => item.Set < rule.Sets.Count
            ? !leaving.Contains(rule.Sets[item.Set].Name)
            : exclusion.Through.Contains(item.Destination);
    }
}
