using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>A field whose position among the fields of its scope is known.</summary>
internal sealed class BoundField<T>(Field field, int ordinal) : Operand<T>(RuleSize.Leaf)
{
    public FieldScope Scope { get; } = field.Scope;

    public int Ordinal => ordinal;

    internal override Field FieldRead => @field;

    internal override Operand<T> Rebuild(RuleBinder binder) => binder.Locate(field) is var found and >= 0 ? new BoundField<T>(field, found) : this;

    internal override TextTree ToTree() => field.ToTree();

    internal override void Write(RuleWriter writer) => writer.Append(field.Name);

    private protected override bool Fetch(in RuleScope scope, out T value) => scope.FieldsOf(Scope)[ordinal].TryGet(out value);
}
