using Workflow.Core.Client;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;
using Operation = Workflow.Core.Client.Operation;

namespace Workflow.Core.Management;

/// <summary>The administrators' commands on the tasks of others, on a copy of the process instance: they tell what would happen and change nothing (statement
/// 13.9). Each needs the same right, and is refused with the same exceptions, as the command of <see cref="WorklistManagement"/>.</summary>
public sealed class WorklistPreview
{
    private readonly ItemCommands _commands;

    internal WorklistPreview(ItemCommands commands) => _commands = commands;

    /// <summary>Previews <see cref="WorklistManagement.RedirectAsync"/>.</summary>
    /// <param name="serial">The serial number.</param>
    /// <param name="from">The user, group or role that is a destination of the task and gives the item up.</param>
    /// <param name="user">The name of the user who gets it.</param>
    /// <param name="keepOpen">Whether an open item stays open, for the new user and with its slot.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The effects. Where code of an escalation comes first that has fired, they have its call and nothing else.</returns>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="WorklistItemNotFoundException">There is no such task, or it has ended.</exception>
    /// <exception cref="WorklistItemRefusedException">The item is not one of <paramref name="from"/>, whose part must not be done, or the new user has it
    /// already.</exception>
    /// <exception cref="ProcessInstanceHaltedException">The process instance is in Error or Stopped.</exception>
    [OperationRight(Operation.AdministerItem)]
    public async ValueTask<ManagementEffects> RedirectAsync(
        SerialNumber serial, Destination from, string user, bool keepOpen = false, CancellationToken cancellation = default) =>
        ManagementEffects.Of(await RehearseAsync(serial, new AdministratorRequest.Redirect(from, user, keepOpen), cancellation).ConfigureAwait(false));

    /// <summary>Previews <see cref="WorklistManagement.ReleaseAsync"/>.</summary>
    /// <param name="serial">The serial number.</param>
    /// <param name="user">The name of the user who has the item open.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The effects. Where code of an escalation comes first that has fired, they have its call and nothing else.</returns>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="WorklistItemNotFoundException">There is no such task, or it has ended.</exception>
    /// <exception cref="WorklistItemRefusedException">The item is not open.</exception>
    /// <exception cref="ProcessInstanceHaltedException">The process instance is in Error or Stopped.</exception>
    [OperationRight(Operation.AdministerItem)]
    public async ValueTask<ManagementEffects> ReleaseAsync(SerialNumber serial, string user, CancellationToken cancellation = default) =>
        ManagementEffects.Of(await RehearseAsync(serial, new AdministratorRequest.Release(user), cancellation).ConfigureAwait(false));

    /// <summary>Previews <see cref="WorklistManagement.SetActionRightAsync"/>.</summary>
    /// <param name="serial">The serial number.</param>
    /// <param name="action">The name of the action.</param>
    /// <param name="who">The user, group or role.</param>
    /// <param name="isAllowed">True allows it; false denies it; null takes the entry back.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The effects. Where code of an escalation comes first that has fired, they have its call and nothing else.</returns>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="WorklistItemNotFoundException">There is no such task, or it has ended.</exception>
    /// <exception cref="ActionNotAllowedException">The task does not offer the action.</exception>
    /// <exception cref="ProcessInstanceHaltedException">The process instance is in Error or Stopped.</exception>
    [OperationRight(Operation.AdministerItem)]
    public async ValueTask<ManagementEffects> SetActionRightAsync(
        SerialNumber serial, string action, Destination who, bool? isAllowed, CancellationToken cancellation = default) =>
        ManagementEffects.Of(await RehearseAsync(serial, new AdministratorRequest.SetActionRight(action, who, isAllowed), cancellation).ConfigureAwait(false));

    private ValueTask<Rehearsed> RehearseAsync(SerialNumber serial, AdministratorRequest request, CancellationToken cancellation) =>
        _commands.RehearseAsync(serial, request, cancellation);
}
