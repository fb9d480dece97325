using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Planning;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Client;

/// <summary>Sends what one user wants of tasks, and makes exceptions of refusals.</summary>
internal sealed partial class ItemCommands
{
    private readonly ProcessHost _host;
    private readonly WorkflowPrincipal _principal;

    public ItemCommands(ProcessHost host, WorkflowPrincipal principal)
    {
        _host = host;
        _principal = principal;
    }

    public string User => _principal.Name;

    public DateTimeOffset Now => _host.Options.Clock.GetUtcNow();

    private Representation Representation => new(_host, _principal);

    public AccessCheck Access => new(_host, _principal);

    private WorklistReader Reader => new(_host, Representation, User);

    /// <exception cref="ObjectDisposedException">The engine has been stopped.</exception>
    public void RefuseWhenStopped() => _host.RefuseWhenStopped();

    /// <summary>The same, to ask what would be admitted: nothing is carried out.</summary>
    public ItemCommands Rehearsing() => new(_host.Rehearsing(), _principal);

    public ValueTask<IReadOnlyList<WorklistItem>> ListAsync(WorklistQuery query, string? managedUser, CancellationToken cancellation)
    {
        WorkflowConnection.RefusePage(query.Limit, nameof(query));
        Limits.RefuseLongList(query.Statuses.Count, "statuses", nameof(query));
        return Reader.ListAsync(this, WithDurations(query), managedUser, cancellation);
    }

    public ValueTask<NoSingleTaskException> WhyNotSingleAsync(
        IReadOnlyList<WorklistItem> items, ProcessInstanceId processInstance, string? activity, CancellationToken cancellation) =>
        new SingleTask(_host, this, Reader, Representation, processInstance, activity).WhyNotAsync(items, cancellation);

    /// <summary>The tasks that an administrator sees: those of everybody, or of one user.</summary>
    public ValueTask<IReadOnlyList<WorklistEntry>> ListEverybodysAsync(WorklistQuery query, string? of, CancellationToken cancellation)
    {
        WorkflowConnection.RefusePage(query.Limit, nameof(query));
        Limits.RefuseLongList(query.Statuses.Count, "statuses", nameof(query));
        return Reader.ListEverybodysAsync(Access, WithDurations(query), of, cancellation);
    }

    /// <summary>Only the engine knows how long tasks are expected to take.</summary>
    private WorklistQuery WithDurations(WorklistQuery query) =>
        query.Order is WorklistOrder.Lateness ? query with { ExpectedDurations = _host.Deployments.ExpectedDurations } : query;

    public async ValueTask<WorklistItem> OpenAsync(SerialNumber serial, ActsFor actsFor, bool allocate, CancellationToken cancellation)
    {
        var request = new TaskRequest.Open(allocate);
        var command = CommandOf(serial, actsFor, request);
        await SendAsync(serial, actsFor, request, command, cancellation).ConfigureAwait(false);

        // Here the item is read. A repetition under an idempotency key carries nothing out. Memory may be old if nothing was committed. A large task is not
        // copied.
        var view = command.Opened
            ?? await ReadOpenedAsync(serial, command.ActsFor, allocate, cancellation).ConfigureAwait(false)
            ?? throw new WorklistItemNotFoundException(serial, User, WorklistItemEnd.Completed);
        return new WorklistItem(this, view);
    }

    /// <summary>Sends a task back. The history is read only where an earlier version has stored the instance, so that it does not know what has run in it. It
    /// is read for a user who may do so. Once an activity has run, that stays so.</summary>
    public async ValueTask SendBackAsync(
        SerialNumber serial, ActsFor actsFor, string activity, Expiring? expiring, ActiveTarget ifActive, string? reason, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(activity);
        Reasons.RefuseUnusable(reason);
        var request = new TaskRequest.SendBack(new GotoRequest(activity, expiring ?? Expiring.OwnActivity, ifActive), reason);
        var refusal = await TrySendAsync(serial, actsFor, CommandOf(serial, actsFor, request), cancellation).ConfigureAwait(false);
        if (refusal is { Kind: RefusalKind.NeedsHistory })
        {
            request = request with { HasRun = await _host.Reader.HasRunAsync(serial.ProcessInstance, activity, cancellation).ConfigureAwait(false) };
            refusal = await TrySendAsync(serial, actsFor, CommandOf(serial, actsFor, request), cancellation).ConfigureAwait(false);
        }

        await RefuseAsync(refusal, serial, actsFor, request, cancellation).ConfigureAwait(false);
    }

    /// <summary>All tasks that an administrator sees, page after page: those of everybody, or of one user.</summary>
    /// <exception cref="ObjectDisposedException">The engine has been stopped.</exception>
    public IAsyncEnumerable<WorklistEntry> ListAllEverybodysAsync(WorklistQuery query, string? of, CancellationToken cancellation) => AllAsync(
        query, (page, token) => ListEverybodysAsync(page, of, token), static (last, page) => last with { After = page[^1].Serial }, cancellation);

