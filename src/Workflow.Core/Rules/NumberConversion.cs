using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>An operand of one type of numbers as a number of any type.</summary>
internal sealed class NumberConversion<T>(Operand<T> operand) : NumberOperand(RuleSize.Above(operand.Size))
    where T : struct
{
    internal override bool IsTraced => false;

    internal override Operand<Number> Rebuild(RuleBinder binder) => new NumberConversion<T>(operand.Rebuild(binder));

    internal override TextTree ToTree() => new("as number", operand.ToTree());

    internal override void Write(RuleWriter writer) => writer.Append(operand);

    private protected override bool Fetch(in RuleScope scope, out Number value)
    {
        var hasValue = operand.Read(scope, out var number);
        value = hasValue ? Number.From(number) : default;
        return hasValue;
    }
}
