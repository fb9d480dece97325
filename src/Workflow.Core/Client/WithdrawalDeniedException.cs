namespace Workflow.Core.Client;

/// <summary>A user withdraws an instance that somebody else has started. Nothing was changed (statement 13.11).</summary>
public sealed class WithdrawalDeniedException : WorkflowException
{
    internal WithdrawalDeniedException(string user, ProcessInstanceId processInstance)
        : base(
            $"'{user}' may not withdraw process instance {processInstance}: only its originator may. An administrator can let it go elsewhere, or delete "
            + "it.")
    {
        Statement = "13.11";
        User = user;
        ProcessInstance = processInstance;
    }

    /// <summary>The user.</summary>
    public string User { get; }

    /// <summary>The process instance.</summary>
    public ProcessInstanceId ProcessInstance { get; }
}
