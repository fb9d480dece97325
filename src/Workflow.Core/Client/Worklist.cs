using Workflow.Core.Persistence;
using Workflow.Core.Planning;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Client;

/// <summary>The tasks of one user (statements 1.1 to 1.16). A user needs no right to the process of a task that is assigned to them (statement 9.2).</summary>
/// <example><code>
/// foreach (var item in await engine.As("ann").Worklist.ListAsync())
/// {
///     await item.ExecuteAsync("Approve");
/// }
/// </code></example>
public sealed partial class Worklist
{
    private readonly ItemCommands _commands;

    internal Worklist(ItemCommands commands) => _commands = commands;

    /// <summary>Lists the user's own tasks, those of their roles and groups, and those delegated to them. It also lists those that users who are out of office
    /// share with them. Unless asked for otherwise, it lists those that the user can open or has open (statement 1.5).</summary>
    /// <param name="query">Which ones, in which order; null for the first hundred by serial number.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>One page. It is shorter than the limit only when there are no more.</returns>
    [OperationRight(Operation.ListWorklist)]
    public ValueTask<IReadOnlyList<WorklistItem>> ListAsync(WorklistQuery? query = null, CancellationToken cancellation = default) =>
        _commands.ListAsync(query ?? new WorklistQuery(), managedUser: null, cancellation);

    /// <summary>Lists the tasks of a user who is managed by this one, as the identity store says (statement 9.5).</summary>
    /// <param name="managedUser">The name of the managed user.</param>
    /// <param name="query">Which ones, in which order; null for the first hundred by serial number.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>One page. It is shorter than the limit only when there are no more.</returns>
    /// <exception cref="NotManagedException">The identity store does not say that this user manages the other.</exception>
    [OperationRight(Operation.ListManagedWorklist)]
    public ValueTask<IReadOnlyList<WorklistItem>> ListManagedAsync(string managedUser, WorklistQuery? query = null, CancellationToken cancellation = default)
    {
        var managed = Destination.User(managedUser).Name;
        return _commands.ListAsync(query ?? new WorklistQuery(), managed, cancellation);
    }

    /// <summary>The one task that the user can open, or has open, in a process instance.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="activity">The name of the activity; null when there is only one.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The item.</returns>
    /// <exception cref="NoSingleTaskException">There is none, or more than one; the reason says why.</exception>
    [OperationRight(Operation.ListWorklist)]
    public async ValueTask<WorklistItem> SingleAsync(ProcessInstanceId processInstance, string? activity = null, CancellationToken cancellation = default)
    {
        var query = new WorklistQuery { ProcessInstance = processInstance, Activity = activity, Limit = 2 };
        var items = await ListAsync(query, cancellation).ConfigureAwait(false);
        return items.Count == 1 ? items[0] : throw await _commands.WhyNotSingleAsync(items, processInstance, activity, cancellation).ConfigureAwait(false);
    }

    /// <summary>Opens a task by its serial number, and takes a slot unless told not to (statement 1.6). It changes nothing if the user has the task open
    /// already.</summary>
    /// <param name="serial">The serial number.</param>
    /// <param name="allocate">Whether a slot is taken; without it the item is only read, and its status stays.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The item in its present state.</returns>
    /// <exception cref="WorklistItemNotFoundException">The item is not open to the user. The reason says why.</exception>
    /// <exception cref="WorklistAccessDeniedException">The task never was for the user.</exception>
    /// <exception cref="ProcessInstanceHaltedException">Its process instance is in Error or Stopped (statement 1.5).</exception>
    [OperationRight(Operation.OpenItem)]
    public ValueTask<WorklistItem> OpenAsync(SerialNumber serial, bool allocate = true, CancellationToken cancellation = default) =>
        _commands.OpenAsync(serial, ActsFor.Self, allocate, cancellation);

    /// <summary>Opens a task of a user who is out of office and shares it with this one (statements 9.4 and 9.5). This user then acts on it on behalf of the
    /// other.</summary>
    /// <param name="originalUser">The user who is out of office.</param>
    /// <param name="serial">The serial number.</param>
    /// <param name="allocate">Whether a slot is taken.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The item in its present state.</returns>
    /// <exception cref="NotSharedException">The other user is not out of office, or does not share this task with this one.</exception>
    /// <inheritdoc cref="OpenAsync" path="/exception"/>
    [OperationRight(Operation.OpenItem)]
    public ValueTask<WorklistItem> OpenSharedAsync(string originalUser, SerialNumber serial, bool allocate = true, CancellationToken cancellation = default) =>
        _commands.OpenAsync(serial, ActsFor.Absent(Destination.User(originalUser).Name), allocate, cancellation);

    /// <summary>Opens a task of a user whom this one manages (statement 9.5). This user then acts on it on behalf of the other.</summary>
    /// <param name="managedUser">The managed user.</param>
    /// <param name="serial">The serial number.</param>
    /// <param name="allocate">Whether a slot is taken.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The item in its present state.</returns>
    /// <exception cref="NotManagedException">The identity store does not say that this user manages the other.</exception>
    /// <inheritdoc cref="OpenAsync" path="/exception"/>
    [OperationRight(Operation.OpenItem)]
    public ValueTask<WorklistItem> OpenManagedAsync(string managedUser, SerialNumber serial, bool allocate = true, CancellationToken cancellation = default) =>
        _commands.OpenAsync(serial, ActsFor.Managed(Destination.User(managedUser).Name), allocate, cancellation);

