using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>A data field without its C# type, so that fields of different types can be declared in one list. Every <see cref="Field{T}"/> converts to it by
/// itself, always to the same object.</summary>
public sealed class Field
{
    internal Field(string name, FieldScope scope, FieldShape shape, in FieldValue initialValue)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Names.Problem(name) is { } problem)
        {
            throw new ArgumentException(
                $"'{name}' cannot be the name of a data field: {problem}. Use 1 to {Limits.NameLength.Invariant()} characters, none of them a control "
                + "character.",
                nameof(name));
        }

        Name = name;
        Scope = scope;
        Shape = shape;
        InitialValue = initialValue;
    }

    /// <summary>The name; case counts.</summary>
    public string Name { get; }

    /// <summary>The element that the field belongs to (statement 11.1).</summary>
    public FieldScope Scope { get; }

    /// <summary>The type, and whether it holds a list (statement 11.2).</summary>
    public FieldShape Shape { get; }

    /// <summary>The value it starts with; null for none (statement 11.2).</summary>
    public FieldValue InitialValue { get; }

    /// <summary>Whether only tools show it (statement 11.3). False unless set.</summary>
    public bool IsHidden { get; internal set; }

    /// <summary>Whether the history records its changes (statement 11.3). True unless set.</summary>
    public bool KeepAudit { get; internal set; } = true;

    /// <summary>Whether reports may show its value (statement 11.3). True unless set.</summary>
    public bool KeepLog { get; internal set; } = true;

    /// <summary>Whether process instances can be searched by its value (statement 13.10). False unless set.</summary>
    public bool IsSearchable { get; internal set; }

    /// <summary>The name.</summary>
    /// <returns>For example <c>Amount</c>.</returns>
    public override string ToString() => Name;

    internal TextTree ToTree() => new($"{RuleBinder.Word(Scope)} field {ExactText.Quoted(Name)}");
}
