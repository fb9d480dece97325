using Workflow.Core.Instances;
using Workflow.Core.Planning;
using Workflow.Core.Rules;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Client;

/// <summary>A task as one user sees it (statements 1.3 and 1.4): its subject, the actions that the user may take, and the commands. The properties are a copy
/// from when the item was listed or opened. The commands always act on the present task.</summary>
public sealed partial class WorklistItem
{
    private readonly ItemCommands _commands;
    private readonly ItemView _view;

    internal WorklistItem(ItemCommands commands, ItemView view)
    {
        _commands = commands;
        _view = view;
    }

    /// <summary>The serial number (statement 1.2).</summary>
    public SerialNumber Serial => _view.Destination.Serial;

    /// <summary>The status for this user (statement 1.4).</summary>
    public WorklistItemStatus Status => _view.Status;

    /// <summary>The user for whom this one acts (statement 1.12). They delegated, are out of office, or are managed. Null when the user acts for
    /// themselves.</summary>
    public string? ActingFor => _view.OnBehalfOf;

    /// <summary>The actions that this user may take, in the order of the definition (statement 2.9).</summary>
    public IReadOnlyList<WorklistAction> Actions =>
        [.. _view.Actions.Select(action => new WorklistAction(action.Name, action.Kind, action.IsBatchable) { Fields = FieldsOf(action) })];

    /// <summary>The destination through which the user sees the task. It is the user, one of their roles or groups, or the destination of the user for whom
    /// they act. When anyone may act, it is the user too (statement 1.15).</summary>
    public Destination Destination => _view.Standing.Entry;

    /// <summary>The present delegations of this task by the user, or by the one for whom they act, with the actions (statement 1.12). They are in the order of
    /// delegating.</summary>
    public IReadOnlyList<DestinationEntry> Delegations =>
        [.. _view.Destination.WorklistHeader!.Delegations.Where(delegation => Names.Same(delegation.By, _view.Standing.Party)).Select(DestinationEntry.Of)];

    /// <summary>The number of the process instance.</summary>
    public ProcessInstanceId ProcessInstance => _view.Process.Id;

    /// <summary>The name of the process definition.</summary>
    public string Definition => _view.Process.Definition;

    /// <summary>The folio of the process instance; may be empty.</summary>
    public string Folio => _view.Process.Folio;

    /// <summary>The user who started the process instance.</summary>
    public string Originator => _view.Process.Originator;

    /// <summary>The name of the activity.</summary>
    public string Activity => _view.Destination.Activity.Name;

    /// <summary>The name of the event.</summary>
    public string Event => _view.Destination.Event!.Name;

    /// <summary>When the task began.</summary>
    public DateTimeOffset StartedAt => _view.Destination.Event!.StartedAt;

    /// <summary>How urgent it is shown to be (statement 1.16).</summary>
    public Priority Priority => _view.Definition.Priority;

    /// <summary>How long it is expected to take; null when nothing is said (statement 1.16).</summary>
    public TimeSpan? ExpectedDuration => _view.Definition.ExpectedDuration;

    /// <summary>How late it was when it was read (statement 1.16).</summary>
    public PriorityFlag Flag => Lateness.Of(ExpectedDuration, _view.ReadAt - StartedAt);

    /// <summary>Where the task is worked on; null for none (statement 1.1).</summary>
    public string? Url => _view.Url;

    /// <summary>The data that the task shows besides its actions; null for none (statement 1.1).</summary>
    public string? Data => _view.Destination.WorklistHeader!.Data;

    /// <summary>How many slots the task has (statement 4.4).</summary>
    public int SlotTotal => _view.Destination.SlotCount;

    /// <summary>How many of them are free (statement 1.4).</summary>
    public int SlotsFree => _view.Destination.FreeSlots;

    /// <summary>When it wakes; null when it does not sleep, or sleeps until it is woken (statement 1.10).</summary>
    public DateTimeOffset? SleepsUntil => _view.SleepsUntil;

    /// <summary>Reads a data field.</summary>
    /// <typeparam name="T">The field's type.</typeparam>
    /// <param name="field">A field of the process, of the activity or of its destinations.</param>
    /// <returns>The value.</returns>
    /// <exception cref="DataFieldException">The field is not one of this process or activity, or it has no value (statement 11.1).</exception>
    public T Get<T>(Field<T> field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return _view.FieldsOf(field.Scope).Get(field);
    }

