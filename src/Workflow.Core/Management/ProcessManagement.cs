using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;
using Operation = Workflow.Core.Client.Operation;

namespace Workflow.Core.Management;

/// <summary>The administrators' commands on process instances. Every command needs the Admin right on the process (statement 9.1). It waits for the code of the
/// instance that runs, and not for the code planned behind it (statement 8.6). While another engine works on the instance it waits for that engine, and throws
/// a <see cref="ProcessInstanceBusyException"/> after <see cref="WorkflowOptions.BusyTimeout"/>. The history keeps who gave it, and the reason.</summary>
/// <example><code>await engine.As("boss").ManageProcesses().RetryAsync(id, reason: "The bank answers again.");</code></example>
public sealed partial class ProcessManagement
{
    private readonly ManagementCommands _commands;

    private readonly FailedProcesses _failed;

    internal ProcessManagement(ManagementCommands commands) => (_commands, _failed) = (commands, new FailedProcesses(commands));

    /// <summary>The same commands, which tell what they would do and change nothing (statement 13.9).</summary>
    /// <example><code>var effects = await engine.As("boss").ManageProcesses().Preview.GoToAsync(id, "Rework");</code></example>
    public ProcessPreview Preview => new(_commands);

    /// <summary>Takes an instance out of Error. Exactly that is done again which failed: code of an event or an escalation under the same idempotency key, a
    /// rule, or a line. The steps that were planned behind it follow (statement 8.2).</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="error">The error that is meant, as <see cref="ProcessInstance.Error"/> shows it. Another that came since is not retried. Null is for the
    /// present error (statement 8.2c).</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting. An admitted command continues all the same.</param>
    /// <returns>A task that ends when the instance rests again, in Error or not.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The instance is not in Error, or it has another error.</exception>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask RetryAsync(
        ProcessInstanceId processInstance, ProcessError? error = null, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(processInstance, new ManagementRequest.Retry(error), reason, cancellation);

    /// <summary>Takes an instance out of Error without what failed. Code of an event has completed without results, the action of an escalation is done, and a
    /// rule is false. A start rule begins its activity at once, and an escalation whose instant cannot be told is not armed. The steps that were planned behind
    /// follow (statement 8.2b).</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="error">The error that is meant, as <see cref="ProcessInstance.Error"/> shows it. Another that came since is not skipped. Null is for the
    /// present error (statement 8.2c).</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting. An admitted command continues all the same.</param>
    /// <returns>A task that ends when the instance rests again, in Error or not.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The instance is not in Error, or it has another error. Or a destination rule or a limit has failed,
    /// which cannot be skipped.</exception>
    /// <example><code>await admin.SkipAsync(id, reason: "The customer was called by phone.");</code></example>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask SkipAsync(
        ProcessInstanceId processInstance, ProcessError? error = null, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(processInstance, new ManagementRequest.Skip(error), reason, cancellation);

