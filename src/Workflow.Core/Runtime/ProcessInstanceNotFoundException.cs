namespace Workflow.Core.Runtime;

/// <summary>There is no process instance of the number.</summary>
public sealed class ProcessInstanceNotFoundException : WorkflowException
{
    internal ProcessInstanceNotFoundException(ProcessInstanceId processInstance)
        : base($"There is no process instance {processInstance}. Check the number, and that the engine uses the store in which the instance was started.")
        => ProcessInstance = processInstance;

    /// <summary>The process instance.</summary>
    public ProcessInstanceId ProcessInstance { get; }
}
