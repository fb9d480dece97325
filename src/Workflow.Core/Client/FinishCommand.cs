using Workflow.Core.Instances;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Client;

/// <summary>Somebody finishes a server item. When the event's code is just being called,
/// the finish is stored at once and applied later (statement 7.1).</summary>
internal sealed class FinishCommand(AccessCheck access, SerialNumber serial, string user, IReadOnlyList<FieldChange> changes, string? answer)
    : RightCommand(access, Operation.FinishServerItem, serial.ProcessInstance)
{
    private readonly Input.FinishServerItem _input = new(serial.Destination, user, changes, answer);

    public override int FinishedDestination => serial.Destination;

    protected override PreparedInput Prepare(ProcessInstance process) => _input;
}