    /// <summary>Lets an instance go to an activity. Activities end as Expired first, and no line of theirs is followed. The target asks its preceding rule, its
    /// start rule and its destination rule as always (statement 8.9). An instance in Error leaves it: what failed in an activity that ends is not done again,
    /// and what failed elsewhere is. In a stopped instance the target starts with the resume.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="activity">The name of the activity that starts.</param>
    /// <param name="expiring">The activities that end; everything when not said. <see cref="Expiring.Only"/> leaves the other branches alone.</param>
    /// <param name="ifActive">The treatment of a target that is still active then (statement 10.10d).</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting. An admitted command continues all the same.</param>
    /// <returns>A task that ends when the instance rests again, in Error or not.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ArgumentException">The scope is the own activity, which an instance does not have.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The definition has no such activity, or the instance is Completed or Deleted, or has not begun. Or the
    /// target is still active, and <paramref name="ifActive"/> refuses that.</exception>
    /// <example><code>await admin.GoToAsync(id, "Rework", Expiring.Only("Approval"), reason: "The price was wrong.");</code></example>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask GoToAsync(
        ProcessInstanceId processInstance,
        string activity,
        Expiring? expiring = null,
        ActiveTarget ifActive = ActiveTarget.Again,
        string? reason = null,
        CancellationToken cancellation = default) =>
        SendAsync(processInstance, GotoOf(activity, expiring, ifActive), reason, cancellation);

    /// <summary>Goes to an activity from a task or a server item. The activity that it belongs to ends as Expired, or everything, and no line is followed of
    /// what ends (statement 2.12).</summary>
    /// <param name="serial">The serial number of the task or server item, which is open.</param>
    /// <param name="activity">The name of the activity that starts.</param>
    /// <param name="expiring">The activities that end; the one of the task or server item when not said.</param>
    /// <param name="ifActive">The treatment of a target that is still active then (statement 10.10d).</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting. An admitted command continues all the same.</param>
    /// <returns>A task that ends when the instance rests again, in Error or not.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessInstanceRefusedException">Nothing is open under the serial number, the definition has no such activity, or the instance is
    /// Completed or Deleted. Or the target is still active, and <paramref name="ifActive"/> refuses that.</exception>
    /// <example><code>await admin.GoToAsync(item.Serial, "Rework", reason: "The price was wrong.");</code></example>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask GoToAsync(
        SerialNumber serial,
        string activity,
        Expiring? expiring = null,
        ActiveTarget ifActive = ActiveTarget.Again,
        string? reason = null,
        CancellationToken cancellation = default) =>
        SendAsync(serial.ProcessInstance, GotoOf(serial, activity, expiring, ifActive), reason, cancellation);

    /// <summary>Sends an instance back to an activity that has run. Everything that is active ends as Expired unless another scope is named, and no line of it
    /// is followed. It is a goto whose target must have run, and the history names it so (statement 13.11).</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="activity">The name of the activity that starts, and that has run.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="expiring">The activities that end; everything when not said.</param>
    /// <param name="ifActive">The treatment of a target that is still active then (statement 10.10d).</param>
    /// <param name="cancellation">Stops waiting. An admitted command continues all the same.</param>
    /// <returns>A task that ends when the instance rests again, in Error or not.</returns>
    /// <exception cref="ProcessInstanceRefusedException">The activity has not run, or a goto is refused.</exception>
    /// <inheritdoc cref="GoToAsync(ProcessInstanceId, string, Expiring, ActiveTarget, string, CancellationToken)" path="/exception"/>
    /// <example><code>await admin.SendBackAsync(id, "Prepare", reason: "The receipts are missing.");</code></example>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask SendBackAsync(
        ProcessInstanceId processInstance,
        string activity,
        string? reason = null,
        Expiring? expiring = null,
        ActiveTarget ifActive = ActiveTarget.Again,
        CancellationToken cancellation = default) =>
        SendAsync(processInstance, GotoOf(activity, expiring, ifActive) with { IsSentBack = true }, reason, cancellation);

    /// <summary>Sends a task or a server item back to an activity that has run. The activity that it belongs to ends as Expired unless another scope is named,
    /// and no line of it is followed (statement 13.11).</summary>
    /// <param name="serial">The serial number of the task or server item, which is open.</param>
    /// <param name="activity">The name of the activity that starts, and that has run.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="expiring">The activities that end; the one of the task or server item when not said.</param>
    /// <param name="ifActive">The treatment of a target that is still active then (statement 10.10d).</param>
    /// <param name="cancellation">Stops waiting. An admitted command continues all the same.</param>
    /// <returns>A task that ends when the instance rests again, in Error or not.</returns>
    /// <exception cref="ProcessInstanceRefusedException">The activity has not run, or a goto is refused.</exception>
    /// <inheritdoc cref="GoToAsync(SerialNumber, string, Expiring, ActiveTarget, string, CancellationToken)" path="/exception"/>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask SendBackAsync(
        SerialNumber serial,
        string activity,
        string? reason = null,
        Expiring? expiring = null,
        ActiveTarget ifActive = ActiveTarget.Again,
        CancellationToken cancellation = default) =>
        SendAsync(serial.ProcessInstance, GotoOf(serial, activity, expiring, ifActive) with { IsSentBack = true }, reason, cancellation);

    /// <summary>Ends the event of a task or a server item as Expired. The next event of its destination begins, or the destination completes. Slots that are
    /// not completed expire, and those that are completed count in the succeeding rule of the activity (statements 6.9 and 6.9b).</summary>
    /// <param name="serial">The serial number of the task or server item, which is open.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting. An admitted command continues all the same.</param>
    /// <returns>A task that ends when the instance rests again, in Error or not.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessInstanceRefusedException">Nothing is open under the serial number, or the instance is Completed, Deleted, Stopped or in
    /// Error.</exception>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask ExpireEventAsync(SerialNumber serial, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(serial.ProcessInstance, new ManagementRequest.ExpireEvent(serial.Destination), reason, cancellation);

    /// <summary>Ends an activity as Expired, as often as it is active. Its lines are asked, as if it had completed without an outcome (statement
    /// 10.10e).</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="activity">The name of the activity.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting. An admitted command continues all the same.</param>
    /// <returns>A task that ends when the instance rests again, in Error or not.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The activity does not exist or is not active, or the instance is Completed, Deleted, Stopped or in
    /// Error.</exception>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask ExpireActivityAsync(
        ProcessInstanceId processInstance, string activity, string? reason = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return SendAsync(processInstance, new ManagementRequest.ExpireActivity(activity), reason, cancellation);
    }

    /// <summary>Stops an instance: nothing of it moves until it is resumed. Its tasks are on no worklist but that of administrators, nobody can act on it, and
    /// nothing starts or fires. Code that runs is not cut short. Its result is stored, and the code behind it is not called (statement 8.6).</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting. An admitted command continues all the same.</param>
    /// <returns>A task that ends when the instance stands still.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The instance is in Error, Stopped, Completed or Deleted.</exception>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask StopAsync(ProcessInstanceId processInstance, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(processInstance, new ManagementRequest.Stop(), reason, cancellation);

    /// <summary>Lets a stopped instance go on. Calls that were left are made, what became due meanwhile is done, and a goto that was ordered meanwhile starts
    /// its target (statement 8.6).</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting. An admitted command continues all the same.</param>
    /// <returns>A task that ends when the instance rests again, in Error or not. Escalations that are overdue fire soon after it.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The instance is not Stopped.</exception>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask ResumeAsync(ProcessInstanceId processInstance, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(processInstance, new ManagementRequest.Resume(), reason, cancellation);

    /// <summary>Gives an instance another folio, the name by which people call it. It can be in any status but Completed and Deleted (statement
    /// 13.11).</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="folio">The new folio; at most 256 characters.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting. An admitted command continues all the same.</param>
    /// <returns>A task that ends when it is stored. When the instance has that folio already, the history does not tell of it.</returns>
    /// <exception cref="ArgumentException">The folio is longer, or not well-formed text.</exception>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The instance is Completed or Deleted.</exception>
    /// <example><code>await admin.ChangeFolioAsync(id, "Train to Porto", reason: "The meeting was moved.");</code></example>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask ChangeFolioAsync(ProcessInstanceId processInstance, string folio, string? reason = null, CancellationToken cancellation = default)
    {
        Limits.RefuseLongText(folio);
        return SendAsync(processInstance, new ManagementRequest.ChangeFolio(folio), reason, cancellation);
    }

    /// <summary>Deletes an instance and keeps its history. Everything that is active ends as Expired, its tasks and server items are over, and its timers are
    /// gone. Its status is Deleted, and its history can be read as before (statement 8.6b).</summary>
    /// <param name="processInstance">The process instance, which may be Completed.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting. An admitted command continues all the same.</param>
    /// <returns>A task that ends when that is stored.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The instance is Deleted already.</exception>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask DeleteAsync(ProcessInstanceId processInstance, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(processInstance, new ManagementRequest.Delete(IsHistoryRemoved: false), reason, cancellation);

    /// <summary>Deletes an instance with its history: nothing of it is left. Only the idempotency keys of its commands stay, so a start that is sent again
    /// under its key does not start another one (statement 8.6b).</summary>
    /// <param name="processInstance">The process instance, which may be Completed.</param>
    /// <param name="cancellation">Stops waiting. An admitted command continues all the same.</param>
    /// <returns>A task that ends when it is gone. If the host dies before, the instance may be Deleted with its history;
    /// <see cref="WorkflowEngine.PurgeAsync"/> removes that.</returns>
    /// <exception cref="CommandPartlyStoredException">The instance is Deleted, and its history could not be removed.</exception>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The instance is Deleted already.</exception>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask DeleteWithHistoryAsync(ProcessInstanceId processInstance, CancellationToken cancellation = default) =>
        SendAsync(processInstance, new ManagementRequest.Delete(IsHistoryRemoved: true), reason: null, cancellation);

    /// <summary>The request to go to an activity.</summary>
    /// <exception cref="ArgumentException">The scope is the own activity, which an instance does not have.</exception>
    internal static ManagementRequest.GoTo GotoOf(string activity, Expiring? expiring, ActiveTarget ifActive)
    {
        ArgumentNullException.ThrowIfNull(activity);
        if (expiring == Expiring.OwnActivity)
        {
            throw new ArgumentException(
                "A goto of a process instance has no activity of its own that could expire. Name the activity with Expiring.Only(...).", nameof(expiring));
        }

        return new ManagementRequest.GoTo(new GotoRequest(activity, expiring ?? Expiring.Everything, ifActive));
    }

    /// <summary>The request to go to an activity from a task or a server item.</summary>
    internal static ManagementRequest.GoTo GotoOf(SerialNumber serial, string activity, Expiring? expiring, ActiveTarget ifActive)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return new ManagementRequest.GoTo(new GotoRequest(activity, expiring ?? Expiring.OwnActivity, ifActive), serial.Destination);
    }

    private async ValueTask SendAsync(ProcessInstanceId processInstance, ManagementRequest request, string? reason, CancellationToken cancellation) =>
        await _commands.SendAsync(processInstance, request, reason, cancellation).ConfigureAwait(false);
}
