using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>An operand without its C# type, so that operands of different types can be the arguments of one question (statement 4.8b).</summary>
public abstract class Operand
{
    private protected Operand()
    {
    }

    /// <summary>The shape of its value as a data field has it; null where a data field cannot hold it.</summary>
    internal abstract FieldShape? ShapeOfValue { get; }

    /// <summary>The same with its fields bound.</summary>
    internal abstract Operand BindAny(RuleBinder binder);

    /// <summary>The value; null for none.</summary>
    internal abstract FieldValue ReadAny(in RuleScope scope);

    /// <summary>The operand as a tree, with scopes and types, and nothing shortened.</summary>
    internal abstract TextTree ToTree();
}
