using Workflow.Core.Scheduling;

namespace Workflow.Core.Client;

/// <summary>Makes the exception of a refusal that concerns a process instance as a whole.</summary>
internal static class Refusals
{
    public static WorkflowException ExceptionOf(Refusal refusal, ProcessInstanceId processInstance) => refusal.Kind is RefusalKind.Halted
        ? new ProcessInstanceHaltedException(processInstance, refusal.Error)
        : refusal.Exception ?? new ProcessInstanceRefusedException(processInstance, refusal.Statement, refusal.Message!) { Obstacles = refusal.Obstacles };
}
