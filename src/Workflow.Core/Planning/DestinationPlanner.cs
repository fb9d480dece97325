using System.Diagnostics;
using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace Workflow.Core.Planning;

/// <summary>Works out a destination rule (statements 4.5 and 4.7). It asks, and changes nothing.</summary>
internal static class DestinationPlanner
{
    public static DestinationPlan Plan(DestinationRule rule, in RuleScope scope)
    {
        var (count, data) = Count(rule.Slots, scope);
        return rule.Plan switch
        {
            PlanOption.JustOnce => new DestinationPlan(Math.Min(count, 1), count, data),
            PlanOption.PerSlot => new DestinationPlan(count, SlotsEach: 1, data),
            _ => throw new UnreachableException("Plans for people are refused when a definition is deployed."),
        };
    }

    private static (int Count, FieldValue Data) Count(SlotAllocation slots, in RuleScope scope)
    {
        var data = slots.Source is { } source ? source.Read(scope) : FieldValue.Null;
        return slots switch
        {
            SlotAllocation.Fixed chosen => (chosen.Count, data),
            SlotAllocation.Counted counted => (counted.Count.Read(scope, out var count) ? Math.Max(count, 0) : 0, data),
            SlotAllocation.EachElement => (data.ElementCount, data),
            _ => throw new UnreachableException("A slot for each destination is refused where there are no destinations."),
        };
    }
}
