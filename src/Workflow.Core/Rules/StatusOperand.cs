using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Rules;

/// <summary>A status as an operand (statement 3.9).</summary>
internal abstract class StatusOperand<T>(StatusSubject subject) : Operand<T>(RuleSize.Leaf)
    where T : struct, Enum
{
    internal sealed override Operand<T> Rebuild(RuleBinder binder)
    {
        binder.UseStatus(subject);
        return this;
    }

    internal sealed override TextTree ToTree() => new($"status of {subject}");

    internal sealed override void Write(RuleWriter writer) => writer.Append($"Status.Of{subject}");

    private protected sealed override bool Fetch(in RuleScope scope, out T value)
    {
        var status = Find(scope);
        value = status.GetValueOrDefault();
        return status.HasValue;
    }

    private protected abstract T? Find(in RuleScope scope);
}

/// <summary>The status of the slot that a slot function looks at.</summary>
internal sealed class SlotStatusOperand() : StatusOperand<SlotStatus>(StatusSubject.Slot)
{
    private protected override SlotStatus? Find(in RuleScope scope) => scope.SlotStatus;
}

/// <summary>The status of the destination.</summary>
internal sealed class DestinationStatusOperand() : StatusOperand<DestinationStatus>(StatusSubject.Destination)
{
    private protected override DestinationStatus? Find(in RuleScope scope) => scope.Destination?.Status;
}

/// <summary>The status of the activity instance.</summary>
internal sealed class ActivityStatusOperand() : StatusOperand<ActivityInstanceStatus>(StatusSubject.Activity)
{
    private protected override ActivityInstanceStatus? Find(in RuleScope scope) => scope.Activity?.Status;
}
