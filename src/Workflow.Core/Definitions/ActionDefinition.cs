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

    /// <summary>The name; unique within the event. Taking the action writes it to the slot's field <c>Action Result</c> (statement 2.2).</summary>
    public string Name { get; }

    /// <summary>Whether it completes the slot.</summary>
    public ActionKind Kind { get; }

    /// <summary>Whether it may be taken without opening the item first (statement 1.13).</summary>
    public bool IsBatchable { get; }

    /// <summary>The users, groups and roles that may take it (statement 2.9).</summary>
    public ActionRights Rights { get; }

    /// <summary>The fields that it sets by itself.</summary>
    internal FieldWrite[] Writes { get; }
}
