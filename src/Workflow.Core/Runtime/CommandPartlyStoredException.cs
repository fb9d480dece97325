namespace Workflow.Core.Runtime;

/// <summary>A command was executed and stored, but a later step of it could not be stored or reported (statement 14.7d). The stored command remains in effect.
/// Do not repeat it, unless under the same idempotency key. The engine continues from there by itself, as after the end of a host.</summary>
/// <remarks>The inner exception says what failed. The store is full, locked or cut off, or the outcome of a commit is unknown. Or another engine has taken the
/// instance over because this one could not renew its lease. A repetition under the same idempotency key changes nothing, and gets the answer of the first
/// command (statement 13.7).</remarks>
public sealed class CommandPartlyStoredException : WorkflowException
{
    internal CommandPartlyStoredException(ProcessInstanceId processInstance, string open, string next, Exception innerException)
        : base($"The command on process instance {processInstance} was executed and stored, and remains in effect. {open} {next}.", innerException)
    {
        Statement = "14.7d";
        ProcessInstance = processInstance;
    }

    /// <summary>The process instance: of a start, the one that was started.</summary>
    public ProcessInstanceId ProcessInstance { get; }
}
