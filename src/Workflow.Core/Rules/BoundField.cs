namespace Workflow.Core.Rules;

/// <summary>A field whose position among the fields of its scope is known.</summary>
internal class BoundField<T> : Operand<T>
{
    private readonly Field _field;

    protected BoundField(Field field, int ordinal)
        : base(RuleSize.Leaf)
    {
        _field = field;
        Scope = field.Scope;
        Ordinal = ordinal;
    }

    protected FieldScope Scope { get; }

    protected int Ordinal { get; }

    public static Operand<T> Of(Field field, int ordinal) =>
        typeof(T) == typeof(string) ? (Operand<T>)(object)new BoundText(field, ordinal) : new BoundField<T>(field, ordinal);

    internal sealed override Operand<T> Rebuild(RuleBinder binder) => binder.Locate(_field) is var found and >= 0 ? Of(_field, found) : this;

    internal sealed override void Write(RuleWriter writer) => writer.Append(_field.Name);

    private protected override bool Fetch(in RuleScope scope, out T value) => scope.FieldsOf(Scope)[Ordinal].TryGet(out value);
}

/// <summary>A field of text. It is read without asking at run time what T is, as code that is shared by all reference types has to.</summary>
internal sealed class BoundText(Field field, int ordinal) : BoundField<string>(field, ordinal)
{
    private protected override bool Fetch(in RuleScope scope, out string value)
    {
        var text = scope.FieldsOf(Scope)[Ordinal].Reference as string;
        value = text!;
        return text is not null;
    }
}