    /// <summary>Reads a data field that may have no value.</summary>
    /// <typeparam name="T">The field's type.</typeparam>
    /// <param name="field">A field of the process, of the activity or of its destinations.</param>
    /// <param name="value">The value, when there is one.</param>
    /// <returns>Whether the field has a value.</returns>
    /// <exception cref="DataFieldException">The field is not one of this process or activity (statement 11.1).</exception>
    public bool TryGet<T>(Field<T> field, out T value)
    {
        ArgumentNullException.ThrowIfNull(field);
        return _view.FieldsOf(field.Scope).TryGet(field, out value);
    }

    /// <summary>Opens the task: takes a slot, unless told not to (statement 1.6).</summary>
    /// <param name="allocate">Whether a slot is taken; without it the item is only read, and its status stays.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The item in its present state.</returns>
    /// <inheritdoc cref="Worklist.OpenAsync" path="/exception"/>
    [OperationRight(Operation.OpenItem)]
    public ValueTask<WorklistItem> OpenAsync(bool allocate = true, CancellationToken cancellation = default) =>
        _commands.OpenAsync(Serial, _view.ActsFor, allocate, cancellation);

    /// <summary>Takes an action. An action that finishes completes the user's slot, and the process continues. One that updates only saves the fields
    /// (statements 2.3 and 2.11). A batchable action opens an item that is not open (statement 1.13).</summary>
    /// <param name="action">The name of the action; case counts.</param>
    /// <param name="answer">Sets data fields.</param>
    /// <param name="cancellation">Stops waiting. An admitted action continues all the same.</param>
    /// <returns>A task that ends when the process instance rests again (statement 2.11).</returns>
    /// <exception cref="WorklistItemNotFoundException">The item is not open to the user. The reason says why.</exception>
    /// <exception cref="WorklistAccessDeniedException">The item never was for the user.</exception>
    /// <exception cref="WorklistItemRefusedException">The item must be opened first, since the action is not batchable.</exception>
    /// <exception cref="ActionNotAllowedException">The task does not offer the action, or does not offer it to this user.</exception>
    /// <exception cref="DataFieldException">A field does not exist or has another type.</exception>
    /// <exception cref="ProcessInstanceHaltedException">The process instance is in Error or Stopped (statement 1.5).</exception>
    [OperationRight(Operation.ExecuteAction)]
    public ValueTask ExecuteAsync(string action, Action<Answer>? answer = null, CancellationToken cancellation = default) =>
        _commands.SendAsync(Serial, _view.ActsFor, Answer.With(action, answer), cancellation);

    /// <summary>Sends the task back to an activity that has run, where the task allows it. Its own activity ends as Expired, with the tasks of all others in
    /// it, and no line of it is followed. No answer is kept, and the fields of the process keep their values (statement 13.11).</summary>
    /// <param name="activity">The name of the activity that starts, and that has run.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="expiring">The activities that end; the task's own when not said.</param>
    /// <param name="ifActive">The treatment of a target that is still active then (statement 10.10d).</param>
    /// <param name="cancellation">Stops waiting. An admitted command continues all the same.</param>
    /// <returns>A task that ends when the process instance rests again (statement 2.11).</returns>
    /// <exception cref="WorklistItemNotFoundException">The item is not open to the user. The reason says why.</exception>
    /// <exception cref="WorklistAccessDeniedException">The item never was for the user.</exception>
    /// <exception cref="WorklistItemRefusedException">The task does not allow it, or the activity does not exist or has not run. Or the target is still active,
    /// and <paramref name="ifActive"/> refuses that.</exception>
    /// <exception cref="ProcessInstanceHaltedException">The process instance is in Error or Stopped (statement 1.5).</exception>
    /// <example><code>await item.SendBackAsync("Prepare", reason: "The receipts are missing.");</code></example>
    [OperationRight(Operation.SendBack)]
    public ValueTask SendBackAsync(
        string activity,
        string? reason = null,
        Expiring? expiring = null,
        ActiveTarget ifActive = ActiveTarget.Again,
        CancellationToken cancellation = default) =>
        _commands.SendBackAsync(Serial, _view.ActsFor, activity, expiring, ifActive, reason, cancellation);

    /// <summary>Gives the slot back. The values that an update has saved stay (statement 1.9).</summary>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>A task that ends when it is done.</returns>
    /// <exception cref="WorklistItemRefusedException">The item is not open.</exception>
    /// <inheritdoc cref="Worklist.OpenAsync" path="/exception"/>
    [OperationRight(Operation.ReleaseItem)]
    public ValueTask ReleaseAsync(CancellationToken cancellation = default) =>
        _commands.SendAsync(Serial, _view.ActsFor, new TaskRequest.Release(), cancellation);

