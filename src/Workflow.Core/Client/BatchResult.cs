namespace Workflow.Core.Client;

/// <summary>The result for one item of a batch (statement 1.13).</summary>
/// <param name="Serial">The serial number of the item.</param>
/// <param name="Error">Why the action was not taken on it; null when it was. Once a task of the batch is stored, the batch no longer throws. So it may also be
/// an exception of the store, or an <see cref="OperationCanceledException"/>. Then the tasks after it have a <see cref="BatchStoppedException"/>. With a
/// <see cref="Runtime.CommandPartlyStoredException"/> the action was taken (statement 14.7d).</param>
public readonly record struct BatchResult(SerialNumber Serial, Exception? Error)
{
    /// <summary>Whether the action was taken.</summary>
    public bool IsDone => Error is null;
}
