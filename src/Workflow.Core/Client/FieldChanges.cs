using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Client;

/// <summary>Collects new values for data fields, one for each; a later one replaces an earlier one.</summary>
internal sealed class FieldChanges
{
    private List<FieldChange>? _changes;

    public IReadOnlyList<FieldChange> List => _changes ?? (IReadOnlyList<FieldChange>)[];

    /// <summary>All of them as text that is the same for the same values. It is stored with idempotency keys,
    /// so it is the same in every version of the library, too.</summary>
    public static string Text(IReadOnlyList<FieldChange> changes)
    {
        var writer = new PartWriter();
        writer.Begin(PartKind.Header, PartFormat.Lowest);
        foreach (var change in changes)
        {
            writer.Text(change.Name);
            writer.Value(change.Value);
        }

        return Convert.ToBase64String(writer.Memory(writer.End(default)).Span);
    }

    public void Set<T>(Field<T> field, T value)
    {
        ArgumentNullException.ThrowIfNull(field);
        Set(field.Name, FieldValue.From(value));
    }

    public void Set(string field, FieldValue value)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        _changes ??= [];
        var index = _changes.FindIndex(change => string.Equals(change.Name, field, StringComparison.Ordinal));
        if (index >= 0)
        {
            _changes[index] = new FieldChange(field, value);
        }
        else
        {
            _changes.Add(new FieldChange(field, value));
        }
    }
}
