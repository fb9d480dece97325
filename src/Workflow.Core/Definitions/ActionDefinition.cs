using Workflow.Core.Contexts;

namespace Workflow.Core.Definitions;

/// <summary>A decision that a task offers (statement 2.1).</summary>
public sealed class ActionDefinition
{
    internal ActionDefinition(string name, ActionKind kind, bool isBatchable, ActionRights rights, FieldWrite[] writes)
    {
        Name = name;
        Kind = kind;
        IsBatchable = isBatchable;
        Rights = rights;
        Writes = writes;
    }

    /// <summary>The name; unique within the event. Taking the action writes it to the slot's field <c>Action Result</c>, unless it goes to an activity
    /// (statements 2.2 and 2.11b).</summary>
    public string Name { get; }

    /// <summary>The effect of the action.</summary>
    public ActionKind Kind { get; }

    /// <summary>The goto of the action; null for one that goes nowhere (statement 2.12).</summary>
    public GotoRequest? Goto { get; internal init; }

    /// <summary>Whether it may be taken without opening the item first (statement 1.13).</summary>
    public bool IsBatchable { get; }

    /// <summary>The users, groups and roles that may take it (statement 2.9).</summary>
    public ActionRights Rights { get; }

    /// <summary>The fields that it sets by itself.</summary>
    internal FieldWrite[] Writes { get; }
}
