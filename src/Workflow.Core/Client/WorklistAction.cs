using Workflow.Core.Definitions;

namespace Workflow.Core.Client;

/// <summary>An action that a user may take on a worklist item (statement 2.9).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">The effect: whether it finishes the user's part, saves, goes elsewhere, passes the task on or puts it back.</param>
/// <param name="IsBatchable">Whether it may be taken without opening the item first.</param>
public readonly record struct WorklistAction(string Name, ActionKind Kind, bool IsBatchable)
{
    /// <summary>The data fields that it asks for, in the order of the form, with the values that they hold (statement 2.1).</summary>
    public IReadOnlyList<ActionField> Fields { get => field ?? []; init; }

    /// <summary>Whether both are the same action, with the same fields and values.</summary>
    /// <param name="other">The other action.</param>
    /// <returns>Whether they are alike.</returns>
    public bool Equals(WorklistAction other) =>
        Name == other.Name && Kind == other.Kind && IsBatchable == other.IsBatchable && Fields.SequenceEqual(other.Fields);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Kind, IsBatchable, Fields.Count);
}
