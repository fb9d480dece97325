using Workflow.Core.Persistence;
using Workflow.Core.Planning;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Client;

/// <content>One task by its serial number, without listing or opening it first, and lists that are read page after page.</content>
public sealed partial class Worklist
{
    /// <summary>Lists all tasks, as <see cref="ListAsync"/> does, page after page.</summary>
    /// <param name="query">Which ones, in which order; null for all by serial number. Its limit is the size of a page.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The tasks. Each page is read when it is needed, so what changes meanwhile may be missed.</returns>
    [OperationRight(Operation.ListWorklist)]
    public IAsyncEnumerable<WorklistItem> ListAllAsync(WorklistQuery? query = null, CancellationToken cancellation = default)
    {
        query ??= new WorklistQuery();
        WorkflowConnection.RefusePage(query.Limit, nameof(query));
        return _commands.AllAsync(query, ListAsync, Behind, cancellation);
    }

    /// <summary>Lists all tasks of a managed user, as <see cref="ListManagedAsync"/> does, page after page.</summary>
    /// <param name="managedUser">The name of the managed user.</param>
    /// <param name="query">Which ones, in which order; null for all by serial number. Its limit is the size of a page.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The tasks. Each page is read when it is needed, so what changes meanwhile may be missed.</returns>
    /// <inheritdoc cref="ListManagedAsync" path="/exception"/>
    [OperationRight(Operation.ListManagedWorklist)]
    public IAsyncEnumerable<WorklistItem> ListAllManagedAsync(
        string managedUser, WorklistQuery? query = null, CancellationToken cancellation = default)
    {
        query ??= new WorklistQuery();
        WorkflowConnection.RefusePage(query.Limit, nameof(query));
        var managed = Destination.User(managedUser).Name;
        return _commands.AllAsync(query, (page, token) => _commands.ListAsync(page, managed, token), Behind, cancellation);
    }

    /// <summary>Gives the slot of a task back, as <see cref="WorklistItem.ReleaseAsync"/> does.</summary>
    /// <param name="serial">The serial number.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>A task that ends when it is done.</returns>
    /// <inheritdoc cref="WorklistItem.ReleaseAsync" path="/exception"/>
    [OperationRight(Operation.ReleaseItem)]
    public ValueTask ReleaseAsync(SerialNumber serial, CancellationToken cancellation = default) =>
        _commands.SendAsync(serial, ActsFor.Self, new TaskRequest.Release(), cancellation);

    /// <summary>Gives a task to another user, as <see cref="WorklistItem.RedirectAsync"/> does.</summary>
    /// <param name="serial">The serial number.</param>
    /// <param name="user">The name of the other user; a role or group cannot get it.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>A task that ends when it is done.</returns>
    /// <inheritdoc cref="WorklistItem.RedirectAsync" path="/exception"/>
    [OperationRight(Operation.RedirectItem)]
    public ValueTask RedirectAsync(SerialNumber serial, string user, CancellationToken cancellation = default) =>
        _commands.SendAsync(serial, ActsFor.Self, new TaskRequest.Redirect(Destination.User(user).Name), cancellation);

    /// <summary>Lets others act on a task on this user's behalf, as <see cref="WorklistItem.DelegateAsync"/> does.</summary>
    /// <param name="serial">The serial number.</param>
    /// <param name="who">A user, group or role.</param>
    /// <param name="actions">The actions that the delegate may take; none for all that this user may take.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>A task that ends when it is done.</returns>
    /// <inheritdoc cref="WorklistItem.DelegateAsync" path="/exception"/>
    [OperationRight(Operation.DelegateItem)]
    public ValueTask DelegateAsync(
        SerialNumber serial, Destination who, IReadOnlyList<string>? actions = null, CancellationToken cancellation = default) =>
        _commands.SendAsync(serial, ActsFor.Self, new TaskRequest.Delegate(who, actions), cancellation);

    /// <summary>Takes a delegation of a task back, as <see cref="WorklistItem.UndelegateAsync"/> does.</summary>
    /// <param name="serial">The serial number.</param>
    /// <param name="who">The user, group or role to whom it was delegated.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>A task that ends when it is done.</returns>
    /// <inheritdoc cref="WorklistItem.UndelegateAsync" path="/exception"/>
    [OperationRight(Operation.DelegateItem)]
    public ValueTask UndelegateAsync(SerialNumber serial, Destination who, CancellationToken cancellation = default) =>
        _commands.SendAsync(serial, ActsFor.Self, new TaskRequest.Undelegate(who), cancellation);

    /// <summary>Puts a task to sleep, as <see cref="WorklistItem.SleepAsync"/> does.</summary>
    /// <param name="serial">The serial number.</param>
    /// <param name="duration">How long; zero until it is woken; less than zero wakes it.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>A task that ends when it is done.</returns>
    /// <inheritdoc cref="WorklistItem.SleepAsync" path="/exception"/>
    [OperationRight(Operation.SleepItem)]
    public ValueTask SleepAsync(SerialNumber serial, TimeSpan duration, CancellationToken cancellation = default) =>
        _commands.SendAsync(serial, ActsFor.Self, TaskRequest.Sleep.For(duration, _commands.Now), cancellation);

    /// <summary>Puts a task to sleep until an instant, as <see cref="WorklistItem.SleepUntilAsync"/> does.</summary>
    /// <param name="serial">The serial number.</param>
    /// <param name="until">When it wakes; in the future.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>A task that ends when it is done.</returns>
    /// <inheritdoc cref="WorklistItem.SleepUntilAsync" path="/exception"/>
    [OperationRight(Operation.SleepItem)]
    public ValueTask SleepUntilAsync(SerialNumber serial, DateTimeOffset until, CancellationToken cancellation = default) =>
        _commands.SendAsync(serial, ActsFor.Self, new TaskRequest.Sleep(until.ToUniversalTime()), cancellation);

    /// <summary>Wakes a task, as <see cref="WorklistItem.WakeAsync"/> does.</summary>
    /// <param name="serial">The serial number.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>A task that ends when it is done.</returns>
    /// <inheritdoc cref="WorklistItem.WakeAsync" path="/exception"/>
    [OperationRight(Operation.SleepItem)]
    public ValueTask WakeAsync(SerialNumber serial, CancellationToken cancellation = default) =>
        _commands.SendAsync(serial, ActsFor.Self, new TaskRequest.Wake(), cancellation);

    /// <summary>A task that the user sees twice counts once (statement 9.4).</summary>
    private static WorklistQuery? Behind(WorklistQuery query, IReadOnlyList<WorklistItem> page) =>
        page.DistinctBy(item => item.Serial).Count() < query.Limit ? null : query with { After = page[^1].Serial };
}
