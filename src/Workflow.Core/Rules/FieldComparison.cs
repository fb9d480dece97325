namespace Workflow.Core.Rules;

/// <summary>Compares a bound field with a value that is written in the rule (statement 3.4): as <see cref="Comparison{T}"/> does, without asking operands of
/// an unknown kind.</summary>
internal sealed class FieldComparison<T>(BoundField<T> field, Order accepted, Constant<T> right)
    : FieldRule(RuleSize.Above(field.Size, right.Size), field.Scope, field.Ordinal)
{
    private readonly T _value = right.Value;
    private readonly bool _isEquality = accepted is Order.Equal or Order.NotEqual;

    internal override Rule Rebuild(RuleBinder binder) => Comparison<T>.Bound(field.Rebuild(binder), accepted, right);

    internal override void Write(RuleWriter writer) => Comparison<T>.Write(writer, field, accepted, right);

    internal override bool Decide(in RuleScope scope)
    {
        ref readonly var value = ref ValueIn(scope);
        if (scope.Recorder is { } recorder)
        {
            var hasValue = value.TryGet<T>(out var own);
            recorder.Value(field, hasValue, own);
        }

        return Holds(value);
    }

    private protected override bool Holds(in FieldValue value) => value.TryGet<T>(out var own)
        ? (accepted & (_isEquality ? ValueOrder.Sameness(own, _value) : ValueOrder.Of(own, _value))) != 0
        : accepted is Order.NotEqual;
}
