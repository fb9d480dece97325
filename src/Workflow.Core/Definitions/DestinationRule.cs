namespace Workflow.Core.Definitions;

/// <summary>How an activity plans its destinations and slots (statement 4.1).</summary>
public sealed class DestinationRule
{
    internal DestinationRule(PlanOption plan, SlotAllocation slots, IReadOnlyList<DestinationSet> sets)
    {
        Plan = plan;
        Slots = slots;
        Sets = sets;
    }

    /// <summary>How many activity instance destinations there will be (statement 4.5).</summary>
    public PlanOption Plan { get; }

    /// <summary>How many slots there will be (statement 4.4).</summary>
    public SlotAllocation Slots { get; }

    /// <summary>Whom the tasks go to; empty for activities without a client event.</summary>
    public IReadOnlyList<DestinationSet> Sets { get; }
}
