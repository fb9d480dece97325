using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Client;

/// <summary>Carries out what administrators want of process instances.</summary>
internal sealed partial class ManagementCommands(ProcessHost host, WorkflowPrincipal principal)
{
    public ProcessHost Host => host;

    public AccessCheck Access => new(host, principal);

    public Representation Representation => new(host, principal);

    public string Administrator => principal.Name;

    /// <param name="processInstance">The process instance.</param>
    /// <param name="request">The request.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <param name="isOneOfMany">Whether several are sent under one idempotency key. Then each has a key of its own.</param>
    /// <returns>The result of the command.</returns>
    /// <exception cref="ArgumentException">The reason is too long.</exception>
    public async ValueTask<ManagementResult> SendAsync(
        ProcessInstanceId processInstance, ManagementRequest request, string? reason, CancellationToken cancellation, bool isOneOfMany = false)
    {
        Reasons.RefuseUnusable(reason);
        if (request is not ManagementRequest.Delete { IsHistoryRemoved: true })
        {
            return await CarryOutAsync(processInstance, request, reason, isOneOfMany, cancellation).ConfigureAwait(false);
        }

        // Both steps are done, whether the caller waits for them or not.
        cancellation.ThrowIfCancellationRequested();
        return await host.WaitAsync(DeleteWithHistoryAsync(processInstance, request, isOneOfMany), cancellation).ConfigureAwait(false);
    }

    /// <summary>Finds out what a request would do (statement 13.9).</summary>
    /// <exception cref="ArgumentException">The reason is too long.</exception>
    public async ValueTask<Rehearsed> RehearseAsync(
        ProcessInstanceId processInstance, ManagementRequest request, string? reason, CancellationToken cancellation)
    {
        Reasons.RefuseUnusable(reason);
        await Access.RefreshAsync(cancellation).ConfigureAwait(false);
        var command = new ManagementCommand(this, processInstance, request, reason);
        await PrepareAsync(command, cancellation).ConfigureAwait(false);
        var rehearsed = await host.Turns.RehearseAsync(command, cancellation).ConfigureAwait(false);
        if (rehearsed.Refusal is { Kind: RefusalKind.NeedsHistory })
        {
            await ReadHistoryAsync(command, cancellation).ConfigureAwait(false);
            rehearsed = await host.Turns.RehearseAsync(command, cancellation).ConfigureAwait(false);
        }

        return rehearsed.Refusal is { Kind: not RefusalKind.NothingToDo } refusal ? throw Refusals.ExceptionOf(refusal, processInstance) : rehearsed;
    }

    /// <summary>Checks the right, and then reads what the request needs to know. An instance that is not stored yet is asked about in its turn.</summary>
    private async ValueTask PrepareAsync(ManagementCommand command, CancellationToken cancellation)
    {
        if (await host.Reader.FindDefinitionAsync(command.Instance, cancellation).ConfigureAwait(false) is not { } definition)
        {
            return;
        }

        await command.RequireAsync(definition, cancellation).ConfigureAwait(false);
        await command.ReadAsync(definition, cancellation).ConfigureAwait(false);
        if (command.Request is ManagementRequest.RecomputeTimers { IsCalendarFresh: false } recompute)
        {
            await host.RefreshHoursAsync(recompute.Calendar, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>An instance that an earlier version has stored may not know what has run in it. Once an activity has run, that stays so.</summary>
    private async ValueTask ReadHistoryAsync(ManagementCommand command, CancellationToken cancellation)
    {
        var back = (ManagementRequest.GoTo)command.Request;
        command.SetHasRun(back, await host.Reader.HasRunAsync(command.Instance, back.Request.Activity, cancellation).ConfigureAwait(false));
    }

    private async ValueTask<ManagementResult> DeleteWithHistoryAsync(ProcessInstanceId processInstance, ManagementRequest request, bool isOneOfMany)
    {
        await CarryOutAsync(processInstance, request, reason: null, isOneOfMany, CancellationToken.None).ConfigureAwait(false);
        try
        {
            await host.Store.RemoveAsync(processInstance, CancellationToken.None).ConfigureAwait(false);
            host.Listed.Clear();
            return default;
        }
        catch (Exception exception)
        {
            throw new CommandPartlyStoredException(
                processInstance, "It is Deleted, and its history is still there.", "WorkflowEngine.PurgeAsync removes the history", exception);
        }
    }

    /// <summary>The right is checked before the command is sent, so that only those who have it come between two calls.</summary>
    private async ValueTask<ManagementResult> CarryOutAsync(
        ProcessInstanceId processInstance, ManagementRequest request, string? reason, bool isOneOfMany, CancellationToken cancellation)
    {
        await Access.RefreshAsync(cancellation).ConfigureAwait(false);
        var (word, details) = request.Key;
        var sender = isOneOfMany ? principal.For(processInstance) : principal;
        var command = new ManagementCommand(this, processInstance, request, reason)
        {
            Once = sender.Key is null ? null : sender.Once(word, processInstance, [.. details, reason]),
        };
        var isRepeated = command.Once is not null && await command.Once.FindAsync(host.Store, cancellation).ConfigureAwait(false) is not null;
        if (!isRepeated)
        {
            await PrepareAsync(command, cancellation).ConfigureAwait(false);
        }

        var refusal = (await host.Turns.SendAsync(command, cancellation).ConfigureAwait(false)).Refusal;
        if (refusal is { Kind: RefusalKind.NeedsHistory })
        {
            await ReadHistoryAsync(command, cancellation).ConfigureAwait(false);
            refusal = (await host.Turns.SendAsync(command, cancellation).ConfigureAwait(false)).Refusal;
        }

        if (refusal is { Kind: RefusalKind.NothingToDo })
        {
            return new ManagementResult(Error: null, IsNothingToDo: true);
        }

        if (refusal is not null)
        {
            throw Refusals.ExceptionOf(refusal, processInstance);
        }

        // The first result of a command that is repeated under its key is not kept, so the present one is told.
        return new ManagementResult(
            isRepeated ? (await host.Reader.ReadAsync(processInstance, cancellation).ConfigureAwait(false))?.Error : command.Error, IsNothingToDo: false);
    }
}
