using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>The number of planned slots, N (statement 3.7).</summary>
internal sealed class AnswerTotal() : NumberOperand(RuleSize.Leaf)
{
    internal override Operand<Number> Rebuild(RuleBinder binder)
    {
        binder.UseTotal();
        return this;
    }

    internal override TextTree ToTree() => new("answers planned");

    internal override void Write(RuleWriter writer) => writer.Append("Answers.Total");

    private protected override bool Fetch(in RuleScope scope, out Number value)
    {
        value = scope.SlotTotal;
        return true;
    }
}
