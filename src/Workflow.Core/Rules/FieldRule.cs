using System.Runtime.CompilerServices;
using Workflow.Core.Instances;

namespace Workflow.Core.Rules;

/// <summary>A clause that looks at one bound field and nothing else: what most clauses do. Slot functions can ask it of an answer's fields directly, without
/// setting up a scope for each answer.</summary>
internal abstract class FieldRule(RuleSize size, FieldScope scope, int ordinal) : Rule(size)
{
    internal sealed override RuleRank Rank => RuleRank.Comparison;

    /// <summary>Whether slot functions may ask it directly: it looks at the fields of an answer, and nobody wants a trace.</summary>
    public bool CanBeAskedDirectly(in RuleScope outer) => scope is FieldScope.Destination && outer.Recorder is null;

    /// <summary>How many of the completed slots that a slot function sees satisfy it.</summary>
    public int CountIn(in RuleScope outer) => FindCount(outer, ordinal) ?? CountEach(outer);

    /// <summary>As <see cref="CountIn"/>, without looking at the slots; null when that cannot be told.</summary>
    private protected virtual int? FindCount(in RuleScope outer, int counted) => null;

    /// <summary>The same slots in the same order as <see cref="CompletedAnswers"/>.</summary>
    private int CountEach(in RuleScope outer)
    {
        var count = 0;
        for (var index = 0; index < outer.DestinationCount; index++)
        {
            var destination = outer.DestinationAt(index);
            if (destination.SlotList is { } slots)
            {
                foreach (var slot in slots)
                {
                    count += slot.Status is SlotStatus.Completed && Holds(slot.Fields[ordinal]) ? 1 : 0;
                }
            }
            else if (destination.OwnCompletedSlots > 0 && Holds(destination.Fields[ordinal]))
            {
                count += destination.OwnCompletedSlots;
            }
        }

        return count;
    }

    /// <summary>The result, when nobody wants a trace.</summary>
    public bool DecideUnrecorded(in RuleScope asked) => Holds(ValueIn(asked));

    /// <summary>The value of the field, without a detour over its operand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected ref readonly FieldValue ValueIn(in RuleScope asked) => ref asked.FieldsOf(scope)[ordinal];

    /// <summary>Whether the clause is true of a value of the field.</summary>
    private protected abstract bool Holds(in FieldValue value);
}
