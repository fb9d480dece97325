namespace Workflow.Core.Rules;

/// <summary>Asks whether a bound field holds a text that is written in the rule.</summary>
/// <remarks>Apart from <see cref="FieldComparison{T}"/>, since code that is shared by all reference types has to look up at run time which one it is
/// for.</remarks>
internal sealed class TextComparison(BoundField<string> field, Order accepted, Constant<string> right) : Rule(RuleSize.Above(field.Size, right.Size))
{
    private readonly string _text = right.Value;

    internal override RuleRank Rank => RuleRank.Comparison;

    internal override Rule Rebuild(RuleBinder binder) => Comparison<string>.Bound(field.Rebuild(binder), accepted, right);

    internal override void Write(RuleWriter writer) => Comparison<string>.Write(writer, field, accepted, right);

    internal override bool Decide(in RuleScope scope)
    {
        var text = field.ValueIn(scope).Reference as string;
        scope.Recorder?.Value(field, text is not null, text!);
        return string.Equals(text, _text, StringComparison.Ordinal) == accepted is Order.Equal;
    }
}
