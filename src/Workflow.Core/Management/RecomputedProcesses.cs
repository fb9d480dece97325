using Workflow.Core.Client;
using Workflow.Core.Persistence;
using Workflow.Core.Scheduling;
using Operation = Workflow.Core.Client.Operation;

namespace Workflow.Core.Management;

/// <summary>Has the timers of many instances worked out anew that are counted in a calendar, or tells what that would do (statement 5.9).</summary>
/// <param name="commands">The commands, in the name of the administrator.</param>
/// <param name="calendar">The name of the working hours, or of the time zone.</param>
internal sealed class RecomputedProcesses(ManagementCommands commands, string calendar)
{
    public async ValueTask<IReadOnlyList<RecomputeResult>> ApplyAsync(
        string? definition, string? reason, IProgress<RecomputeResult>? progress, CancellationToken cancellation) => await OneByOne.RunAsync(
            await FindAsync(definition, cancellation).ConfigureAwait(false),
            async id =>
            {
                var request = Request();
                await commands.SendAsync(id, request, reason, cancellation, isOneOfMany: true).ConfigureAwait(false);
                return new RecomputeResult(id, request.Timers, Refusal: null);
            },
            Refused,
            progress,
            cancellation).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<RecomputeResult>> PreviewAsync(string? definition, CancellationToken cancellation) => await OneByOne.RunAsync(
        await FindAsync(definition, cancellation).ConfigureAwait(false),
        async id =>
        {
            var request = Request();
            await commands.RehearseAsync(id, request, reason: null, cancellation).ConfigureAwait(false);
            return new RecomputeResult(id, request.Timers, Refusal: null);
        },
        Refused,
        progress: null,
        cancellation).ConfigureAwait(false);

    private static RecomputeResult Refused(ProcessInstanceId id, Exception refusal) => new(id, [], refusal);

    private ManagementRequest.RecomputeTimers Request() => new(calendar) { IsCalendarFresh = true };

    /// <summary>The instances that have not ended and on which the user has the Admin right, in the order of their numbers. The whole call is refused without
    /// the right to the definition that is named, or without the calendar.</summary>
    private async ValueTask<List<ProcessInstanceId>> FindAsync(string? definition, CancellationToken cancellation)
    {
        var visible = await commands.Access.VisibleAsync(Operation.ManageInstance, definition, null, cancellation).ConfigureAwait(false);
        await commands.Host.RefreshHoursAsync(calendar, cancellation).ConfigureAwait(false);
        return visible is { Count: 0 }
            ? []
            : await InstancePages.AllAsync(
                commands.Host, new ProcessQuery { Definition = definition, Definitions = visible, HasEnded = false }, cancellation).ConfigureAwait(false);
    }
}
