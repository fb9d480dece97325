using System.Runtime.CompilerServices;

namespace Workflow.Core.Rules;

/// <summary>A logical function over the slots of an activity (statement 3.7), from <see cref="Answers"/>; with a predicate it becomes a rule.</summary>
public sealed class SlotFunction
{
    private readonly SlotFunctionKind _kind;
    private readonly Operand<Number>? _count;

    internal SlotFunction(SlotFunctionKind kind, Operand<Number>? count = null)
    {
        _kind = kind;
        _count = count;
    }

    /// <summary>The function over a predicate of one's own.</summary>
    /// <param name="predicate">Asked of each slot: destination fields are those of the slot's answer.</param>
    /// <returns>The rule.</returns>
    public Rule Satisfy(Rule predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return new SlotRule(_kind, _count, predicate);
    }

    /// <summary>The function in words.</summary>
    /// <returns>For example <c>At Least 2</c>.</returns>
    public override string ToString() => SlotRule.Words(_kind, _count);

    /// <summary>Whether both are one and the same object. <c>==</c> makes a rule instead.</summary>
    /// <param name="obj">The other object.</param>
    /// <returns>Whether it is this one.</returns>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    /// <summary>The function over the slots that were finished with this action.</summary>
    /// <param name="function">The function.</param>
    /// <param name="action">The name of the action; case counts. Null means slots that were finished without one.</param>
    /// <returns>The rule.</returns>
    public static Rule operator ==(SlotFunction function, string? action)
    {
        ArgumentNullException.ThrowIfNull(function);
        return function.Satisfy(ActionResult.Field == action);
    }

    /// <summary>The function over the slots that were not finished with this action: <c>Answers.AllSlots != "Reject"</c> says that all are completed and none
    /// rejects.</summary>
    /// <param name="function">The function.</param>
    /// <param name="action">The name of the action; case counts. Null means slots that were finished without one.</param>
    /// <returns>The rule.</returns>
    public static Rule operator !=(SlotFunction function, string? action)
    {
        ArgumentNullException.ThrowIfNull(function);
        return function.Satisfy(ActionResult.Field != action);
    }
}
