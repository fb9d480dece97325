using Workflow.Core.Client;
using Workflow.Core.Runtime;
using Operation = Workflow.Core.Client.Operation;

namespace Workflow.Core.Management;

/// <content>Previews of destinations and slots that are added.</content>
public sealed partial class ProcessPreview
{
    /// <summary>Previews <see cref="ProcessManagement.AddDestinationsAsync"/>.</summary>
    /// <param name="processInstance">The process instance, which is Active.</param>
    /// <param name="activity">The name of the activity.</param>
    /// <param name="destinations">The users, groups and roles; at least one. Where the activity puts the members in the place of roles, only users.</param>
    /// <param name="activityInstance">The number of the activity instance, where the activity is active more than once; null for the only one.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The effects up to the first call of code.</returns>
    /// <exception cref="ArgumentException">Nobody is named, or somebody who cannot be, or somebody twice.</exception>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The instance is in Error, Stopped, Completed or Deleted, or the activity is not active. Or its plan
    /// has no destinations, its task is over, somebody is a destination already, or the destination rule leaves them out (statement 4.10).</exception>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask<ManagementEffects> AddDestinationsAsync(
        ProcessInstanceId processInstance,
        string activity,
        IReadOnlyList<Destination> destinations,
        int? activityInstance = null,
        string? reason = null,
        CancellationToken cancellation = default) =>
        RehearseAsync(processInstance, ProcessManagement.AdditionOf(activity, activityInstance, destinations), reason, cancellation);

    /// <summary>Previews <see cref="ProcessManagement.AddSlotsAsync"/>.</summary>
    /// <param name="processInstance">The process instance, which is Active.</param>
    /// <param name="activity">The name of the activity.</param>
    /// <param name="count">How many slots; 1 or more.</param>
    /// <param name="data">The instance data of the new slots in plan per slot, in order, where its slots have such data; null for none. Slots behind its end
    /// have none.</param>
    /// <param name="activityInstance">The number of the activity instance, where the activity is active more than once; null for the only one.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The effects up to the first call of code.</returns>
    /// <exception cref="ArgumentException">No slot is to be added, or there are more data than slots.</exception>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The instance is in Error, Stopped, Completed or Deleted, or the activity is not active. Or it has a
    /// slot for each destination, its task is over, or its slots have no such data.</exception>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask<ManagementEffects> AddSlotsAsync(
        ProcessInstanceId processInstance,
        string activity,
        int count,
        IReadOnlyList<FieldValue>? data = null,
        int? activityInstance = null,
        string? reason = null,
        CancellationToken cancellation = default) =>
        RehearseAsync(processInstance, ProcessManagement.AdditionOf(activity, activityInstance, count, data), reason, cancellation);
}
