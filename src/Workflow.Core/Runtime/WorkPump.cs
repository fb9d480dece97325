using Workflow.Core.Persistence;

namespace Workflow.Core.Runtime;

/// <summary>Does the work for which nobody waits. It claims instances with due timers, and those with calls that an engine has left behind. It moves each by
/// itself. One that is busy for long holds up no other. The pump is a step: <see cref="WorkLoop"/> calls it again and again.</summary>
internal sealed class WorkPump
{
    private readonly EngineServices _services;
    private readonly Lock _lock = new();
    private readonly HashSet<ProcessInstanceId> _underWay = [];
    private readonly WorkShares _shares = new();
    private readonly ClaimPace _pace;
    private readonly MessageDelivery _delivery;
    private readonly ClaimedInstances _instances;

    public WorkPump(ProcessHost host, EngineServices services)
    {
        _services = services;
        _pace = new ClaimPace(services.Options.Clock);
        Claimed = new ClaimedWork(host, services);
        _delivery = new MessageDelivery(host, services);
        _instances = new ClaimedInstances(host, services);
    }

    /// <summary>How long to wait at most before looking again: what failed is tried again, and the clock may have jumped.</summary>
    public TimeSpan LongestWait => _services.IsShared ? _services.Options.PollInterval : WaitTimes.Longest(TimeSpan.MaxValue);

    /// <summary>The work on an instance that was claimed.</summary>
    public ClaimedWork Claimed { get; }

    /// <summary>Whether nothing is under way.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return _underWay.Count == 0;
            }
        }
    }

    /// <summary>Claims what there is to do, begins it, each instance by itself, and waits for none of them.</summary>
    /// <returns>How long nothing more is to be done, unless something is armed or done before; null when only that would bring something.</returns>
    public async Task<TimeSpan?> StepAsync(CancellationToken stopping)
    {
        _services.Roles.Begin();
        _services.Holders.Begin();
        await Claimed.GiveBackOwedAsync().ConfigureAwait(false);
        foreach (var id in _services.LeftBehind.Take(_shares.Free(WorkKind.Recovery)))
        {
            if (!TryBegin(id, WorkKind.Recovery, (claimed, work) => claimed.GoOnAsync(id, work)))
            {
                _services.LeftBehind.Add(id);
            }
        }

        await DeliverAsync(stopping).ConfigureAwait(false);
        await ClaimDueAsync(stopping).ConfigureAwait(false);
        if (_services.IsShared && _pace.AreCallsWanted)
        {
            await ClaimCallsAsync(WorkKind.Calls, stopping).ConfigureAwait(false);
        }

        return await _services.OtherNews.LookAsync(stopping).ConfigureAwait(false) ? TimeSpan.Zero : await NextWaitAsync(stopping).ConfigureAwait(false);
    }

    /// <summary>Claims instances with pending calls, as many as there is room for, and begins them.</summary>
    /// <returns>How many were begun.</returns>
    public async Task<int> ClaimCallsAsync(WorkKind kind, CancellationToken cancellation) => _shares.Free(kind) is var free and > 0
        ? await ClaimAsync(_services.ClaimOf(DateTimeOffset.MinValue, free) with { DueTimers = false }, kind, cancellation).ConfigureAwait(false)
        : 0;

    /// <summary>Claims instances with timers that are due. An engine that is alone knows of the calls it has left behind.</summary>
    private async Task ClaimDueAsync(CancellationToken stopping)
    {
        if (_pace.RoomFor(_shares) is not (var room and > 0))
        {
            return;
        }

        var due = _services.ClaimOf(_services.Options.Clock.GetUtcNow(), room) with { PendingCalls = false };
        _pace.Claimed(room, await ClaimAsync(due, WorkKind.Timers, stopping).ConfigureAwait(false));
    }

    /// <summary>Begins to deliver messages between parents and sub-processes, as many as there is room for.</summary>
    private async Task DeliverAsync(CancellationToken stopping)
    {
        await _services.Messages.LookAsync(stopping).ConfigureAwait(false);
        foreach (var messages in _services.Messages.Take(_shares.Free(WorkKind.Messages), IsUnderWay))
        {
            if (!TryBegin(messages[0].Message.To, WorkKind.Messages, (_, work) => _delivery.DoAsync(messages, work)))
            {
                messages.ForEach(_services.Messages.Leave);
            }
        }
    }

    private bool IsUnderWay(ProcessInstanceId id)
    {
        lock (_lock)
        {
            return _underWay.Contains(id);
        }
    }

    private async Task<int> ClaimAsync(ClaimQuery query, WorkKind kind, CancellationToken stopping)
    {
        ProcessInstanceId[] underWay;
        lock (_lock)
        {
            underWay = [.. _underWay];
        }

        var begun = 0;
        var claims = await _services.Options.Store.ClaimAsync(query with { Except = underWay }, stopping).ConfigureAwait(false);
        var stored = kind is WorkKind.Timers ? await _instances.LoadAsync(claims).ConfigureAwait(false) : [];
        foreach (var claim in claims)
        {
            var known = stored.GetValueOrDefault(claim.Id);
            if (TryBegin(claim.Id, kind, (claimed, work) => claimed.DoAsync(claim, known, work)))
            {
                begun++;
            }
            else
            {
                await Claimed.GiveBackAsync(claim, TimeSpan.Zero).ConfigureAwait(false);
            }
        }

        return begun;
    }

    /// <returns>False when something is under way for the instance already.</returns>
    private bool TryBegin(ProcessInstanceId id, WorkKind kind, Func<ClaimedWork, BackgroundWork, Task> what)
    {
        lock (_lock)
        {
            if (!_underWay.Add(id))
            {
                return false;
            }
        }

        var work = new BackgroundWork(_shares, kind, Wake);
        _ = _services.Executor.Begin(() => DoAsync(id, work, what));
        return true;
    }

    private async Task DoAsync(ProcessInstanceId id, BackgroundWork work, Func<ClaimedWork, BackgroundWork, Task> what)
    {
        try
        {
            await what(Claimed, work).ConfigureAwait(false);
        }
        catch (ObjectDisposedException) when (_services.Stopping.IsCancellationRequested)
        {
            // The next engine on the same store goes on.
        }
#pragma warning disable CA1031 // Any failure of one instance is reported and harms no other.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            WorkLog.Interrupted(_services.Logger, exception);
        }
        finally
        {
            work.Pause();
            lock (_lock)
            {
                _underWay.Remove(id);
            }

            Wake();
        }
    }

    /// <summary>How long until the next timer. An instance that is due and could not be claimed is looked for again later.</summary>
    private async Task<TimeSpan?> NextWaitAsync(CancellationToken stopping)
    {
        if (_pace.IsMoreDue)
        {
            return ClaimPace.Longest;
        }

        var now = _services.Options.Clock.GetUtcNow();
        var store = _services.Options.Store;
        var next = Earliest(
            await store.NextDueAsync(after: now, stopping).ConfigureAwait(false), _services.Roles.NextAt, _services.Holders.NextAt, _services.Messages.NextAt);
        if (next is null && !_services.IsShared && await store.NextDueAsync(after: null, stopping).ConfigureAwait(false) is null)
        {
            return null;
        }

        var wait = next is { } due && due - now < LongestWait ? due - now : LongestWait;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private void Wake() => _services.WorkAppeared?.Invoke();

    private static DateTimeOffset? Earliest(params ReadOnlySpan<DateTimeOffset?> instants)
    {
        DateTimeOffset? earliest = null;
        foreach (var instant in instants)
        {
            earliest = earliest is null || instant < earliest ? instant ?? earliest : earliest;
        }

        return earliest;
    }
}
