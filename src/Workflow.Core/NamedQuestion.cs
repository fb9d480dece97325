namespace Workflow.Core;

/// <summary>A question that a definition asks the resolver of the host, with the values of its arguments (statement 4.8b). Two are equal when the name and all
/// arguments are.</summary>
public sealed class NamedQuestion : IEquatable<NamedQuestion>
{
    private readonly FieldValue[] _arguments;

    /// <summary>Makes a question, for tests of a resolver.</summary>
    /// <param name="name">The name; case counts.</param>
    /// <param name="arguments">The values of the arguments, in the order of the definition.</param>
    public NamedQuestion(string name, params IReadOnlyList<FieldValue> arguments)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(arguments);
        Name = name;
        _arguments = [.. arguments];
    }

    /// <summary>The name, as the definition writes it.</summary>
    public string Name { get; }

    /// <summary>The values of the arguments, in the order of the definition. An operand without a value is null.</summary>
    public IReadOnlyList<FieldValue> Arguments => _arguments;

    /// <summary>Whether the other one has the same name and the same arguments.</summary>
    /// <param name="other">The question to compare with.</param>
    /// <returns>Whether they are the same.</returns>
    public bool Equals(NamedQuestion? other) =>
        other is not null && string.Equals(Name, other.Name, StringComparison.Ordinal) && _arguments.AsSpan().SequenceEqual(other._arguments);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NamedQuestion);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Name, StringComparer.Ordinal);
        foreach (var argument in _arguments)
        {
            hash.Add(argument);
        }

        return hash.ToHashCode();
    }

    /// <summary>The name. The arguments are data, and messages name no data.</summary>
    /// <returns>For example <c>question 'Approvers of the cost centre'</c>.</returns>
    public override string ToString() => $"question '{Name}'";
}
