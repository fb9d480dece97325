namespace Workflow.Core.Client;

/// <summary>What became of one item of a batch (statement 1.13).</summary>
/// <param name="Serial">The serial number of the item.</param>
/// <param name="Error">Why the action was not taken on it; null when it was.</param>
public readonly record struct BatchResult(SerialNumber Serial, WorkflowException? Error)
{
    /// <summary>Whether the action was taken.</summary>
    public bool IsDone => Error is null;
}
