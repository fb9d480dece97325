namespace Workflow.Core.Runtime;

/// <summary>Code of a server event or of the resolver asked the engine to act on an instance that waits for this code. That is its own process instance, or one
/// whose code waits for it. It would have waited for itself, so nothing was done (statements 14.3 and 14.7b).</summary>
public sealed class WorkflowReentrancyException : WorkflowException
{
    internal WorkflowReentrancyException(ProcessInstanceId processInstance)
        : base($"Code that was called for process instance {processInstance} asked the engine to act on the same instance, and would wait for itself. "
            + "A resolver must not act on the instance that asks it. In the code of a server event, ask through the event's context instead: "
            + "read and write data fields with Get and Set, and call WaitUntilFinished to be finished from outside later.")
    {
        Statement = "14.3";
        ProcessInstance = processInstance;
    }

    internal WorkflowReentrancyException(ProcessInstanceId processInstance, IReadOnlyList<ProcessInstanceId> chain)
        : base($"Code of process instance {processInstance} asked the engine to act on process instance {chain[0]}, and would wait for itself: {Chain(chain)}. "
            + "Nothing was done. Let process instances wait for each other with WaitUntilFinished, and not in code.")
    {
        Statement = "14.7b";
        ProcessInstance = processInstance;
    }

    /// <summary>The process instance whose code asked.</summary>
    public ProcessInstanceId ProcessInstance { get; }

    private static string Chain(IReadOnlyList<ProcessInstanceId> chain) => string.Join(
        ", and ", Enumerable.Range(0, chain.Count - 1).Select(index => $"the code of {chain[index]} waits for {chain[index + 1]}"));
}
