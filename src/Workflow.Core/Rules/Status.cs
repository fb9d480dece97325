using Workflow.Core.Instances;

namespace Workflow.Core.Rules;

/// <summary>Statuses as operands of rules (statement 3.9), for succeeding rules, outcomes, and lines that leave the activity.</summary>
/// <example><code>Answers.AllSlots.Satisfy(Status.OfSlot == SlotStatus.Completed)     // wait for everybody
/// Status.OfActivity == ActivityInstanceStatus.Expired                  // a line for the case that nobody answered in time</code></example>
public static class Status
{
    /// <summary>Inside a slot function: the status of the slot; null for a destination whose slot nobody has taken.</summary>
    public static Operand<SlotStatus> OfSlot { get; } = new SlotStatusOperand();

    /// <summary>The status of the destination that has completed or, inside a slot function, of the one whose answer is looked at (statement 11.7). Null when
    /// there is none.</summary>
    public static Operand<DestinationStatus> OfDestination { get; } = new DestinationStatusOperand();

    /// <summary>The status of the activity instance: what a line may ask to tell a completed activity from an expired one (statement 6.8).</summary>
    public static Operand<ActivityInstanceStatus> OfActivity { get; } = new ActivityStatusOperand();
}
