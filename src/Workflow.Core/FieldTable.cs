using System.Collections.Frozen;

namespace Workflow.Core;

/// <summary>The data fields of one scope as the definition gives them: their names in definition order, their shapes and their initial values.</summary>
internal sealed class FieldTable
{
    private readonly FrozenDictionary<string, int> _ordinals;

    public FieldTable(string owner, IReadOnlyList<string> names, IReadOnlyList<FieldShape> shapes, FieldValue[] initial)
    {
        Owner = owner;
        Names = names;
        Shapes = shapes;
        Initial = initial;
        InitialFields = new DataFields(this);
        _ordinals = names.Select((name, ordinal) => KeyValuePair.Create(name, ordinal)).ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The owner of the fields, in words, for messages.</summary>
    public string Owner { get; }

    public int Count => Initial.Length;

    public IReadOnlyList<string> Names { get; }

    public IReadOnlyList<FieldShape> Shapes { get; }

    public FieldValue[] Initial { get; }

    /// <summary>The initial values, for reading; nobody writes to them.</summary>
    public DataFields InitialFields { get; }

    public static FieldTable Empty { get; } = new("nothing", [], [], []);

    /// <summary>The position of a field, or -1.</summary>
    public int OrdinalOf(string name) => _ordinals.TryGetValue(name, out var ordinal) ? ordinal : -1;
}
