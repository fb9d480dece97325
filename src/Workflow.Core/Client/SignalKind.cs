namespace Workflow.Core.Client;

/// <summary>The way of a signal for which nothing waits (statement 13.1k).</summary>
public enum SignalKind
{
    /// <summary>It is dropped.</summary>
    Transient = 1,

    /// <summary>The instance keeps it for the first event that begins to wait for it.</summary>
    Kept = 2,
}
