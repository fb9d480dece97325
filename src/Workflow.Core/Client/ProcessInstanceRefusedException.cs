using Workflow.Core.Definitions;

namespace Workflow.Core.Client;

/// <summary>The request does not fit the state of the process instance, or its definition (statement 8.6). For instance, an administrator retries an instance
/// that is not in Error. Nothing was changed.</summary>
public sealed class ProcessInstanceRefusedException : WorkflowException
{
    internal ProcessInstanceRefusedException(ProcessInstanceId processInstance, string? statement, string message)
        : base($"Process instance {processInstance}: {message}")
    {
        Statement = statement;
        ProcessInstance = processInstance;
    }

    /// <summary>The process instance.</summary>
    public ProcessInstanceId ProcessInstance { get; }

    /// <summary>Everything that keeps the instance from another version of its definition, each with what to do (statement 8.8). Empty where something else was
    /// refused.</summary>
    public IReadOnlyList<DefinitionProblem> Obstacles { get; internal init; } = [];
}
