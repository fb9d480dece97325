namespace Workflow.Core.Client;

/// <summary>The result of a signal that was accepted (statement 13.1k). The history tells it too.</summary>
public enum SignalReceipt
{
    /// <summary>It has finished at least one event that waited for it.</summary>
    Received = 1,

    /// <summary>Nothing waited for it. The instance keeps it for the first event that begins to wait for it.</summary>
    Kept = 2,

    /// <summary>Nothing waited for it, and it is lost.</summary>
    Dropped = 3,
}
