using Workflow.Core.Client;
using Workflow.Core.Persistence;
using Workflow.Core.Scheduling;
using Operation = Workflow.Core.Client.Operation;

namespace Workflow.Core.Management;

/// <summary>The administrators' commands on the tasks of others. Every command needs the Admin right on the process of the task (statement 9.1).</summary>
/// <example><code>await engine.As("boss").ManageWorklists().RedirectAsync(serial, Destination.User("ann"), "dan", keepOpen: true);</code></example>
public sealed partial class WorklistManagement
{
    private readonly ItemCommands _commands;

    internal WorklistManagement(ItemCommands commands) => _commands = commands;

    /// <summary>The commands, which tell what they would do and change nothing (statement 13.9).</summary>
    /// <example><code>var effects = await engine.As("boss").ManageWorklists().Preview.RedirectAsync(serial, Destination.User("ann"), "dan");</code></example>
    public WorklistPreview Preview => new(_commands);

    /// <summary>Lists tasks with all their destinations, in every status, also those of process instances in Error. It leaves out tasks of processes on which
    /// the user lacks the Admin right (statement 1.5).</summary>
    /// <param name="query">Which ones; its statuses are not looked at.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The entries of one page of tasks, task by task; none only when there are no more.</returns>
    [OperationRight(Operation.ListEverybodysWorklist)]
    public ValueTask<IReadOnlyList<WorklistEntry>> ListAsync(WorklistQuery? query = null, CancellationToken cancellation = default) =>
        _commands.ListEverybodysAsync(query ?? new WorklistQuery(), of: null, cancellation);

    /// <summary>Lists the tasks of one user: those of which they are a destination or a delegate, and those of their roles and groups of which they hold a
    /// slot. It leaves out tasks of processes on which the caller lacks the Admin right (statement 1.5). Tasks that are for others and that anyone may act on
    /// are not found here (statement 2.10), nor is a slot of a role that the user has left since, which is free soon (statement 1.9).</summary>
    /// <param name="user">The name of the user; case does not count.</param>
    /// <param name="query">Which ones; its statuses are not looked at.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The user's entries of one page of tasks, task by task; none only when there are no more.</returns>
    /// <exception cref="ArgumentException">The name is blank or cannot be one.</exception>
    /// <example><code>var all = await engine.As("boss").ManageWorklists().ListOfAsync("ann");</code></example>
    [OperationRight(Operation.ListEverybodysWorklist)]
    public ValueTask<IReadOnlyList<WorklistEntry>> ListOfAsync(string user, WorklistQuery? query = null, CancellationToken cancellation = default) =>
        _commands.ListEverybodysAsync(query ?? new WorklistQuery(), Destination.User(user).Name, cancellation);

    /// <summary>Hands over all tasks of somebody who leaves, of processes on which the caller has the Admin right. The other user becomes the destination in
    /// their place, and goes on where they were. A slot of a role or group is released. Each task is a command of its own, and one that is refused keeps no
    /// other from its turn.</summary>
    /// <param name="from">The name of the user who leaves.</param>
    /// <param name="to">The name of the user who gets the tasks.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="progress">Hears of each result that was not cut short; null for nobody. It must not throw.</param>
    /// <param name="cancellation">Stops waiting. A task that is under way continues, and those behind it are not begun.</param>
    /// <returns>A result for each task, in the order of their serial numbers. Once one was handed over, nothing is thrown. Where the store fails, or the call
    /// is cancelled, the last result has the exception, and the tasks behind it were not tried.</returns>
    /// <exception cref="ArgumentException">A name is blank or cannot be one, or both are the same user.</exception>
    /// <example><code>await engine.As("boss").ManageWorklists().HandOverAsync("ann", "bob", reason: "Ann has left.");</code></example>
    [OperationRight(Operation.AdministerItem)]
    public ValueTask<IReadOnlyList<HandOverResult>> HandOverAsync(
        string from, string to, string? reason = null, IProgress<HandOverResult>? progress = null, CancellationToken cancellation = default)
    {
        _commands.RefuseWhenStopped();
        var (leaver, receiver) = (Destination.User(from).Name, Destination.User(to).Name);
        Reasons.RefuseUnusable(reason);
        if (Names.Same(leaver, receiver))
        {
            throw new ArgumentException($"'{leaver}' has the tasks already. Name another user.", nameof(to));
        }

        return new HandOver(_commands, leaver, receiver, reason).RunAsync(progress, cancellation);
    }

