using Workflow.Core.Calendars;
using Workflow.Core.Client;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;
using Operation = Workflow.Core.Client.Operation;

namespace Workflow.Core.Management;

/// <content>Previews of timers that are worked out anew.</content>
public sealed partial class ProcessPreview
{
    /// <summary>Previews <see cref="ProcessManagement.RecomputeTimersAsync"/>. <see cref="ManagementEffects.RecomputedTimers"/> has the old instants and
    /// the new ones.</summary>
    /// <param name="processInstance">The process instance, which is Active, in Error or Stopped.</param>
    /// <param name="calendar">The name of the working hours, or of the time zone.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The effects. Timers that are overdue fire soon after the command, and what they do is not among the effects.</returns>
    /// <exception cref="CalendarException">Nobody knows the calendar, or the code of the host did not give its hours.</exception>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The instance is Completed or Deleted.</exception>
    [OperationRight(Operation.ManageInstance)]
    public async ValueTask<ManagementEffects> RecomputeTimersAsync(
        ProcessInstanceId processInstance, string calendar, string? reason = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(calendar);
        var request = new ManagementRequest.RecomputeTimers(calendar);
        var effects = await RehearseAsync(processInstance, request, reason, cancellation).ConfigureAwait(false);
        return effects with { RecomputedTimers = request.Timers };
    }

    /// <summary>Previews <see cref="ProcessManagement.RecomputeTimersOfAllAsync"/>.</summary>
    /// <param name="calendar">The name of the working hours, or of the time zone.</param>
    /// <param name="definition">The name of the process definition; null for all.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>A result for each, in the order of their numbers.</returns>
    /// <exception cref="CalendarException">Nobody knows the calendar, or the code of the host did not give its hours.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right on the definition that is named.</exception>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask<IReadOnlyList<RecomputeResult>> RecomputeTimersOfAllAsync(
        string calendar, string? definition = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(calendar);
        return new RecomputedProcesses(_commands, calendar).PreviewAsync(definition, cancellation);
    }
}
