using Workflow.Core.Instances;

namespace Workflow.Core.Contexts;

/// <summary>Tells the services of a scope for which process instance the engine made the scope (statement 13.13). Let a service name it in its constructor, for
/// example a unit of work that has to know its tenant. <c>AddWorkflowEngine</c> registers it. For other engines register it as scoped.</summary>
public sealed class WorkflowCall
{
    /// <summary>The process instance; null where the question is about none, or the command of a user asks it. Where code of an instance gives the command, it
    /// is the instance of that code.</summary>
    public ProcessInstanceId? ProcessInstance { get; private set; }

    /// <summary>The name of the process definition; null where there is no process instance.</summary>
    public string? Definition { get; private set; }

    /// <summary>The text that is attached to the process instance; null for none.</summary>
    public string? AttachedText { get; private set; }

    /// <summary>The scope is for an instance.</summary>
    internal void Begin(ProcessInstance process) => (ProcessInstance, Definition, AttachedText) = (process.Id, process.Definition, process.AttachedText);
}
