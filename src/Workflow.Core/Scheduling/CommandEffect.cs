namespace Workflow.Core.Scheduling;

/// <summary>The effect of a command that was admitted. It is stored with an idempotency key.</summary>
internal enum CommandEffect
{
    /// <summary>It was applied.</summary>
    Applied,

    /// <summary>It was stored, to be applied later (statements 7.1 and 13.1k).</summary>
    StoredForLater,

    /// <summary>Nothing waited for it (statement 13.1k).</summary>
    Dropped,
}
