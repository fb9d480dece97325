using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>Says who may take an action, and what it sets (statements 2.1 and 2.9).</summary>
public sealed class ActionBuilder
{
    private readonly List<Destination> _allowed = [];
    private readonly List<Destination> _denied = [];
    private readonly List<(Field Field, FieldValue Value)> _sets = [];

    internal ActionBuilder(string name, ActionKind kind)
    {
        Name = name;
        Kind = kind;
    }

    internal string Name { get; }

    internal ActionKind Kind { get; }

    /// <summary>The goto of an action of that kind; null for others.</summary>
    internal GotoRequest? Goto { get; init; }

    internal bool IsBatchable { get; private set; } = true;

    internal IReadOnlyList<(Field Field, FieldValue Value)> Writes => _sets;

    internal ActionRights Rights => new([.. _allowed], [.. _denied]);

    /// <summary>Lets the action be taken by these only; several calls add up (statement 2.9).</summary>
    /// <param name="who">Users, groups and roles.</param>
    /// <returns>This builder.</returns>
    public ActionBuilder AllowedFor(params ReadOnlySpan<Destination> who)
    {
        Add(_allowed, who);
        return this;
    }

    /// <summary>Denies the action to these, even if something else allows it. Several calls add up (statement 2.9).</summary>
    /// <param name="who">Users, groups and roles.</param>
    /// <returns>This builder.</returns>
    public ActionBuilder DeniedFor(params ReadOnlySpan<Destination> who)
    {
        Add(_denied, who);
        return this;
    }

    /// <summary>Demands that the item is opened before the action is taken (statement 1.13).</summary>
    /// <returns>This builder.</returns>
    public ActionBuilder NotBatchable()
    {
        IsBatchable = false;
        return this;
    }

    /// <summary>Sets a data field when the action is taken, after the user's changes (statements 2.1 and 2.11).</summary>
    /// <typeparam name="T">The field's type.</typeparam>
    /// <param name="field">A field of the process, of the activity or of its destinations.</param>
    /// <param name="value">The value.</param>
    /// <returns>This builder.</returns>
    public ActionBuilder Sets<T>(Field<T> field, T value)
    {
        ArgumentNullException.ThrowIfNull(field);
        _sets.Add((field, FieldValue.From(value)));
        return this;
    }

    private static void Add(List<Destination> entries, ReadOnlySpan<Destination> who)
    {
        foreach (var entry in who)
        {
            Destination.RefuseUnusable(entry, nameof(who));
            entries.Add(entry);
        }
    }
}