    /// <summary>Lists all tasks with all their destinations, as <see cref="ListAsync"/> does, page after page.</summary>
    /// <param name="query">Which ones; its statuses are not looked at, and its limit is the number of tasks on a page.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The entries, task by task. Each page is read when it is needed, so what changes meanwhile may be missed.</returns>
    [OperationRight(Operation.ListEverybodysWorklist)]
    public IAsyncEnumerable<WorklistEntry> ListAllAsync(WorklistQuery? query = null, CancellationToken cancellation = default)
    {
        query ??= new WorklistQuery();
        WorkflowConnection.RefusePage(query.Limit, nameof(query));
        return _commands.ListAllEverybodysAsync(query, of: null, cancellation);
    }

    /// <summary>Gives somebody's item to another user (statement 1.11).</summary>
    /// <param name="serial">The serial number.</param>
    /// <param name="from">The user, group or role that is a destination of the task and gives the item up.</param>
    /// <param name="user">The name of the user who gets it.</param>
    /// <param name="keepOpen">Whether an open item stays open, for the new user and with its slot.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>A task that ends when it is done.</returns>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="WorklistItemNotFoundException">There is no such task, or it has ended.</exception>
    /// <exception cref="WorklistItemRefusedException">The item is not one of <paramref name="from"/>, whose part must not be done, or the new user has it
    /// already.</exception>
    /// <exception cref="ProcessInstanceHaltedException">The process instance is in Error or Stopped.</exception>
    [OperationRight(Operation.AdministerItem)]
    public ValueTask RedirectAsync(
        SerialNumber serial, Destination from, string user, bool keepOpen = false, string? reason = null, CancellationToken cancellation = default) =>
        _commands.AdministerAsync(serial, new AdministratorRequest.Redirect(from, user, keepOpen), reason, cancellation);

    /// <summary>Gives somebody's item to another user, who goes on where they were: an item that is open stays open, with its slot (statements 1.11 and
    /// 13.11).</summary>
    /// <param name="serial">The serial number.</param>
    /// <param name="from">The user, group or role that is a destination of the task and gives the item up.</param>
    /// <param name="user">The name of the user who gets it.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>A task that ends when it is done.</returns>
    /// <inheritdoc cref="RedirectAsync" path="/exception"/>
    /// <example><code>
    /// await engine.As("boss").ManageWorklists().ReassignAsync(item.Serial, Destination.User("ann"), "bob", reason: "Ann is ill.");
    /// </code></example>
    [OperationRight(Operation.AdministerItem)]
    public ValueTask ReassignAsync(
        SerialNumber serial, Destination from, string user, string? reason = null, CancellationToken cancellation = default) =>
        _commands.AdministerAsync(serial, new AdministratorRequest.Redirect(from, user, keepsOpen: true) { IsReassigned = true }, reason, cancellation);

    /// <summary>Gives the slot back that a user holds (statement 1.9).</summary>
    /// <param name="serial">The serial number.</param>
    /// <param name="user">The name of the user who has the item open.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>A task that ends when it is done.</returns>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="WorklistItemNotFoundException">There is no such task, or it has ended.</exception>
    /// <exception cref="WorklistItemRefusedException">The item is not open.</exception>
    /// <exception cref="ProcessInstanceHaltedException">The process instance is in Error or Stopped.</exception>
    [OperationRight(Operation.AdministerItem)]
    public ValueTask ReleaseAsync(SerialNumber serial, string user, string? reason = null, CancellationToken cancellation = default) =>
        _commands.AdministerAsync(serial, new AdministratorRequest.Release(user), reason, cancellation);

    /// <summary>Allows an action on one task, denies it, or takes either back (statement 2.9).
    /// Denied beats allowed, on the task and in the definition.</summary>
    /// <param name="serial">The serial number.</param>
    /// <param name="action">The name of the action.</param>
    /// <param name="who">The user, group or role.</param>
    /// <param name="isAllowed">True allows it, and to nobody else on this task unless allowed too; false denies it; null takes the entry back.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>A task that ends when it is done.</returns>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="WorklistItemNotFoundException">There is no such task, or it has ended.</exception>
    /// <exception cref="ActionNotAllowedException">The task does not offer the action.</exception>
    /// <exception cref="ProcessInstanceHaltedException">The process instance is in Error or Stopped.</exception>
    [OperationRight(Operation.AdministerItem)]
    public ValueTask SetActionRightAsync(
        SerialNumber serial, string action, Destination who, bool? isAllowed, string? reason = null, CancellationToken cancellation = default) =>
        _commands.AdministerAsync(serial, new AdministratorRequest.SetActionRight(action, who, isAllowed), reason, cancellation);
}
