using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>A value written in the rule itself.</summary>
internal sealed class Constant<T> : Operand<T>
{
    private Constant(T value)
        : base(RuleSize.Leaf)
    {
        Value = value;
        IsValue = value is not null;
    }

    public T Value { get; }

    /// <summary>False for a text, list or bytes that are null.</summary>
    public bool IsValue { get; }

    internal override bool IsTraced => false;

    internal override IReadOnlyList<T>? OnlyValues => IsValue ? [Value] : null;

    internal override IEnumerable<string> WrittenTexts => Value is string text ? [text] : [];

    /// <summary>Keeps lists and bytes as copies, so that the rule cannot change.</summary>
    /// <exception cref="NotSupportedException">The C# type has no field type (statement 11.2).</exception>
    public static Constant<T> Of(T value)
    {
        if (value is null or string or Number or Enum)
        {
            return new Constant<T>(value);
        }

        FieldValue.From(value).TryGet<T>(out var copy);
        return new Constant<T>(copy);
    }

    internal override Operand<T> Rebuild(RuleBinder binder) => this;

    internal override TextTree ToTree() => new(Value switch
    {
        null => ExactText.Null,
        string text => $"String {ExactText.Quoted(text)}",
        Number number => number.ToExactText(),
        Enum status => $"status {status}",
        _ => ExactText.Of(FieldValue.From(Value)),
    });

    internal override void Write(RuleWriter writer) => writer.Append(ValueText.Of(Value));

    private protected override bool Fetch(in RuleScope scope, out T value)
    {
        value = Value;
        return IsValue;
    }
}
