using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>Asks whether an operand has a value.</summary>
internal sealed class NullTest<T>(Operand<T> operand, bool isNull) : Rule(RuleSize.Above(operand.Size))
{
    internal override RuleRank Rank => RuleRank.Comparison;

    internal override (Field Field, FieldValue Constant)? Clause => operand is BoundField<T> read ? (read.FieldRead, FieldValue.Null) : null;

    internal override Rule Rebuild(RuleBinder binder) => new NullTest<T>(operand.Rebuild(binder), isNull);

    internal override TextTree ToTree() => new(isNull ? "is null" : "is not null", operand.ToTree());

    internal override void Write(RuleWriter writer) => writer.Append(operand).Append(isNull ? " is null" : " is not null");

    internal override bool Decide(in RuleScope scope) => operand.Read(scope, out _) != isNull;
}
