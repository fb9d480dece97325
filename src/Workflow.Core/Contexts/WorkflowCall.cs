namespace Workflow.Core.Contexts;

/// <summary>Tells the services of a scope for which process instance the engine made the scope (statement 13.13). Let a service name it in its constructor, for
/// example a unit of work that has to know its tenant. <c>AddWorkflowEngine</c> registers it. For other engines register it as scoped.</summary>
public sealed class WorkflowCall
{
    /// <summary>The process instance; null where the question is about none, as for a user's list. A question that a command asks about its instance, for
    /// example an action on a task, is about that instance. Where code of an instance asks for a list, it is the instance of that code.</summary>
    public ProcessInstanceId? ProcessInstance { get; private set; }

    /// <summary>The name of the process definition; null where there is no process instance.</summary>
    public string? Definition { get; private set; }

    /// <summary>The text that is attached to the process instance; null for none.</summary>
    public string? AttachedText { get; private set; }

    /// <summary>The scope is for an instance.</summary>
    internal void Begin(CalledInstance called) => (ProcessInstance, Definition, AttachedText) = (called.Id, called.Definition, called.AttachedText);
}
