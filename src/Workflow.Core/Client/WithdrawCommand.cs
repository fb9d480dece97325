using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Client;

/// <summary>The originator of an instance withdraws it.</summary>
internal sealed class WithdrawCommand(ProcessInstanceId processInstance, string user, string? reason) : Command(processInstance)
{
    private readonly Input.Withdrawn _input = new(user, reason);

    public override PreparedInput Prepare(ProcessInstance process, ProcessDefinition definition) => Names.Same(process.Originator, user)
        ? _input
        : new Refusal(RefusalKind.Denied, new WithdrawalDeniedException(user, process.Id));
}
