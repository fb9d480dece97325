using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>Asks whether a bound field holds a text that is written in the rule.</summary>
/// <remarks>Apart from <see cref="FieldComparison{T}"/>, since code that is shared by all reference types has to look up at run time which one it is
/// for.</remarks>
internal sealed class TextComparison(BoundField<string> field, Order accepted, Constant<string> right)
    : FieldRule(RuleSize.Above(field.Size, right.Size), field.Scope, field.Ordinal)
{
    private readonly string _text = right.Value;
    private readonly bool _isEqualityAccepted = accepted is Order.Equal;

    internal override (Field Field, FieldValue Constant)? Clause => (@field.FieldRead, FieldValue.From(right.Value));

    internal override Rule Rebuild(RuleBinder binder) => Comparison<string>.Bind(binder, field, accepted, right);

    internal override TextTree ToTree() => Comparison<string>.Tree(field, accepted, right);

    internal override void Write(RuleWriter writer) => Comparison<string>.Write(writer, field, accepted, right);

    internal override bool Decide(in RuleScope scope)
    {
        ref readonly var value = ref ValueIn(scope);
        if (scope.Recorder is { } recorder)
        {
            var text = value.Reference as string;
            recorder.Value(field, text is not null, text!);
        }

        return Holds(value);
    }

    private protected override int? FindCount(in RuleScope outer, int counted)
    {
        if (_isEqualityAccepted)
        {
            return outer.CountAnswers(counted, _text);
        }

        return outer.CountsEachSlot ? outer.CompletedSlots - outer.CountAnswers(counted, _text) : null;
    }

    private protected override bool Holds(in FieldValue value) =>
        string.Equals(value.Reference as string, _text, StringComparison.Ordinal) == _isEqualityAccepted;
}
