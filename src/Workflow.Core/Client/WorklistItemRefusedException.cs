namespace Workflow.Core.Client;

/// <summary>The request does not fit the state of the worklist item (statements 1.9 to 1.13). For instance, a user releases an item that is not open. Nothing
/// was changed.</summary>
public sealed class WorklistItemRefusedException : WorkflowException
{
    internal WorklistItemRefusedException(SerialNumber serial, string? statement, string message)
        : base($"Worklist item {serial}: {message}")
    {
        Statement = statement;
        Serial = serial;
    }

    /// <summary>The serial number.</summary>
    public SerialNumber Serial { get; }
}
