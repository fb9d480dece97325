namespace Workflow.Core.Runtime;

/// <summary>Another engine on the same store has been working on the instance for longer than a command may wait (statement 14.3).
/// Nothing was changed; try again later.</summary>
public sealed class ProcessInstanceBusyException : WorkflowException
{
    internal ProcessInstanceBusyException(ProcessInstanceId processInstance, TimeSpan waited, ProcessInstanceId? caller)
        : base($"Another engine has been working on process instance {processInstance} for {waited}. "
            + (caller is { } code ? $"Code of process instance {code} waited for it. " : "")
            + "Try again later, or raise WorkflowOptions.BusyTimeout.")
    {
        Statement = "14.3";
        ProcessInstance = processInstance;
    }

    /// <summary>The process instance.</summary>
    public ProcessInstanceId ProcessInstance { get; }
}
