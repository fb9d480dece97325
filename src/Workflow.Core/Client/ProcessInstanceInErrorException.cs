using Workflow.Core.Instances;

namespace Workflow.Core.Client;

/// <summary>A process instance is in Error and cannot be acted on (statements 7.3 and 8.1). Mend the cause, and let an administrator retry it. Nothing was
/// changed.</summary>
public sealed class ProcessInstanceInErrorException : WorkflowException
{
    internal ProcessInstanceInErrorException(ProcessInstanceId processInstance, ProcessError error)
        : base($"Process instance {processInstance} is in Error, so nobody can act on it. Mend the cause, and let an administrator "
            + $"retry it. The error is: {error.Element}: {error.Message}")
    {
        Statement = "8.6";
        ProcessInstance = processInstance;
        Error = error;
    }

    /// <summary>The process instance.</summary>
    public ProcessInstanceId ProcessInstance { get; }

    /// <summary>Why it is in Error.</summary>
    public ProcessError Error { get; }
}
