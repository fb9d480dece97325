using Workflow.Core.Definitions;

namespace Workflow.Core.Client;

/// <summary>An action that a user may take on a worklist item (statement 2.9).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">The effect: whether it finishes the user's part, saves, goes elsewhere, passes the task on or puts it back.</param>
/// <param name="IsBatchable">Whether it may be taken without opening the item first.</param>
public readonly record struct WorklistAction(string Name, ActionKind Kind, bool IsBatchable);
