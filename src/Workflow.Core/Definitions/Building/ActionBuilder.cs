using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>Says who may take an action, and what it sets (statements 2.1 and 2.9).</summary>
public sealed class ActionBuilder
{
    private readonly List<Destination> _allowed = [];
    private readonly List<Destination> _denied = [];
    private readonly List<DestinationSource> _allowedByData = [];
    private readonly List<DestinationSource> _deniedByData = [];
    private readonly List<ActionSet> _sets = [];
    private readonly List<Field> _asked = [];

    internal ActionBuilder(string name, ActionKind kind)
    {
        Name = name;
        Kind = kind;
    }

    internal string Name { get; }

    internal ActionKind Kind { get; }

    /// <summary>The goto of an action of that kind; null for others.</summary>
    internal GotoRequest? Goto { get; init; }

    /// <summary>The users to whom an action of the kind Redirect gives the task.</summary>
    internal IReadOnlyList<ActionReceiver> Receivers { get; init; } = [];

    internal bool IsBatchable { get; private set; } = true;

    internal IReadOnlyList<ActionSet> AllSets => _sets;

    internal IReadOnlyList<Field> Asked => _asked;

    internal ActionRights Rights => new([.. _allowed], [.. _denied], [.. _allowedByData], [.. _deniedByData]);

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

    /// <summary>Lets the user take the action who started the process instance. Like every entry that allows, it excludes others who have none (statement
    /// 2.9).</summary>
    /// <returns>This builder.</returns>
    public ActionBuilder AllowedForOriginator() => Add(_allowedByData, new DestinationSource.Originator());

    /// <summary>Denies the action to the user who started the process instance, even if something else allows it (statement 2.9).</summary>
    /// <returns>This builder.</returns>
    public ActionBuilder DeniedForOriginator() => Add(_deniedByData, new DestinationSource.Originator());

    /// <summary>Lets the user take the action whom a data field names at the moment. Like every entry that allows, it excludes others who have none, also
    /// while it names nobody (statement 2.9).</summary>
    /// <param name="field">A process or activity field.</param>
    /// <returns>This builder.</returns>
    public ActionBuilder AllowedForUsers(Field<string> field) => Add(_allowedByData, field, DestinationKind.User);

    /// <summary>Lets the users take the action whom a list field names at the moment. Like every entry that allows, it excludes others who have none, also
    /// while it names nobody (statement 2.9).</summary>
    /// <param name="list">A process or activity field.</param>
    /// <returns>This builder.</returns>
    public ActionBuilder AllowedForUsers(Field<IReadOnlyList<string>> list) => Add(_allowedByData, list, DestinationKind.User);

    /// <summary>Lets the members of the role take the action that a data field names at the moment. Like every entry that allows, it excludes others who have
    /// none, also while it names no role (statement 2.9).</summary>
    /// <param name="field">A process or activity field.</param>
    /// <returns>This builder.</returns>
    public ActionBuilder AllowedForRole(Field<string> field) => Add(_allowedByData, field, DestinationKind.Role);

    /// <summary>Lets the members of the group take the action that a data field names at the moment. Like every entry that allows, it excludes others who have
    /// none, also while it names no group (statement 2.9).</summary>
    /// <param name="field">A process or activity field.</param>
    /// <returns>This builder.</returns>
    public ActionBuilder AllowedForGroup(Field<string> field) => Add(_allowedByData, field, DestinationKind.Group);

    /// <summary>Denies the action to the user whom a data field names at the moment, even if something else allows it (statement 2.9).</summary>
    /// <param name="field">A process or activity field; nobody when it has no value.</param>
    /// <returns>This builder.</returns>
    public ActionBuilder DeniedForUsers(Field<string> field) => Add(_deniedByData, field, DestinationKind.User);

    /// <summary>Denies the action to the users whom a list field names at the moment, even if something else allows it (statement 2.9).</summary>
    /// <param name="list">A process or activity field; nobody when it has no value.</param>
    /// <returns>This builder.</returns>
    public ActionBuilder DeniedForUsers(Field<IReadOnlyList<string>> list) => Add(_deniedByData, list, DestinationKind.User);

    /// <summary>Denies the action to the members of the role that a data field names at the moment, even if something else allows it (statement
    /// 2.9).</summary>
    /// <param name="field">A process or activity field; no role when it has no value.</param>
    /// <returns>This builder.</returns>
    public ActionBuilder DeniedForRole(Field<string> field) => Add(_deniedByData, field, DestinationKind.Role);

    /// <summary>Denies the action to the members of the group that a data field names at the moment, even if something else allows it (statement
    /// 2.9).</summary>
    /// <param name="field">A process or activity field; no group when it has no value.</param>
    /// <returns>This builder.</returns>
    public ActionBuilder DeniedForGroup(Field<string> field) => Add(_deniedByData, field, DestinationKind.Group);

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
        _sets.Add(new ActionSet.OfValue(field!, FieldValue.From(value)));
        return this;
    }

    /// <summary>Sets a data field to the value of an operand when the action is taken, after the user's changes (statements 2.1 and 2.11). All operands of the
    /// action are read before it sets a field. An operand without a value sets null.</summary>
    /// <typeparam name="T">The type of the field and of the operand.</typeparam>
    /// <param name="field">A field of the process, of the activity or of its destinations.</param>
    /// <param name="value">Another field, who acts and when (<see cref="Acting"/>), or another operand.</param>
    /// <returns>This builder.</returns>
    /// <example><code>action => action.Sets(ApprovedBy, Acting.User).Sets(ApprovedAt, Acting.Now)</code></example>
    public ActionBuilder Sets<T>(Field<T> field, Operand<T> value)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(value);
        _sets.Add(new ActionSet.OfOperand<T>(field!, value));
        return this;
    }

    /// <summary>Names the data fields that a form asks the user for when they take the action. A task tells them with the values that they hold. They are
    /// shown, and restrict nothing: the user may set others, or leave these as they are (statement 2.1).</summary>
    /// <param name="fields">Fields of the process, of the activity or of its destinations, in the order of the form. Several calls add up.</param>
    /// <returns>This builder.</returns>
    /// <example><code>task.Action("Reject", action => action.Asks(Reason))</code></example>
    public ActionBuilder Asks(params ReadOnlySpan<Field> fields)
    {
        foreach (var field in fields)
        {
            ArgumentNullException.ThrowIfNull(field, nameof(fields));
            _asked.Add(field);
        }

        return this;
    }

    private ActionBuilder Add(List<DestinationSource> entries, Field? field, DestinationKind kind)
    {
        ArgumentNullException.ThrowIfNull(field);
        return Add(entries, new DestinationSource.FromField(field, kind));
    }

    private ActionBuilder Add(List<DestinationSource> entries, DestinationSource source)
    {
        entries.Add(source);
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
