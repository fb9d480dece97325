using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Client;

/// <summary>Says how a process instance begins: its folio, the values of its fields, and a text of the host.</summary>
public sealed class ProcessStart
{
    private readonly FieldChanges _changes = new();

    internal ProcessStart()
    {
    }

    /// <summary>The name by which people will call the instance; empty unless set.</summary>
    public string FolioText { get; private set; } = "";

    /// <summary>The text that is attached; null unless set.</summary>
    public string? AttachedText { get; private set; }

    /// <summary>The fields set so far: each field once, in the order in which they were first set.</summary>
    public IReadOnlyList<FieldChange> Changes => [.. _changes.List];

    internal IReadOnlyList<FieldChange> ChangeList => _changes.List;

    /// <summary>Sets what people call the instance.</summary>
    /// <param name="folio">At most 256 characters.</param>
    /// <returns>This start.</returns>
    public ProcessStart Folio(string folio)
    {
        Limits.RefuseLongText(folio);
        FolioText = folio;
        return this;
    }

    /// <summary>Attaches a text of the host, for example a tenant or a number by which logs are found. It stays with the instance and does not change. All code
    /// of the instance can read it, and its sub-processes take it over (statement 13.13).</summary>
    /// <param name="text">1 to 256 characters.</param>
    /// <returns>This start.</returns>
    public ProcessStart Attach(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        Limits.RefuseLongText(text);
        AttachedText = text;
        return this;
    }

    /// <summary>Sets a process field.</summary>
    /// <typeparam name="T">The field's type.</typeparam>
    /// <param name="field">The field.</param>
    /// <param name="value">Its value.</param>
    /// <returns>This start.</returns>
    public ProcessStart Set<T>(ProcessField<T> field, T value)
    {
        _changes.Set(field, value);
        return this;
    }

    /// <summary>Sets a process field by its name, for hosts that do not know the definition.</summary>
    /// <param name="field">The field's name; case counts.</param>
    /// <param name="value">Its value, of the field's own type.</param>
    /// <returns>This start.</returns>
    public ProcessStart Set(string field, FieldValue value)
    {
        _changes.Set(field, value);
        return this;
    }
}
