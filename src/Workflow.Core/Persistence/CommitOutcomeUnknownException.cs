namespace Workflow.Core.Persistence;

/// <summary>The connection broke while a commit was under way, and the database could not be asked within the time allowed whether it is stored. Read the
/// instance before you repeat the command, or repeat it with the same idempotency key (statement 13.7).</summary>
public sealed class CommitOutcomeUnknownException : WorkflowException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="innerException">The exception that broke the commit.</param>
    public CommitOutcomeUnknownException(ProcessInstanceId processInstance, Exception innerException)
        : base(
            $"The database stopped answering while process instance {processInstance} was being committed, and could not be asked whether the commit is "
                + $"stored. Read the instance before you repeat the command, or repeat it with the same idempotency key.",
            innerException)
    {
        Statement = "13.7";
        ProcessInstance = processInstance;
    }

    /// <summary>The process instance.</summary>
    public ProcessInstanceId ProcessInstance { get; }
}
