namespace Workflow.Core.Runtime;

/// <summary>The code of a server event asked the engine to act on the process instance that the code belongs to. It would have waited for itself
/// (statement 14.3).</summary>
public sealed class WorkflowReentrancyException : WorkflowException
{
    internal WorkflowReentrancyException(ProcessInstanceId processInstance)
        : base($"The code of a server event of process instance {processInstance} asked the engine to act on the same instance, and would wait for itself (statement 14.3). "
            + "Ask through the event's context instead: read and write data fields with Get and Set, and call WaitUntilFinished to be finished from outside later.")
        => ProcessInstance = processInstance;

    /// <summary>The process instance.</summary>
    public ProcessInstanceId ProcessInstance { get; }
}
