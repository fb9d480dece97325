using Workflow.Core.Instances;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Client;

/// <summary>Somebody sends a signal to an instance (statement 13.1k).</summary>
internal sealed class SignalCommand(AccessCheck access, ProcessInstanceId processInstance, KeptSignal signal, SignalKind kind)
    : RightCommand(access, Operation.SendSignal, processInstance)
{
    private readonly Input.Signalled _input = new(signal, kind is SignalKind.Kept);

    protected override PreparedInput Prepare(ProcessInstance process) => _input;
}
