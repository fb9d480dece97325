using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>A data field of a process, of an activity or of its destinations; an operand of rules (statements 3.4 and 11.1).</summary>
/// <typeparam name="T">The type of its value: <see cref="bool"/>, <see cref="DateTimeOffset"/>, <see cref="decimal"/>, <see cref="double"/>, <see cref="int"/>,
/// <see cref="long"/>, <see cref="string"/>, <see cref="ReadOnlyMemory{T}"/> of <see cref="byte"/>, or an <see cref="IReadOnlyList{T}"/> of one of them
/// (statement 11.2).</typeparam>
public abstract class Field<T> : Operand<T>
{
    private protected Field(string name, FieldScope scope, in FieldValue initialValue)
        : base(RuleSize.Leaf) => Declaration = new Field(name, scope, FieldShape.Of<T>(), initialValue);

    /// <summary>The name; case counts.</summary>
    public string Name => Declaration.Name;

    /// <summary>The element that the field belongs to (statement 11.1).</summary>
    public FieldScope Scope => Declaration.Scope;

    /// <summary>The type, and whether it holds a list (statement 11.2).</summary>
    public FieldShape Shape => Declaration.Shape;

    /// <summary>The value it starts with; null for none (statement 11.2).</summary>
    public FieldValue InitialValue => Declaration.InitialValue;

    /// <summary>Whether only tools show it (statement 11.3). False unless set.</summary>
    public bool IsHidden
    {
        get => Declaration.IsHidden;
        init => Declaration.IsHidden = value;
    }

    /// <summary>Whether the history records its changes (statement 11.3). True unless set.</summary>
    public bool KeepAudit
    {
        get => Declaration.KeepAudit;
        init => Declaration.KeepAudit = value;
    }

    /// <summary>Whether reports may show its value (statement 11.3). True unless set.</summary>
    public bool KeepLog
    {
        get => Declaration.KeepLog;
        init => Declaration.KeepLog = value;
    }

    /// <summary>Whether process instances can be searched by its value (statement 13.10). False unless set; for process fields that hold one value, not a list,
    /// and not bytes.</summary>
    public bool IsSearchable
    {
        get => Declaration.IsSearchable;
        init => Declaration.IsSearchable = value;
    }

    internal Field Declaration { get; }

    internal sealed override Field FieldRead => Declaration;

    internal override Operand<T> Rebuild(RuleBinder binder) =>
        binder.Locate(Declaration) is var ordinal and >= 0 ? new BoundField<T>(Declaration, ordinal) : this;

    internal override TextTree ToTree() => Declaration.ToTree();

    internal override void Write(RuleWriter writer) => writer.Append(Name);

    private protected override bool Fetch(in RuleScope scope, out T value) => throw RuleBinder.NotBound(Name);

    /// <summary>The same field without its C# type.</summary>
    /// <param name="field">The field.</param>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(field))]
    public static implicit operator Field?(Field<T>? field) => field?.Declaration;
}
