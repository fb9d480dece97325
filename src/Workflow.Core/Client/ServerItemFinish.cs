using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Client;

/// <summary>Says with which values a server item is finished.</summary>
public sealed class ServerItemFinish
{
    private readonly FieldChanges _changes = new();

    internal ServerItemFinish()
    {
    }

    /// <summary>The fields set so far: each field once, in the order in which they were first set.</summary>
    public IReadOnlyList<FieldChange> Changes => [.. _changes.List];

    internal IReadOnlyList<FieldChange> ChangeList => _changes.List;

    /// <summary>Sets a data field.</summary>
    /// <typeparam name="T">The field's type.</typeparam>
    /// <param name="field">A field of the process, of the activity or of its destinations.</param>
    /// <param name="value">The new value.</param>
    /// <returns>This finish.</returns>
    public ServerItemFinish Set<T>(Field<T> field, T value)
    {
        _changes.Set(field, value);
        return this;
    }

    /// <summary>Sets a data field by its name. A name means the destination's field first, then the activity's, then the process's.</summary>
    /// <param name="field">The field's name; case counts.</param>
    /// <param name="value">Its value, of the field's own type.</param>
    /// <returns>This finish.</returns>
    public ServerItemFinish Set(string field, FieldValue value)
    {
        _changes.Set(field, value);
        return this;
    }
}
