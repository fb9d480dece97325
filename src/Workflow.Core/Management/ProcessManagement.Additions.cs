using Workflow.Core.Client;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;
using Operation = Workflow.Core.Client.Operation;

namespace Workflow.Core.Management;

/// <content>Destinations and slots that are added.</content>
public sealed partial class ProcessManagement
{
    /// <summary>Adds users, groups or roles to an activity that is active (statement 4.16). In plan just once they share its task, and get a slot if each
    /// destination has one. In the plans per destination each gets an activity instance destination, at once or when it is their turn. Rules count them from
    /// then on.</summary>
    /// <param name="processInstance">The process instance, which is Active.</param>
    /// <param name="activity">The name of the activity.</param>
    /// <param name="destinations">The users, groups and roles; at least one. Where the activity puts the members in the place of roles, only users.</param>
    /// <param name="activityInstance">The number of the activity instance, where the activity is active more than once; null for the only one.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting. An admitted command continues all the same.</param>
    /// <returns>A task that ends when the instance rests again.</returns>
    /// <exception cref="ArgumentException">Nobody is named, or somebody who cannot be, or somebody twice.</exception>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The instance is in Error, Stopped, Completed or Deleted, or the activity is not active. Or its plan
    /// has no destinations, its task is over, somebody is a destination already, or the destination rule leaves them out (statement 4.10).</exception>
    /// <example><code>await admin.AddDestinationsAsync(id, "Review", [Destination.User("dan")], reason: "Dan knows the machine.");</code></example>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask AddDestinationsAsync(
        ProcessInstanceId processInstance,
        string activity,
        IReadOnlyList<Destination> destinations,
        int? activityInstance = null,
        string? reason = null,
        CancellationToken cancellation = default) =>
        SendAsync(processInstance, AdditionOf(activity, activityInstance, destinations), reason, cancellation);

    /// <summary>Adds slots to an activity that is active (statement 4.16). In plan per slot each is an activity instance destination, whose events begin at
    /// once. In the other plans more users can take part.</summary>
    /// <param name="processInstance">The process instance, which is Active.</param>
    /// <param name="activity">The name of the activity.</param>
    /// <param name="count">How many slots; 1 or more.</param>
    /// <param name="data">The instance data of the new slots in plan per slot, in order, where its slots have such data; null for none. Slots behind its end
    /// have none.</param>
    /// <param name="activityInstance">The number of the activity instance, where the activity is active more than once; null for the only one.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting. An admitted command continues all the same.</param>
    /// <returns>A task that ends when the instance rests again.</returns>
    /// <exception cref="ArgumentException">No slot is to be added, or there are more data than slots.</exception>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The instance is in Error, Stopped, Completed or Deleted, or the activity is not active. Or it has a
    /// slot for each destination, its task is over, or its slots have no such data.</exception>
    /// <example><code>await admin.AddSlotsAsync(id, "Pick", 1, [FieldValue.From("order 17")], reason: "It came late.");</code></example>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask AddSlotsAsync(
        ProcessInstanceId processInstance,
        string activity,
        int count,
        IReadOnlyList<FieldValue>? data = null,
        int? activityInstance = null,
        string? reason = null,
        CancellationToken cancellation = default) =>
        SendAsync(processInstance, AdditionOf(activity, activityInstance, count, data), reason, cancellation);

    /// <summary>The request to add destinations.</summary>
    /// <exception cref="ArgumentException">Nobody is named, or somebody who cannot be, or somebody twice.</exception>
    internal static ManagementRequest.AddDestinations AdditionOf(string activity, int? activityInstance, IReadOnlyList<Destination> destinations)
    {
        ArgumentNullException.ThrowIfNull(activity);
        ArgumentNullException.ThrowIfNull(destinations);
        Limits.RefuseLongList(destinations.Count, "destinations", nameof(destinations));
        List<Destination> added = [.. destinations];
        if (added.Count == 0)
        {
            throw new ArgumentException("It names nobody. Name at least one destination.", nameof(destinations));
        }

        foreach (var who in added)
        {
            Destination.RefuseUnusable(who, nameof(destinations));
        }

        return added.Distinct().Count() == added.Count
            ? new ManagementRequest.AddDestinations(new ManagementRequest.RunOfActivity(activity, activityInstance), added)
            : throw new ArgumentException("It names somebody twice. Name each destination once.", nameof(destinations));
    }

    /// <summary>The request to add slots.</summary>
    /// <exception cref="ArgumentException">No slot is to be added, or there are more data than slots.</exception>
    internal static ManagementRequest.AddSlots AdditionOf(string activity, int? activityInstance, int count, IReadOnlyList<FieldValue>? data)
    {
        ArgumentNullException.ThrowIfNull(activity);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        List<FieldValue> values = [.. data ?? []];
        return values.Count <= count
            ? new ManagementRequest.AddSlots(new ManagementRequest.RunOfActivity(activity, activityInstance), count, values)
            : throw new ArgumentException("There are more data than slots. Give at most one value for each slot.", nameof(data));
    }
}