    /// <summary>Puts the item to sleep: it is not listed until it wakes. An open one keeps its slot (statement 1.10).</summary>
    /// <param name="duration">How long; zero until it is woken; less than zero wakes it.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>A task that ends when it is done.</returns>
    /// <exception cref="WorklistItemRefusedException">The item cannot be put to sleep in its present status, or it does not sleep and cannot be
    /// woken.</exception>
    /// <inheritdoc cref="Worklist.OpenAsync" path="/exception"/>
    [OperationRight(Operation.SleepItem)]
    public ValueTask SleepAsync(TimeSpan duration, CancellationToken cancellation = default) =>
        _commands.SendAsync(Serial, _view.ActsFor, TaskRequest.Sleep.For(duration, _commands.Now), cancellation);

    /// <summary>Puts the item to sleep until an instant (statement 1.10).</summary>
    /// <param name="until">When it wakes; in the future.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>A task that ends when it is done.</returns>
    /// <exception cref="WorklistItemRefusedException">The instant has passed, or the item cannot be put to sleep in its present status.</exception>
    /// <inheritdoc cref="Worklist.OpenAsync" path="/exception"/>
    [OperationRight(Operation.SleepItem)]
    public ValueTask SleepUntilAsync(DateTimeOffset until, CancellationToken cancellation = default) =>
        _commands.SendAsync(Serial, _view.ActsFor, new TaskRequest.Sleep(until.ToUniversalTime()), cancellation);

    /// <summary>Wakes the item (statement 1.10).</summary>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>A task that ends when it is done.</returns>
    /// <exception cref="WorklistItemRefusedException">The item does not sleep.</exception>
    /// <inheritdoc cref="Worklist.OpenAsync" path="/exception"/>
    [OperationRight(Operation.SleepItem)]
    public ValueTask WakeAsync(CancellationToken cancellation = default) =>
        _commands.SendAsync(Serial, _view.ActsFor, new TaskRequest.Wake(), cancellation);

    /// <summary>Gives the item to another user, who becomes a destination. This user ceases to be one. A slot that this user holds is free again (statement
    /// 1.11).</summary>
    /// <param name="user">The name of the other user; a role or group cannot get it.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>A task that ends when it is done.</returns>
    /// <exception cref="WorklistItemRefusedException">The other user is this one, is a destination already, or the part is not this user's own to give
    /// away.</exception>
    /// <exception cref="ArgumentException">The name is blank or cannot be one.</exception>
    /// <inheritdoc cref="Worklist.OpenAsync" path="/exception"/>
    [OperationRight(Operation.RedirectItem)]
    public ValueTask RedirectAsync(string user, CancellationToken cancellation = default) =>
        _commands.SendAsync(Serial, _view.ActsFor, new TaskRequest.Redirect(Core.Destination.User(user).Name), cancellation);

    /// <summary>Lets others act on this user's behalf. Both may act; they hold at most one slot between them (statement 1.12).</summary>
    /// <param name="who">A user, group or role.</param>
    /// <param name="actions">The actions that the delegate may take; none for all that this user may take.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>A task that ends when it is done.</returns>
    /// <exception cref="WorklistItemRefusedException">It would be delegated to this same user, or by one who acts on behalf of another.</exception>
    /// <exception cref="ActionNotAllowedException">The task does not offer an action, or not to this user.</exception>
    /// <inheritdoc cref="Worklist.OpenAsync" path="/exception"/>
    [OperationRight(Operation.DelegateItem)]
    public ValueTask DelegateAsync(Destination who, IReadOnlyList<string>? actions = null, CancellationToken cancellation = default) =>
        _commands.SendAsync(Serial, _view.ActsFor, new TaskRequest.Delegate(who, actions), cancellation);

    /// <summary>Takes a delegation back. A slot that the delegate holds is free again (statement 1.12).</summary>
    /// <param name="who">The user, group or role to whom it was delegated.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>A task that ends when it is done.</returns>
    /// <exception cref="WorklistItemRefusedException">Nothing is delegated to the other by this user.</exception>
    /// <inheritdoc cref="Worklist.OpenAsync" path="/exception"/>
    [OperationRight(Operation.DelegateItem)]
    public ValueTask UndelegateAsync(Destination who, CancellationToken cancellation = default) =>
        _commands.SendAsync(Serial, _view.ActsFor, new TaskRequest.Undelegate(who), cancellation);
}
