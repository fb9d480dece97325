using Workflow.Core.Calendars;
using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;
using Operation = Workflow.Core.Client.Operation;

namespace Workflow.Core.Management;

/// <content>Timers that are worked out anew.</content>
public sealed partial class ProcessManagement
{
    /// <summary>Works the timers of an instance out anew that are counted in a calendar, after its hours or its holidays have changed. Starts and escalations
    /// count from where they counted, in the hours as they are now. A timer that is overdue by it fires at once. Sleeps, waits for another attempt, and timers
    /// of other calendars stay (statement 5.9).</summary>
    /// <param name="processInstance">The process instance, which is Active, in Error or Stopped.</param>
    /// <param name="calendar">The name of the working hours, or of the time zone.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting. An admitted command continues all the same.</param>
    /// <returns>Its timers that are counted in the calendar, with the old instant and the new one. When none is moved, the history does not tell of it. Empty
    /// too for a repetition under an idempotency key.</returns>
    /// <exception cref="CalendarException">Nobody knows the calendar, or the code of the host did not give its hours.</exception>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The instance is Completed or Deleted.</exception>
    /// <example><code>await admin.RecomputeTimersAsync(id, "Office", reason: "The bridge day is a holiday.");</code></example>
    [OperationRight(Operation.ManageInstance)]
    public async ValueTask<IReadOnlyList<RecomputedTimer>> RecomputeTimersAsync(
        ProcessInstanceId processInstance, string calendar, string? reason = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(calendar);
        var request = new ManagementRequest.RecomputeTimers(calendar);
        await _commands.SendAsync(processInstance, request, reason, cancellation).ConfigureAwait(false);
        return request.Timers;
    }

    /// <summary>Works the timers out anew of all instances that have not ended and on which the user has the Admin right. Each is a command of its own, and one
    /// that is refused keeps no other from its turn. A call that was cut short is repeated: the instances that are done have nothing to do any more (statement
    /// 5.9).</summary>
    /// <param name="calendar">The name of the working hours, or of the time zone.</param>
    /// <param name="definition">The name of the process definition; null for all.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="progress">Hears of each result that was not cut short; null for nobody. It must not throw.</param>
    /// <param name="cancellation">Stops waiting. A command that is under way continues, and those behind it are not begun.</param>
    /// <returns>A result for each, in the order of their numbers. Once there is one, nothing is thrown: where the store fails, or the call is cancelled, the
    /// last result has the exception.</returns>
    /// <exception cref="CalendarException">Nobody knows the calendar, or the code of the host did not give its hours.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right on the definition that is named.</exception>
    /// <example><code>await admin.RecomputeTimersOfAllAsync("Office", reason: "The bridge day is a holiday.");</code></example>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask<IReadOnlyList<RecomputeResult>> RecomputeTimersOfAllAsync(
        string calendar,
        string? definition = null,
        string? reason = null,
        IProgress<RecomputeResult>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(calendar);
        return new RecomputedProcesses(_commands, calendar).ApplyAsync(definition, reason, progress, cancellation);
    }
}
