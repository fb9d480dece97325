using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Planning;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Client;

/// <summary>Sends what one user wants of tasks, and makes exceptions of refusals.</summary>
internal sealed class ItemCommands
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

    public ValueTask<IReadOnlyList<WorklistItem>> ListAsync(WorklistQuery query, string? managedUser, CancellationToken cancellation)
    {
        WorkflowConnection.RefusePage(query.Limit, nameof(query));
        Limits.RefuseLongList(query.Statuses.Count, "statuses", nameof(query));
        return Reader.ListAsync(this, query, managedUser, cancellation);
    }

    public ValueTask<NoSingleTaskException> WhyNotSingleAsync(
        IReadOnlyList<WorklistItem> items, ProcessInstanceId processInstance, string? activity, CancellationToken cancellation) =>
        new SingleTask(_host, this, Reader, Representation, processInstance, activity).WhyNotAsync(items, cancellation);

    public ValueTask<IReadOnlyList<WorklistEntry>> ListEverybodysAsync(WorklistQuery query, CancellationToken cancellation)
    {
        WorkflowConnection.RefusePage(query.Limit, nameof(query));
        Limits.RefuseLongList(query.Statuses.Count, "statuses", nameof(query));
        return Reader.ListEverybodysAsync(Access, query, cancellation);
    }

    public async ValueTask<WorklistItem> OpenAsync(SerialNumber serial, ActsFor actsFor, bool allocate, CancellationToken cancellation)
    {
        var input = new Input.OpenItem(serial.Destination, allocate);
        await SendAsync(serial, actsFor, input, cancellation).ConfigureAwait(false);
        var view = await ReadOpenedAsync(serial, input, actsFor, cancellation).ConfigureAwait(false)
            ?? throw new WorklistItemNotFoundException(serial, User, WorklistItemEnd.Completed);
        return new WorklistItem(this, view);
    }

    /// <summary>Reads a task that has been opened. When that fails, it is open all the same (statement 14.7d).</summary>
    private async ValueTask<ItemView?> ReadOpenedAsync(SerialNumber serial, Input.OpenItem input, ActsFor actsFor, CancellationToken cancellation)
    {
        try
        {
            return await Reader.ReadAsync(serial, input.Actor?.For ?? actsFor, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (input.Allocates && exception is not OperationCanceledException)
        {
            throw new CommandPartlyStoredException(
                serial.ProcessInstance, $"Task {serial} is open, and could not be read afterwards.", "Open it again to see it", exception);
        }
    }

    public ValueTask ExecuteAsync(SerialNumber serial, ActsFor actsFor, string action, Action<Answer>? answer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(action);
        var changes = Answer.Of(answer);
        return SendAsync(serial, actsFor, new Input.TakeAction(serial.Destination, action, changes), cancellation);
    }

    public ValueTask ReleaseAsync(SerialNumber serial, ActsFor actsFor, CancellationToken cancellation) =>
        SendAsync(serial, actsFor, new Input.ReleaseItem(serial.Destination), cancellation);

    public ValueTask SleepAsync(SerialNumber serial, ActsFor actsFor, TimeSpan duration, CancellationToken cancellation)
    {
        if (duration < TimeSpan.Zero)
        {
            return SendAsync(serial, actsFor, new Input.WakeItem(serial.Destination), cancellation);
        }

        var now = _host.Options.Clock.GetUtcNow();
        if (duration > DateTimeOffset.MaxValue - now)
        {
            throw new ArgumentOutOfRangeException(nameof(duration), duration, "The item would sleep beyond the end of the calendar. Zero sleeps until it is woken.");
        }

        DateTimeOffset? until = duration == TimeSpan.Zero ? null : now + duration;
        return SendAsync(serial, actsFor, new Input.SleepItem(serial.Destination, until), cancellation);
    }

    public ValueTask SleepUntilAsync(SerialNumber serial, ActsFor actsFor, DateTimeOffset until, CancellationToken cancellation) =>
        SendAsync(serial, actsFor, new Input.SleepItem(serial.Destination, until.ToUniversalTime()), cancellation);

    public ValueTask RedirectAsync(SerialNumber serial, ActsFor actsFor, string user, CancellationToken cancellation)
    {
        var to = Destination.User(user).Name;
        return SendAsync(serial, actsFor, new Input.RedirectItem(serial.Destination, to), cancellation);
    }

    public ValueTask DelegateAsync(SerialNumber serial, ActsFor actsFor, Destination who, IReadOnlyList<string>? actions, CancellationToken cancellation)
    {
        RefuseNobody(who, mayBeStored: false);
        Limits.RefuseLongList(actions?.Count ?? 0, "actions", nameof(actions));
        IReadOnlyList<string>? chosen = actions is null ? null : [.. actions];
        return SendAsync(serial, actsFor, new Input.DelegateItem(serial.Destination, who, chosen), cancellation);
    }

    public ValueTask UndelegateAsync(SerialNumber serial, ActsFor actsFor, Destination who, CancellationToken cancellation)
    {
        RefuseNobody(who);
        return SendAsync(serial, actsFor, new Input.UndelegateItem(serial.Destination, who), cancellation);
    }

    public ValueTask RedirectFromAsync(SerialNumber serial, Destination from, string user, bool keepOpen, CancellationToken cancellation)
    {
        RefuseNobody(from);
        var to = Destination.User(user).Name;
        return AdministerAsync(serial, new Input.RedirectTask(serial.Destination, User, from, to, keepOpen), cancellation);
    }

    public ValueTask ReleaseOfAsync(SerialNumber serial, string user, CancellationToken cancellation)
    {
        // The host itself can hold a slot where anyone may act, and nobody can be called like it.
        var holder = user is not null && Names.Same(user, Names.OfHost) ? user : Destination.User(user!).Name;
        return AdministerAsync(serial, new Input.ReleaseTask(serial.Destination, User, holder), cancellation);
    }

    public ValueTask SetActionRightAsync(SerialNumber serial, string action, Destination who, bool? isAllowed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(action);
        RefuseNobody(who, mayBeStored: isAllowed is null);
        return AdministerAsync(serial, new Input.SetActionRight(serial.Destination, User, action, who, isAllowed), cancellation);
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
        IReadOnlyList<SerialNumber> serials, Func<ItemCommands, SerialNumber, ValueTask> command, CancellationToken cancellation) =>
        ItemBatch.EachAsync(serials, serial => command(For(serial), serial), cancellation);

    /// <summary>The same for one of several tasks.</summary>
    private ItemCommands For(SerialNumber serial) => _principal.Key is null ? this : new ItemCommands(_host, _principal.For(serial));

    /// <summary>A name that only a store has kept can still be taken away, and not given anything.</summary>
    private static void RefuseNobody(Destination who, bool mayBeStored = true)
    {
        if (who.Name is null || !mayBeStored)
        {
            Destination.RefuseUnusable(who, nameof(who));
        }
    }

    private ValueTask SendAsync(SerialNumber serial, ActsFor actsFor, Input.OnItem input, CancellationToken cancellation) =>
        SendAsync(serial, actsFor, input, CommandOf(serial, actsFor, input), cancellation);

    private async ValueTask AdministerAsync(SerialNumber serial, Input.OnTask input, CancellationToken cancellation)
    {
        await Access.RefreshAsync(cancellation).ConfigureAwait(false);
        var once = Once(serial, input, ActsFor.Self);
        Command command = input is Input.RedirectTask redirect
            ? new RedirectTaskCommand(Access, Representation, redirect) { Once = once }
            : new RightCommand(Access, Operation.AdministerItem, input) { Once = once };
        await SendAsync(serial, ActsFor.Self, input, command, cancellation).ConfigureAwait(false);
    }

    private async ValueTask SendAsync(SerialNumber serial, ActsFor actsFor, Input input, Command command, CancellationToken cancellation)
    {
        Refusal? refusal;
        try
        {
            (_, refusal) = await _host.PostAsync(serial.ProcessInstance, command, cancellation).ConfigureAwait(false);
        }
        catch (ProcessInstanceNotFoundException)
        {
            throw new WorklistItemNotFoundException(serial, User, WorklistItemEnd.Unknown);
        }

        if (refusal is { Kind: RefusalKind.NoStanding } && actsFor.Kind is ActsForKind.Self && input is Input.OnItem own)
        {
            (var isShared, refusal) = await SendAsSubstituteAsync(serial, own, cancellation).ConfigureAwait(false);
            if (!isShared)
            {
                refusal = await SendAsAnyoneAsync(serial, own, cancellation).ConfigureAwait(false);
            }
        }

        if (refusal is { Kind: RefusalKind.Gone, End: WorklistItemEnd.LeftRole or WorklistItemEnd.NoSlotLeft } or { Kind: RefusalKind.Excluded } && input is Input.OnItem waiting)
        {
            refusal = await ReleaseLeaversAsync(serial, actsFor, waiting, refusal, cancellation).ConfigureAwait(false);
        }

        if (refusal is not null)
        {
            throw await ExceptionOfAsync(refusal, serial, actsFor, input, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Slots are released of those who have left the role through which they hold them; then there may be one for the user (statement 1.9).</summary>
    private async ValueTask<Refusal?> ReleaseLeaversAsync(
        SerialNumber serial, ActsFor actsFor, Input.OnItem input, Refusal refusal, CancellationToken cancellation)
    {
        if (await Reader.FindOpenAsync(serial, cancellation).ConfigureAwait(false) is not { } destination
            || !await _host.ReleaseLeaversAsync(destination, cancellation).ConfigureAwait(false)
            || refusal is { Kind: RefusalKind.Excluded } or { End: WorklistItemEnd.LeftRole })
        {
            return refusal;
        }

        return await PostAsync(serial, CommandOf(serial, input.Actor.For, input, asked: actsFor), cancellation).ConfigureAwait(false);
    }

    /// <summary>Some tasks anyone may act on (statement 2.10).</summary>
    private ValueTask<Refusal?> SendAsAnyoneAsync(SerialNumber serial, Input.OnItem input, CancellationToken cancellation)
    {
        input.IsAnyone = true;
        return PostAsync(serial, CommandOf(serial, ActsFor.Self, input), cancellation);
    }

    /// <summary>A user without a standing of their own may have that of somebody who is out of office and shares the task with them (statement 9.4).</summary>
    /// <returns>Whether anybody shares it with the user, and the refusal if none of these standings was good.</returns>
    private async ValueTask<(bool IsShared, Refusal? Refusal)> SendAsSubstituteAsync(SerialNumber serial, Input.OnItem input, CancellationToken cancellation)
    {
        if (await _host.Store.FindTaskAsync(serial, cancellation).ConfigureAwait(false) is not { } task)
        {
            return (false, null);
        }

        var absences = await Representation.AbsentAsync(task.Header.Definition, task.Header.Activity, cancellation).ConfigureAwait(false);
        Refusal? refusal = null;
        foreach (var absent in absences)
        {
            refusal = await PostAsync(serial, CommandOf(serial, ActsFor.Absent(absent), input, asked: ActsFor.Self), cancellation).ConfigureAwait(false);
            if (refusal is null)
            {
                break;
            }
        }

        return (absences.Count > 0, refusal);
    }

    private ItemCommand CommandOf(SerialNumber serial, ActsFor actsFor, Input.OnItem input) => CommandOf(serial, actsFor, input, asked: actsFor);

    /// <summary>A command by a standing that the engine has found. A repetition is known by what the caller asked for.</summary>
    private ItemCommand CommandOf(SerialNumber serial, ActsFor actsFor, Input.OnItem input, ActsFor asked) =>
        new(Representation, actsFor, input) { Once = Once(serial, input, asked) };

    /// <summary>The idempotency key with all that was asked for; but the instant to which an item sleeps depends on when that was.</summary>
    private OnceOnly? Once(SerialNumber serial, Input input, ActsFor actsFor) => _principal.Key is null ? null : input switch
    {
        Input.TakeAction taken => _principal.Once("act", serial, actsFor, taken.Action, FieldChanges.Text(taken.Changes)),
        Input.OpenItem opened => _principal.Once("open", serial, actsFor, opened.Allocates),
        Input.RedirectItem redirected => _principal.Once("redirect", serial, actsFor, redirected.To),
        Input.DelegateItem delegated => _principal.Once("delegate", serial, actsFor, delegated.To, delegated.Actions),
        Input.UndelegateItem taken => _principal.Once("undelegate", serial, actsFor, taken.To),
        Input.RedirectTask redirected => _principal.Once("redirect task", serial, redirected.From, redirected.To, redirected.KeepsOpen),
        Input.ReleaseTask released => _principal.Once("release task", serial, released.User),
        Input.SetActionRight right => _principal.Once("action right", serial, right.Action, right.Who, right.IsAllowed),
        _ => _principal.Once(input.GetType().Name, serial, actsFor),
    };

    private async ValueTask<Refusal?> PostAsync(SerialNumber serial, Command command, CancellationToken cancellation) =>
        (await _host.PostAsync(serial.ProcessInstance, command, cancellation).ConfigureAwait(false)).Refusal;

    private async ValueTask<WorkflowException> ExceptionOfAsync(
        Refusal refusal, SerialNumber serial, ActsFor actsFor, Input input, CancellationToken cancellation) => refusal.Kind switch
    {
        RefusalKind.NotOpen or RefusalKind.NoStanding =>
            await Reader.WhyNotThereAsync(Access, serial, actsFor, isAdministrator: input is Input.OnTask, cancellation).ConfigureAwait(false),
        RefusalKind.Excluded => new WorklistAccessDeniedException(serial, User, actsFor.User, refusal.Exclusion!, refusal.Message!),
        RefusalKind.Gone => new WorklistItemNotFoundException(serial, User, refusal.End),
        RefusalKind.State => new WorklistItemRefusedException(serial, refusal.Message!),
        RefusalKind.Action => new ActionNotAllowedException(serial, User, ItemCommand.ActionOf(input), refusal.Message!),
        RefusalKind.InError => new ProcessInstanceInErrorException(serial.ProcessInstance, refusal.Error!),
        _ => refusal.Exception!,
    };
}
