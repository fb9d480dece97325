using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Client;

/// <summary>The request of an administrator on a process instance as a whole.</summary>
internal sealed class ManagementCommand(
    AccessCheck access, ProcessInstanceId processInstance, string administrator, ManagementRequest request, string? reason)
    : RightCommand(access, Operation.ManageInstance, processInstance)
{
    private ProcessDefinition? _target;

    /// <summary>The request, with what was read for it.</summary>
    public ManagementRequest Request { get; private set; } = request;

    public override bool ComesBetweenCalls => true;

    public override ProcessDefinition? Target => _target;

    /// <summary>The error that the command has left; null for none, and where the command was carried out before.</summary>
    public ProcessError? Error { get; private set; }

    public override void TakeView(ResidentInstance instance) => Error = instance.Process.Error;

    /// <summary>The instance gets another version of its definition.</summary>
    public void SetTarget(ProcessDefinition target) => _target = target;

    /// <summary>The instance is sent back to an activity that has run, or has not.</summary>
    public void SetHasRun(ManagementRequest.GoTo back, bool hasRun) => Request = back with { HasRun = hasRun };

    protected override PreparedInput Prepare(ProcessInstance process) => new Input.OfManagement(administrator, Request, reason) { Target = _target };
}
