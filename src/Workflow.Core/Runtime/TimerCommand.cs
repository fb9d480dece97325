using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>A timer is due.</summary>
internal sealed class TimerCommand(ProcessTimer timer) : Command(timer.ProcessInstance)
{
    public override Admittance Prepare(ProcessInstance process, ProcessDefinition definition) => new Input.TimerDue(timer);
}
