using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;
using Operation = Workflow.Core.Client.Operation;

namespace Workflow.Core.Management;

/// <summary>The administrators' commands on process instances, on a copy: they tell what would happen and change nothing (statement 13.9). Each needs the same
/// right, and is refused with the same exceptions, as the command of <see cref="ProcessManagement"/>. An idempotency key is not looked at.</summary>
/// <remarks>The copy is made of what is stored. A preview waits for nobody, so it does not know the result of code that runs
/// (<see cref="ManagementEffects.RunningCall"/>). It asks rules, the resolver and the source of working hours as the command would. No other code of the host
/// is called.</remarks>
/// <example><code>var effects = await engine.As("boss").ManageProcesses().Preview.GoToAsync(id, "Rework");</code></example>
public sealed partial class ProcessPreview
{
    private readonly ManagementCommands _commands;

    internal ProcessPreview(ManagementCommands commands) => _commands = commands;

    /// <summary>Previews <see cref="ProcessManagement.RetryAsync(ProcessInstanceId, Instances.ProcessError, string, CancellationToken)"/>.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="error">The error that is meant; null for the present one (statement 8.2c).</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The effects up to the first call of code.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The instance is not in Error, or it has another error.</exception>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask<ManagementEffects> RetryAsync(
        ProcessInstanceId processInstance, ProcessError? error = null, string? reason = null, CancellationToken cancellation = default) =>
        RehearseAsync(processInstance, new ManagementRequest.Retry(error), reason, cancellation);

    /// <summary>Previews <see cref="ProcessManagement.SkipAsync"/>.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="error">The error that is meant; null for the present one (statement 8.2c).</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The effects up to the first call of code.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The instance is not in Error, or it has another error. Or what has failed cannot be
    /// skipped.</exception>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask<ManagementEffects> SkipAsync(
        ProcessInstanceId processInstance, ProcessError? error = null, string? reason = null, CancellationToken cancellation = default) =>
        RehearseAsync(processInstance, new ManagementRequest.Skip(error), reason, cancellation);

    /// <summary>Previews a goto of an instance to an activity (statement 8.9).</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="activity">The name of the activity that starts.</param>
    /// <param name="expiring">The activities that end; everything when not said.</param>
    /// <param name="ifActive">The treatment of a target that is still active then (statement 10.10d).</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The effects up to the first call of code.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ArgumentException">The scope is the own activity, which an instance does not have.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The definition has no such activity, or the instance is Completed or Deleted, or has not begun. Or the
    /// target is still active, and <paramref name="ifActive"/> refuses that.</exception>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask<ManagementEffects> GoToAsync(
        ProcessInstanceId processInstance,
        string activity,
        Expiring? expiring = null,
        ActiveTarget ifActive = ActiveTarget.Again,
        string? reason = null,
        CancellationToken cancellation = default) =>
        RehearseAsync(processInstance, ProcessManagement.GotoOf(activity, expiring, ifActive), reason, cancellation);

    /// <summary>Previews a goto from a task or a server item (statement 2.12).</summary>
    /// <param name="serial">The serial number of the task or server item, which is open.</param>
    /// <param name="activity">The name of the activity that starts.</param>
    /// <param name="expiring">The activities that end; the one of the task or server item when not said.</param>
    /// <param name="ifActive">The treatment of a target that is still active then (statement 10.10d).</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The effects up to the first call of code.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessInstanceRefusedException">Nothing is open under the serial number, the definition has no such activity, or the instance is
    /// Completed or Deleted. Or the target is still active, and <paramref name="ifActive"/> refuses that.</exception>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask<ManagementEffects> GoToAsync(
        SerialNumber serial,
        string activity,
        Expiring? expiring = null,
        ActiveTarget ifActive = ActiveTarget.Again,
        string? reason = null,
        CancellationToken cancellation = default) =>
        RehearseAsync(serial.ProcessInstance, ProcessManagement.GotoOf(serial, activity, expiring, ifActive), reason, cancellation);

    /// <summary>Previews <see cref="ProcessManagement.ExpireEventAsync"/>.</summary>
    /// <param name="serial">The serial number of the task or server item, which is open.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The effects up to the first call of code.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessInstanceRefusedException">Nothing is open under the serial number, or the instance is Completed, Deleted, Stopped or in
    /// Error.</exception>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask<ManagementEffects> ExpireEventAsync(SerialNumber serial, string? reason = null, CancellationToken cancellation = default) =>
        RehearseAsync(serial.ProcessInstance, new ManagementRequest.ExpireEvent(serial.Destination), reason, cancellation);

    /// <summary>Previews <see cref="ProcessManagement.ExpireActivityAsync"/>.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="activity">The name of the activity.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The effects up to the first call of code.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The activity does not exist or is not active, or the instance is Completed, Deleted, Stopped or in
    /// Error.</exception>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask<ManagementEffects> ExpireActivityAsync(
        ProcessInstanceId processInstance, string activity, string? reason = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return RehearseAsync(processInstance, new ManagementRequest.ExpireActivity(activity), reason, cancellation);
    }

    /// <summary>Previews <see cref="ProcessManagement.StopAsync"/>.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The effects.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The instance is in Error, Stopped, Completed or Deleted.</exception>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask<ManagementEffects> StopAsync(ProcessInstanceId processInstance, string? reason = null, CancellationToken cancellation = default) =>
        RehearseAsync(processInstance, new ManagementRequest.Stop(), reason, cancellation);

    /// <summary>Previews <see cref="ProcessManagement.ResumeAsync"/>.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The effects up to the first call of code. Escalations that are overdue fire soon after the command, and are not among them.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The instance is not Stopped.</exception>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask<ManagementEffects> ResumeAsync(ProcessInstanceId processInstance, string? reason = null, CancellationToken cancellation = default) =>
        RehearseAsync(processInstance, new ManagementRequest.Resume(), reason, cancellation);

    /// <summary>Previews <see cref="ProcessManagement.DeleteAsync"/>, or <see cref="ProcessManagement.DeleteWithHistoryAsync"/> before it removes the
    /// history.</summary>
    /// <param name="processInstance">The process instance, which may be Completed.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The effects.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The instance is Deleted already.</exception>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask<ManagementEffects> DeleteAsync(ProcessInstanceId processInstance, string? reason = null, CancellationToken cancellation = default) =>
        RehearseAsync(processInstance, new ManagementRequest.Delete(IsHistoryRemoved: false), reason, cancellation);

    private async ValueTask<ManagementEffects> RehearseAsync(
        ProcessInstanceId processInstance, ManagementRequest request, string? reason, CancellationToken cancellation) =>
        ManagementEffects.Of(await _commands.RehearseAsync(processInstance, request, reason, cancellation).ConfigureAwait(false));
}
