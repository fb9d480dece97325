using System.Diagnostics;
using System.Globalization;
using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace Workflow.Core.Planning;

/// <summary>Works out a destination rule when its destinations are known (statements 4.4 to 4.7). It asks, and changes nothing.</summary>
internal static class DestinationPlanner
{
    /// <exception cref="InvalidOperationException">There are more slots or destinations than the host allows, or fewer slots than none.</exception>
    public static DestinationPlan Plan(
        DestinationRule rule, IReadOnlyList<Destination> destinations, in FieldValue list, int limit, in RuleScope scope)
    {
        var data = rule.Slots.Source is { } source ? source.Read(list, scope) : FieldValue.Null;
        var slots = Count(rule, destinations.Count, data, scope);
        if (slots > limit || destinations.Count > limit)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"It plans {Math.Max(slots, destinations.Count)} slots or destinations, and the limit is {limit}. Divide the work, or raise "
                    + $"WorkflowOptions.SlotLimit."));
        }

        return rule.Plan switch
        {
            PlanOption.JustOnce => DestinationPlan.JustOnce(destinations, slots),
            PlanOption.PerDestination => DestinationPlan.PerDestination(destinations, slots, inTurn: false),
            PlanOption.PerDestinationInTurn => DestinationPlan.PerDestination(destinations, slots, inTurn: true),
            PlanOption.PerSlot => DestinationPlan.PerSlot(slots, data),
            _ => throw new UnreachableException(),
        };
    }

    private static int Count(DestinationRule rule, int destinations, in FieldValue data, in RuleScope scope) => rule.Slots switch
    {
        SlotAllocation.EachDestination => destinations,
        SlotAllocation.Fixed chosen => chosen.Count,
        SlotAllocation.Counted counted => counted.Count.Read(scope, out var count) ? NotNegative(rule, counted, count) : 0,
        SlotAllocation.EachElement => data.ElementCount,
        _ => throw new UnreachableException(),
    };

    /// <summary>Of a task, too few slots are up to the activity's policy; elsewhere a number below zero is a mistake (statement 4.13).</summary>
    private static int NotNegative(DestinationRule rule, SlotAllocation.Counted counted, int count) => count >= 0 || rule.IsForTask
        ? Math.Max(count, 0)
        : throw new InvalidOperationException(
            $"The number of slots, '{RuleWriter.Of(counted.Count)}', is below zero. Set what it reads to zero or more.");
}
