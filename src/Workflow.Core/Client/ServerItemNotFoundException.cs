namespace Workflow.Core.Client;

/// <summary>No server item is or was open under a serial number.</summary>
public sealed class ServerItemNotFoundException : WorkflowException
{
    internal ServerItemNotFoundException(SerialNumber serial)
        : base($"There is no server item {serial}. Check the serial number, or find the waiting items with FindServerItemsAsync.")
    {
        Statement = "7.2";
        Serial = serial;
    }

    /// <summary>The serial number.</summary>
    public SerialNumber Serial { get; }
}
