using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>A timer is due.</summary>
/// <param name="timer">The timer.</param>
/// <param name="foundAt">When it was found to be due.</param>
internal sealed class TimerCommand(ProcessTimer timer, DateTimeOffset foundAt) : Command(timer.ProcessInstance)
{
    /// <exception cref="StoredFormatException">A newer version of the library has armed it.</exception>
    public override PreparedInput Prepare(ProcessInstance process, ProcessDefinition definition) => Enum.IsDefined(timer.Kind)
        ? new Input.TimerDue(timer, foundAt)
        : throw new StoredFormatException(
            $"Timer {timer.Number.Invariant()} of process instance {process.Id} cannot be fired: it is of kind {((int)timer.Kind).Invariant()}, "
            + "which this library does not know. Use the version of the library that armed it, or a newer one. It was left as it is.",
            isFromNewerVersion: true);
}
