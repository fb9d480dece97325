using Workflow.Core.Instances;
using Workflow.Core.Planning;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Client;

/// <summary>The request of an administrator on a task. Where only the roles of the user who gets it tell whether the destination rule leaves them out
/// (statement 4.10), these are asked first.</summary>
internal sealed class AdministratorCommand(
    AccessCheck access, Representation representation, SerialNumber serial, string administrator, AdministratorRequest request, string? reason)
    : RightCommand(access, Operation.AdministerItem, serial.ProcessInstance)
{
    private IReadOnlyList<Destination>? _membershipsOfReceiver;

    protected override PreparedInput Prepare(ProcessInstance process) =>
        request.Receiver is { } receiver
        && _membershipsOfReceiver is null
        && process.FindDestination(serial.Destination) is { } destination
        && ExclusionCheck.IsByRole(destination.Activity, receiver)
            ? AskFirst(process)
            : new Input.OfAdministrator(serial.Destination, administrator, request, _membershipsOfReceiver, reason);

    protected override async ValueTask AskMoreAsync(CancellationToken cancellation)
    {
        var receiver = request.Receiver!;
        var known = await representation.MembershipsAsync([receiver], known: null, cancellation).ConfigureAwait(false);
        _membershipsOfReceiver = known[receiver];
    }
}