    /// <summary>Reads a list of tasks page after page.</summary>
    /// <exception cref="ObjectDisposedException">The engine has been stopped.</exception>
    public IAsyncEnumerable<TFound> AllAsync<TFound>(
        WorklistQuery query,
        Func<WorklistQuery, CancellationToken, ValueTask<IReadOnlyList<TFound>>> find,
        Func<WorklistQuery, IReadOnlyList<TFound>, WorklistQuery?> behind,
        CancellationToken cancellation) => Pages.AllAsync(_host, query, find, behind, cancellation);

    /// <summary>Carries out a request of the user on a task.</summary>
    public ValueTask SendAsync(SerialNumber serial, ActsFor actsFor, TaskRequest request, CancellationToken cancellation) =>
        SendAsync(serial, actsFor, request, CommandOf(serial, actsFor, request), cancellation);

    /// <summary>Carries out a request of an administrator on a task of others.</summary>
    public async ValueTask AdministerAsync(SerialNumber serial, AdministratorRequest request, string? reason, CancellationToken cancellation)
    {
        Reasons.RefuseUnusable(reason);
        await Access.RefreshAsync(cancellation).ConfigureAwait(false);
        var command = new AdministratorCommand(Access, Representation, serial, User, request, reason)
        {
            Once = Once(serial, (request.Key.Word, reason is null ? request.Key.Details : [.. request.Key.Details, reason])),
        };
        if (await PostAsync(serial, command, cancellation).ConfigureAwait(false) is { } refusal)
        {
            throw await ExceptionOfAsync(refusal, serial, ActsFor.Self, request.Actions, isAdministrator: true, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The same for one of several tasks. It is not cancelled once it has begun.</summary>
    public ValueTask AdministerOneOfManyAsync(SerialNumber serial, AdministratorRequest request, string? reason) =>
        For(serial).AdministerAsync(serial, request, reason, CancellationToken.None);

    /// <summary>Finds out what a request of an administrator would do (statement 13.9).</summary>
    public async ValueTask<Rehearsed> RehearseAsync(SerialNumber serial, AdministratorRequest request, CancellationToken cancellation)
    {
        await Access.RefreshAsync(cancellation).ConfigureAwait(false);
        var command = new AdministratorCommand(Access, Representation, serial, User, request, reason: null);
        try
        {
            var rehearsed = await _host.Turns.RehearseAsync(command, cancellation).ConfigureAwait(false);
            return rehearsed.Refusal is { } refusal
                ? throw await ExceptionOfAsync(refusal, serial, ActsFor.Self, request.Actions, isAdministrator: true, cancellation).ConfigureAwait(false)
                : rehearsed;
        }
        catch (ProcessInstanceNotFoundException)
        {
            throw new WorklistItemNotFoundException(serial, User, WorklistItemEnd.Unknown);
        }
    }

    public async ValueTask SetOutOfOfficeAsync(string user, OutOfOffice? absence, CancellationToken cancellation)
    {
        await Representation.RequireManagedAsync(user, orSelf: true, cancellation).ConfigureAwait(false);
        await _host.Store.SaveAsync(user, absence, cancellation).ConfigureAwait(false);
        if (absence is not null)
        {
            _host.WarnOfNamesOfRoles(user, [.. absence.ForwardTo, .. absence.Exceptions.SelectMany(exception => exception.Users)]);
        }
    }

    public async ValueTask<OutOfOffice?> ReadOutOfOfficeAsync(string user, CancellationToken cancellation)
    {
        await Representation.RequireManagedAsync(user, orSelf: true, cancellation).ConfigureAwait(false);
        return await _host.Store.FindAbsenceAsync(user, cancellation).ConfigureAwait(false);
    }

    /// <summary>Sends a command for each of several tasks; one that fails harms no other (statement 1.13).</summary>
    public ValueTask<IReadOnlyList<BatchResult>> EachAsync(
        IReadOnlyList<SerialNumber> serials, Func<SerialNumber, TaskRequest> request, CancellationToken cancellation) =>
        ItemBatch.EachAsync(serials, serial => For(serial).SendAsync(serial, ActsFor.Self, request(serial), cancellation), cancellation);

    /// <summary>The same for one of several tasks.</summary>
    private ItemCommands For(SerialNumber serial) => _principal.Key is null ? this : new ItemCommands(_host, _principal.For(serial));

    /// <summary>Reads a task that has been opened. When that fails, it is open all the same (statement 14.7d).</summary>
    private async ValueTask<ItemView?> ReadOpenedAsync(SerialNumber serial, ActsFor actsFor, bool isAllocated, CancellationToken cancellation)
    {
        try
        {
            return await Reader.ReadAsync(serial, actsFor, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (isAllocated && exception is not OperationCanceledException)
        {
            throw new CommandPartlyStoredException(
                serial.ProcessInstance, $"Task {serial} is open, and could not be read afterwards.", "Open it again to see it", exception);
        }
    }

    private async ValueTask SendAsync(SerialNumber serial, ActsFor actsFor, TaskRequest request, TaskCommand command, CancellationToken cancellation)
    {
        var refusal = await TrySendAsync(serial, actsFor, command, cancellation).ConfigureAwait(false);
        await RefuseAsync(refusal, serial, actsFor, request, cancellation).ConfigureAwait(false);
    }

    /// <summary>Makes an exception of a refusal; null for none.</summary>
    private async ValueTask RefuseAsync(Refusal? refusal, SerialNumber serial, ActsFor actsFor, TaskRequest request, CancellationToken cancellation)
    {
        if (refusal is not null)
        {
            throw await ExceptionOfAsync(refusal, serial, actsFor, request.Actions, isAdministrator: false, cancellation).ConfigureAwait(false);
        }
    }

    private async ValueTask<Refusal?> TrySendAsync(SerialNumber serial, ActsFor actsFor, TaskCommand command, CancellationToken cancellation)
    {
        var refusal = await PostAsync(serial, command, cancellation).ConfigureAwait(false);
        if (refusal is { Kind: RefusalKind.NoStanding } && actsFor.Kind is ActsForKind.Self)
        {
            (var isShared, refusal) = await SendAsSubstituteAsync(serial, command, cancellation).ConfigureAwait(false);
            if (!isShared)
            {
                // Some tasks anyone may act on (statement 2.10).
                command.ActAsAnyone();
                refusal = await PostAsync(serial, command, cancellation).ConfigureAwait(false);
            }
        }

        if (refusal is { Kind: RefusalKind.Gone, End: WorklistItemEnd.LeftRole or WorklistItemEnd.NoSlotLeft } or { Kind: RefusalKind.Excluded })
        {
            refusal = await ReleaseLeaversAsync(serial, command, refusal, cancellation).ConfigureAwait(false);
        }

        return refusal;
    }

    /// <summary>Slots are released of those who have left the role through which they hold them; then there may be one for the user (statement 1.9).</summary>
    private async ValueTask<Refusal?> ReleaseLeaversAsync(SerialNumber serial, TaskCommand command, Refusal refusal, CancellationToken cancellation) =>
        await Reader.FindOpenAsync(serial, cancellation).ConfigureAwait(false) is { } destination
        && await _host.ReleaseLeaversAsync(destination, cancellation).ConfigureAwait(false)
        && refusal is { Kind: not RefusalKind.Excluded, End: not WorklistItemEnd.LeftRole }
            ? await PostAsync(serial, command, cancellation).ConfigureAwait(false)
            : refusal;

    /// <summary>A user without standing may have that of another who is out of office and shares the task with them (statement 9.4).</summary>
    /// <returns>Whether anybody shares it with the user, and the refusal if none of these standings was good.</returns>
    private async ValueTask<(bool IsShared, Refusal? Refusal)> SendAsSubstituteAsync(SerialNumber serial, TaskCommand command, CancellationToken cancellation)
    {
        var (_, absences) = await Representation.FindSharedAsync(serial, cancellation).ConfigureAwait(false);
        Refusal? refusal = null;
        foreach (var absent in absences)
        {
            command.ActFor(ActsFor.Absent(absent));
            refusal = await PostAsync(serial, command, cancellation).ConfigureAwait(false);
            if (refusal is null)
            {
                break;
            }
        }

        return (absences.Count > 0, refusal);
    }

    private TaskCommand CommandOf(SerialNumber serial, ActsFor actsFor, TaskRequest request) =>
        new(Representation, serial, actsFor, request) { Once = _principal.Key is null ? null : Once(serial, request.Key, actsFor) };

    /// <summary>The idempotency key with all that was asked for.</summary>
    private OnceOnly? Once(SerialNumber serial, (string Word, object?[] Details) key, params ReadOnlySpan<object?> before) =>
        _principal.Once(key.Word, serial, [.. before, .. key.Details]);

    private async ValueTask<Refusal?> PostAsync(SerialNumber serial, Command command, CancellationToken cancellation)
    {
        try
        {
            return (await _host.Turns.SendAsync(command, cancellation).ConfigureAwait(false)).Refusal;
        }
        catch (ProcessInstanceNotFoundException)
        {
            throw new WorklistItemNotFoundException(serial, User, WorklistItemEnd.Unknown);
        }
    }

    private async ValueTask<WorkflowException> ExceptionOfAsync(
        Refusal refusal, SerialNumber serial, ActsFor actsFor, string actions, bool isAdministrator, CancellationToken cancellation) => refusal.Kind switch
    {
        RefusalKind.NotOpen or RefusalKind.NoStanding =>
            await Reader.WhyNotThereAsync(Access, serial, actsFor, isAdministrator, cancellation).ConfigureAwait(false),
        RefusalKind.Excluded => new WorklistAccessDeniedException(serial, User, actsFor.User, refusal.Exclusion!, refusal.Message!),
        RefusalKind.Gone => new WorklistItemNotFoundException(serial, User, refusal.End),
        RefusalKind.State => new WorklistItemRefusedException(serial, refusal.Statement, refusal.Message!),
        RefusalKind.Action => new ActionNotAllowedException(serial, User, actions, refusal.Message!),
        RefusalKind.Halted => new ProcessInstanceHaltedException(serial.ProcessInstance, refusal.Error),
        _ => refusal.Exception!,
    };
}
