using Workflow.Core.Definitions;

namespace Workflow.Core.Analysis;

/// <summary>One way in which an activity can be planned.</summary>
/// <param name="Slots">How many slots there are.</param>
/// <param name="Destinations">How many destinations there are; null when only data or the resolver tell.</param>
/// <param name="People">How many people can answer at most; null when that is not known, or when anyone or the members of a role may.</param>
internal sealed record SlotPlan(int Slots, int? Destinations, int? People);

/// <summary>How many slots and destinations a destination rule can come to, as far as the definition tells.</summary>
/// <param name="All">With few slots first.</param>
/// <param name="AreCertain">Whether each of them can come about. Otherwise some may be impossible, since data or the resolver tell.</param>
/// <param name="AreAll">Whether there are no others.</param>
internal sealed record SlotPlans(IReadOnlyList<SlotPlan> All, bool AreCertain, bool AreAll)
{
    public static SlotPlans Of(DestinationRule rule, bool allowsAnyUser)
    {
        var destinations = DestinationNumbers.Of(rule);
        var areUsersKnown = !allowsAnyUser
            && !(rule.Treatment is RoleTreatment.Unresolved && rule.Sets.SelectMany(set => set.Sources).Any(source => source.MayNameRoles()));
        if (rule.Slots is SlotAllocation.EachDestination)
        {
            return new SlotPlans(
                [.. destinations.All.Select(number => new SlotPlan(number, number, areUsersKnown ? number : null))],
                AreCertain: destinations.Choices <= 1,
                AreAll: !destinations.IsOpen);
        }

        int?[] numbers = destinations.IsOpen ? [null] : [.. destinations.All];
        var slots = SlotsOf(rule.Slots);
        var tried = slots ?? [.. Enumerable.Range(1, AnswerTrial.MostSlots)];
        var choices = (tried.Count > 1 ? 1 : 0) + (destinations.IsOpen ? 0 : destinations.Choices);
        return new SlotPlans(
            [.. tried.SelectMany(slot => numbers.Select(number => new SlotPlan(slot, number, areUsersKnown ? number : null)))],
            AreCertain: slots is not null && choices <= 1,
            AreAll: slots is not null);
    }

    /// <summary>The numbers of slots that are written in the definition, in ascending order; null when only data tell.</summary>
    private static List<int>? SlotsOf(SlotAllocation slots) => slots switch
    {
        SlotAllocation.Fixed { Count: > 0 and var count } => [count],
        SlotAllocation.Counted { Count.OnlyValues: { } numbers } when numbers.Any(number => number > 0) =>
            [.. numbers.Where(number => number > 0).Distinct().Order()],
        _ => null,
    };
}
