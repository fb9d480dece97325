using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;
using Operation = Workflow.Core.Client.Operation;

namespace Workflow.Core.Management;

/// <content>Previews of a change of the version, and of sending back.</content>
public sealed partial class ProcessPreview
{
    /// <summary>Previews <see cref="ProcessManagement.MigrateAsync"/>. <see cref="ProcessManagement.Migration"/> previews many at once, and names the
    /// escalations that would not be armed.</summary>
    /// <param name="processInstance">The process instance, which is Active, in Error or Stopped.</param>
    /// <param name="toVersion">The version, which this host has deployed.</param>
    /// <param name="renames">The elements whose name has changed; null for none.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The effects; none when the instance is on the version already.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessDefinitionNotFoundException">This host has not deployed the version, or the one on which the instance is.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The instance is Completed or Deleted. Or the version lacks elements, which
    /// <see cref="ProcessInstanceRefusedException.Obstacles"/> names.</exception>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask<ManagementEffects> MigrateAsync(
        ProcessInstanceId processInstance, int toVersion, Renames? renames = null, string? reason = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(toVersion);
        return RehearseAsync(processInstance, new ManagementRequest.ToVersion(toVersion, renames ?? Renames.None), reason, cancellation);
    }

    /// <summary>Previews sending an instance back to an activity that has run (statement 13.11).</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="activity">The name of the activity that starts, and that has run.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="expiring">The activities that end; everything when not said.</param>
    /// <param name="ifActive">The treatment of a target that is still active then (statement 10.10d).</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The effects up to the first call of code.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ArgumentException">The scope is the own activity, which an instance does not have.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The activity has not run, or a goto is refused.</exception>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask<ManagementEffects> SendBackAsync(
        ProcessInstanceId processInstance,
        string activity,
        string? reason = null,
        Expiring? expiring = null,
        ActiveTarget ifActive = ActiveTarget.Again,
        CancellationToken cancellation = default) =>
        RehearseAsync(processInstance, ProcessManagement.GotoOf(activity, expiring, ifActive) with { IsSentBack = true }, reason, cancellation);

    /// <summary>Previews sending a task or a server item back to an activity that has run (statement 13.11).</summary>
    /// <param name="serial">The serial number of the task or server item, which is open.</param>
    /// <param name="activity">The name of the activity that starts, and that has run.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="expiring">The activities that end; the one of the task or server item when not said.</param>
    /// <param name="ifActive">The treatment of a target that is still active then (statement 10.10d).</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The effects up to the first call of code.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The activity has not run, or a goto is refused.</exception>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask<ManagementEffects> SendBackAsync(
        SerialNumber serial,
        string activity,
        string? reason = null,
        Expiring? expiring = null,
        ActiveTarget ifActive = ActiveTarget.Again,
        CancellationToken cancellation = default) => RehearseAsync(
        serial.ProcessInstance, ProcessManagement.GotoOf(serial, activity, expiring, ifActive) with { IsSentBack = true }, reason, cancellation);
}