    /// <summary>Takes an action on a task by its serial number, as <see cref="WorklistItem.ExecuteAsync"/> does, without listing or opening it first.</summary>
    /// <param name="serial">The serial number.</param>
    /// <param name="action">The name of the action; case counts.</param>
    /// <param name="answer">Sets data fields.</param>
    /// <param name="cancellation">Stops waiting. An admitted action continues all the same.</param>
    /// <returns>A task that ends when the process instance rests again (statement 2.11).</returns>
    /// <inheritdoc cref="WorklistItem.ExecuteAsync" path="/exception"/>
    [OperationRight(Operation.ExecuteAction)]
    public ValueTask ExecuteAsync(SerialNumber serial, string action, Action<Answer>? answer = null, CancellationToken cancellation = default) =>
        _commands.SendAsync(serial, ActsFor.Self, Answer.With(action, answer), cancellation);

    /// <summary>Takes one action on several tasks. Each task is a command of its own, and one that fails harms no other (statement 1.13).</summary>
    /// <param name="serials">The serial numbers; at most 500.</param>
    /// <param name="action">The name of the action, which must be batchable.</param>
    /// <param name="answer">Sets data fields, the same on each.</param>
    /// <param name="cancellation">Stops the batch. Once an action was taken, nothing is thrown: the results say which tasks were not tried.</param>
    /// <returns>The result for each item, in the order given.</returns>
    /// <exception cref="ArgumentException">There are more than 500 tasks. Nothing was changed.</exception>
    [OperationRight(Operation.ExecuteAction)]
    public ValueTask<IReadOnlyList<BatchResult>> ExecuteAsync(
        IReadOnlyList<SerialNumber> serials, string action, Action<Answer>? answer = null, CancellationToken cancellation = default) =>
        _commands.EachAsync(serials, _ => Answer.With(action, answer), cancellation);

    /// <summary>Sends a task back by its serial number, as <see cref="WorklistItem.SendBackAsync"/> does, without listing or opening it first.</summary>
    /// <param name="serial">The serial number.</param>
    /// <param name="activity">The name of the activity that starts, and that has run.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="expiring">The activities that end; the task's own when not said.</param>
    /// <param name="ifActive">The treatment of a target that is still active then (statement 10.10d).</param>
    /// <param name="cancellation">Stops waiting. An admitted command continues all the same.</param>
    /// <returns>A task that ends when the process instance rests again (statement 2.11).</returns>
    /// <inheritdoc cref="WorklistItem.SendBackAsync" path="/exception"/>
    [OperationRight(Operation.SendBack)]
    public ValueTask SendBackAsync(
        SerialNumber serial,
        string activity,
        string? reason = null,
        Expiring? expiring = null,
        ActiveTarget ifActive = ActiveTarget.Again,
        CancellationToken cancellation = default) =>
        _commands.SendBackAsync(serial, ActsFor.Self, activity, expiring, ifActive, reason, cancellation);

    /// <summary>Redirects several tasks to another user. Each task is a command of its own, and one that fails harms no other (statement 1.13).</summary>
    /// <param name="serials">The serial numbers; at most 500.</param>
    /// <param name="user">The name of the user who gets them.</param>
    /// <param name="cancellation">Stops the batch. Once an action was taken, nothing is thrown: the results say which tasks were not tried.</param>
    /// <returns>The result for each item, in the order given.</returns>
    /// <exception cref="ArgumentException">There are more than 500 tasks. Nothing was changed.</exception>
    [OperationRight(Operation.RedirectItem)]
    public ValueTask<IReadOnlyList<BatchResult>> RedirectAsync(IReadOnlyList<SerialNumber> serials, string user, CancellationToken cancellation = default) =>
        _commands.EachAsync(serials, _ => new TaskRequest.Redirect(Destination.User(user).Name), cancellation);

    /// <summary>Delegates several tasks. Each task is a command of its own, and one that fails harms no other (statement 1.13).</summary>
    /// <param name="serials">The serial numbers; at most 500.</param>
    /// <param name="who">The user, group or role.</param>
    /// <param name="actions">The actions that the delegate may take; none for all that this user may take.</param>
    /// <param name="cancellation">Stops the batch. Once an action was taken, nothing is thrown: the results say which tasks were not tried.</param>
    /// <returns>The result for each item, in the order given.</returns>
    /// <exception cref="ArgumentException">There are more than 500 tasks. Nothing was changed.</exception>
    [OperationRight(Operation.DelegateItem)]
    public ValueTask<IReadOnlyList<BatchResult>> DelegateAsync(
        IReadOnlyList<SerialNumber> serials, Destination who, IReadOnlyList<string>? actions = null, CancellationToken cancellation = default) =>
        _commands.EachAsync(serials, _ => new TaskRequest.Delegate(who, actions), cancellation);

    /// <summary>Puts several tasks to sleep. Each task is a command of its own, and one that fails harms no other (statement 1.13).</summary>
    /// <param name="serials">The serial numbers; at most 500.</param>
    /// <param name="duration">As for <see cref="WorklistItem.SleepAsync"/>.</param>
    /// <param name="cancellation">Stops the batch. Once an action was taken, nothing is thrown: the results say which tasks were not tried.</param>
    /// <returns>The result for each item, in the order given.</returns>
    /// <exception cref="ArgumentException">There are more than 500 tasks. Nothing was changed.</exception>
    [OperationRight(Operation.SleepItem)]
    public ValueTask<IReadOnlyList<BatchResult>> SleepAsync(IReadOnlyList<SerialNumber> serials, TimeSpan duration, CancellationToken cancellation = default) =>
        _commands.EachAsync(serials, _ => TaskRequest.Sleep.For(duration, _commands.Now), cancellation);
}
