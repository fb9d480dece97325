using Workflow.Core.Formats;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>A value that a sub-process gets when it starts (statement 7.8).</summary>
public abstract class SentField
{
    private protected SentField(string field, FieldShape shape) => (Field, Shape) = (field, shape);

    /// <summary>The name of the process field of the sub-process.</summary>
    public string Field { get; }

    /// <summary>The type of the value.</summary>
    public FieldShape Shape { get; }

    /// <summary>Whether the value is the instance data of the slot for which the sub-process is started (statements 4.7 and 7.10).</summary>
    public bool IsSlotData => this is OfSlot;

    /// <summary>The same with its fields bound.</summary>
    internal abstract SentField Bind(RuleBinder binder);

    /// <summary>The value.</summary>
    internal abstract FieldValue Read(in RuleScope scope);

    /// <summary>The text of the value in the canonical form.</summary>
    internal abstract TextTree ToTree();

    /// <summary>The value of an expression over data fields, or a constant.</summary>
    internal sealed class OfOperand<T>(Operand<T> value, string field) : SentField(field, FieldShape.Of<T>())
    {
        internal override SentField Bind(RuleBinder binder) => new OfOperand<T>(value.Bind(binder), Field);

        internal override FieldValue Read(in RuleScope scope) => value.Read(scope, out var read) ? FieldValue.From(read) : FieldValue.Null;

        internal override TextTree ToTree() => value.ToTree();
    }

    /// <summary>The instance data of the slot for which the sub-process is started (statement 7.10).</summary>
    internal sealed class OfSlot(string field, FieldShape shape) : SentField(field, shape)
    {
        internal override SentField Bind(RuleBinder binder) => this;

        internal override FieldValue Read(in RuleScope scope) => scope.Destination!.InstanceData;

        internal override TextTree ToTree() => new("instance data");
    }
}
