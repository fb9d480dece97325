namespace Workflow.Core.Rules;

/// <summary>A field whose position among the fields of its scope is known.</summary>
internal sealed class BoundField<T>(Field field, int ordinal) : Operand<T>(RuleSize.Leaf)
{
    public Field Field { get; } = field;

    public int Ordinal { get; } = ordinal;

    internal override Operand<T> Rebuild(RuleBinder binder) =>
        binder.Locate(Field) is var found and >= 0 ? new BoundField<T>(Field, found) : this;

    internal override void Write(RuleWriter writer) => writer.Append(Field.Name);

    private protected override bool Fetch(in RuleScope scope, out T value) => scope.FieldsOf(Field.Scope)[Ordinal].TryGet(out value);
}
