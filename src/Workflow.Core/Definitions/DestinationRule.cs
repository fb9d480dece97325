namespace Workflow.Core.Definitions;

/// <summary>How an activity plans its destinations and slots (statement 4.1).</summary>
public sealed class DestinationRule
{
    internal DestinationRule(PlanOption plan, SlotAllocation slots, IReadOnlyList<DestinationSet> sets, NoDestinations whenNobody, bool isForTask)
    {
        Plan = plan;
        Slots = slots;
        Sets = sets;
        Treatment = sets.Select(set => set.SaidTreatment).DefaultIfEmpty(RoleTreatment.Unresolved).Max();
        WhenNobody = whenNobody;
        IsForTask = isForTask;
        SharesSlots = IsPerDestination && slots is not SlotAllocation.EachDestination;
        LeavesOut = sets.Any(set => set.Except.Count > 0);
        IsKeptSynchronized = Treatment is RoleTreatment.KeptSynchronized;
        IsOneForNobody = plan is PlanOption.JustOnce && sets.Count == 0 && slots is SlotAllocation.Fixed { Count: 1, Source: null };
    }

    /// <summary>How many activity instance destinations there will be (statement 4.5).</summary>
    public PlanOption Plan { get; }

    /// <summary>Whether nothing has to be worked out: one destination with one slot, as most activities without people have it.</summary>
    internal bool IsOneForNobody { get; }

    /// <summary>Whether each destination gets an activity instance destination of its own.</summary>
    internal bool IsPerDestination => Plan is PlanOption.PerDestination or PlanOption.PerDestinationInTurn;

    /// <summary>Whether there is a number of slots for all destinations together, so that a user who takes one takes it from the others (statement
    /// 4.6).</summary>
    internal bool SharesSlots { get; }

    /// <summary>Whether a set leaves users out (statement 4.10).</summary>
    internal bool LeavesOut { get; }

    /// <summary>Whether the members of roles are followed (statement 4.9).</summary>
    internal bool IsKeptSynchronized { get; }

    /// <summary>How many slots there will be (statement 4.4).</summary>
    public SlotAllocation Slots { get; }

    /// <summary>The users, groups and roles that the activity is for; empty for activities that need nobody.</summary>
    public IReadOnlyList<DestinationSet> Sets { get; }

    /// <summary>Whether roles and groups stay as they are or become their members; the same for all sets (statement 4.8).</summary>
    public RoleTreatment Treatment { get; }

    /// <summary>Whether it plans a task for people (statements 4.12 and 4.13). Nobody to act, or no slot to act in, would then skip the task.</summary>
    internal bool IsForTask { get; }

    /// <summary>The behavior when the sets name nobody, or a task has no slot (statements 4.12 and 4.13).</summary>
    public NoDestinations WhenNobody { get; }
}
