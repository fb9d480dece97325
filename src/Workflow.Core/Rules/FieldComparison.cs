namespace Workflow.Core.Rules;

/// <summary>Compares a bound field with a value that is written in the rule (statement 3.4): as <see cref="Comparison{T}"/> does, without asking operands of
/// an unknown kind.</summary>
internal sealed class FieldComparison<T>(BoundField<T> field, Order accepted, Constant<T> right) : Rule(RuleSize.Above(field.Size, right.Size))
{
    private readonly T _value = right.Value;
    private readonly bool _isEquality = accepted is Order.Equal or Order.NotEqual;

    internal override RuleRank Rank => RuleRank.Comparison;

    internal override Rule Rebuild(RuleBinder binder) => Comparison<T>.Bound(field.Rebuild(binder), accepted, right);

    internal override void Write(RuleWriter writer) => Comparison<T>.Write(writer, field, accepted, right);

    internal override bool Decide(in RuleScope scope)
    {
        var hasValue = field.ValueIn(scope).TryGet<T>(out var value);
        scope.Recorder?.Value(field, hasValue, value);
        return hasValue
            ? (accepted & (_isEquality ? ValueOrder.Sameness(value, _value) : ValueOrder.Of(value, _value))) != 0
            : accepted is Order.NotEqual;
    }
}
