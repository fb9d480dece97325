using Workflow.Core.Definitions;

namespace Workflow.Core.Analysis;

/// <summary>How many slots and destinations a destination rule can come to, as far as the definition tells.</summary>
internal static class SlotNumbers
{
    /// <returns>In ascending order; from one to as many as are tried, where only data or the resolver tell.</returns>
    public static IReadOnlyList<int> Of(DestinationRule rule) => rule.Slots switch
    {
        SlotAllocation.Fixed { Count: > 0 and var count } => [count],
        SlotAllocation.Counted { Count.OnlyValues: { } numbers } when numbers.Any(number => number > 0) =>
            [.. numbers.Where(number => number > 0).Distinct().Order()],
        SlotAllocation.EachDestination when DestinationsOf(rule) is { } count => [count],
        _ => [.. Enumerable.Range(1, AnswerTrial.MostSlots)],
    };

    /// <summary>How many people can answer at most; null when that is not known, or when anyone or the members of a role may.</summary>
    public static int? PeopleOf(DestinationRule rule, bool allowsAnyUser) =>
        allowsAnyUser || rule.Sets.SelectMany(set => set.Sources).Any(IsRole) ? null : DestinationsOf(rule);

    private static bool IsRole(DestinationSource source) => source is DestinationSource.Named { Destination.Kind: not DestinationKind.User };

    /// <summary>How many destinations there are; null when rules, exclusions, fields or the resolver decide. A role that is not resolved is one.</summary>
    public static int? DestinationsOf(DestinationRule rule)
    {
        var destinations = new List<Destination>();
        foreach (var set in rule.Sets)
        {
            if (set.Rule is not null || set.Except.Count > 0)
            {
                return null;
            }

            foreach (var source in set.Sources)
            {
                if (source is DestinationSource.Originator && rule.Sets.Count == 1 && set.Sources.Count == 1)
                {
                    return 1;
                }

                if (source is not DestinationSource.Named { Destination: var named }
                    || (named.Kind is not DestinationKind.User && rule.Treatment is not RoleTreatment.Unresolved))
                {
                    return null;
                }

                destinations.Add(named);
            }
        }

        return rule.Plan is PlanOption.PerDestinationInTurn ? destinations.Count : destinations.Distinct().Count();
    }
}
