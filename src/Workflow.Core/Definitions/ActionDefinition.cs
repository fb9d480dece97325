using Workflow.Core.Contexts;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>A decision that a task offers (statement 2.1).</summary>
public sealed class ActionDefinition
{
    internal ActionDefinition(string name, ActionKind kind, bool isBatchable, ActionRights rights, ActionSet[] sets)
    {
        Name = name;
        Kind = kind;
        IsBatchable = isBatchable;
        Rights = rights;
        Sets = sets;
        Writes = Array.TrueForAll(sets, set => set.IsConstant) ? [.. sets.Select(set => set.Read(default))] : null;
    }

    /// <summary>The name; unique within the event. Taking the action writes it to the slot's field <c>Action Result</c>, if it is of the kind Finish or
    /// Update (statements 2.2 and 2.11b).</summary>
    public string Name { get; }

    /// <summary>The effect of the action.</summary>
    public ActionKind Kind { get; }

    /// <summary>The goto of the action; null for one that goes nowhere (statement 2.12).</summary>
    public GotoRequest? Goto { get; internal init; }

    /// <summary>The users to whom the action gives the task; empty for one that does not (statement 2.1).</summary>
    public IReadOnlyList<ActionReceiver> Receivers { get; internal init; } = [];

    /// <summary>The data fields that a form asks the user for, in its order (statement 2.1).</summary>
    public IReadOnlyList<Field> AskedFields { get; internal init; } = [];

    /// <summary>Whether it may be taken without opening the item first (statement 1.13). An action of the kind Release never may (statement
    /// 2.11b).</summary>
    public bool IsBatchable { get; }

    /// <summary>The users, groups and roles that may take it (statement 2.9).</summary>
    public ActionRights Rights { get; }

    /// <summary>The fields that it sets by itself, in order.</summary>
    internal ActionSet[] Sets { get; }

    /// <summary>Its writes, where the definition holds all values; null where some are read when the action is taken.</summary>
    internal FieldWrite[]? Writes { get; }

    /// <summary>Whether the resolver must say who manages the user.</summary>
    internal bool WantsManager => Receivers.Any(receiver => receiver is ActionReceiver.Manager);

    /// <summary>The questions by name that the resolver must answer, to know to whom the action gives the task.</summary>
    internal IEnumerable<QuestionDefinition> Questions => Receivers.OfType<ActionReceiver.OfQuestion>().Select(receiver => receiver.Question);
}
