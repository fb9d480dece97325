using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>Compares a bound field with a value that is written in the rule (statement 3.4): as <see cref="Comparison{T}"/> does, without asking operands of
/// an unknown kind.</summary>
internal sealed class FieldComparison<T>(BoundField<T> field, Order accepted, Constant<T> right)
    : FieldRule(RuleSize.Above(field.Size, right.Size), field.Scope, field.Ordinal)
{
    private readonly T _value = right.Value;
    private readonly bool _isEquality = accepted is Order.Equal or Order.NotEqual;

    internal override (Field Field, FieldValue Constant)? Clause => (@field.FieldRead, FieldValue.From(right.Value));

    internal override Rule Rebuild(RuleBinder binder) => Comparison<T>.Bind(binder, field, accepted, right);

    internal override TextTree ToTree() => Comparison<T>.Tree(field, accepted, right);

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

    private protected override bool Holds(in FieldValue value)
    {
        if (!value.TryGet<T>(out var own))
        {
            return accepted is Order.NotEqual;
        }

        return typeof(T) == typeof(decimal) || typeof(T) == typeof(int) || typeof(T) == typeof(long)
            ? Accepts(Comparer<T>.Default.Compare(own, _value))
            : (accepted & (_isEquality ? ValueOrder.Sameness(own, _value) : ValueOrder.Of(own, _value))) != 0;
    }

    /// <summary>Numbers of which any two have an order need no more than its sign.</summary>
    private bool Accepts(int sign) => accepted switch
    {
        Order.Less => sign < 0,
        Order.Greater => sign > 0,
        Order.LessOrEqual => sign <= 0,
        Order.GreaterOrEqual => sign >= 0,
        Order.Equal => sign == 0,
        _ => sign != 0,
    };
}
