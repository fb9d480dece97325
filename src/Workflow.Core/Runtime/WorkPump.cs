using Workflow.Core.Persistence;

namespace Workflow.Core.Runtime;

/// <summary>Takes up what nobody waits for: claims instances with timers that are due, and those with calls that an engine has left behind, and moves each by itself.
/// One that is busy for long holds up no other.</summary>
internal sealed class WorkPump
{
    private readonly ProcessHost _host;
    private readonly EngineServices _services;
    private readonly Lock _lock = new();
    private readonly HashSet<ProcessInstanceId> _underWay = [];
    private readonly WorkShares _shares = new();
    private TaskCompletionSource _armed = NewSignal();
    private Task? _running;

    /// <summary>Ends with the loop that runs; null while none does.</summary>
    private TaskCompletionSource? _loop;

    public WorkPump(ProcessHost host, EngineServices services)
    {
        _host = host;
        _services = services;
        Claimed = new ClaimedWork(host, services);
    }

    /// <summary>How long to wait at most before looking again: what failed is tried again, and the clock may have jumped.</summary>
    private TimeSpan LongestWait => _services.IsShared ? _services.Options.PollInterval : Patience.Longest(TimeSpan.MaxValue);

    /// <summary>The work on an instance that was claimed.</summary>
    public ClaimedWork Claimed { get; }

    /// <summary>Whether work is taken up, whoever began it.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_lock)
            {
                return _running is not null || Volatile.Read(ref _loop) is not null;
            }
        }
    }

    /// <summary>Begins to run, if the options say so.</summary>
    public void Start()
    {
        if (!_services.Options.TakesUpWork)
        {
            return;
        }

        lock (_lock)
        {
            _running ??= _services.Stopping.IsCancellationRequested ? Task.CompletedTask : Background.Run(() => RunAsync(_services.Stopping));
        }
    }

    /// <summary>There may be something to do sooner than it was known.</summary>
    public void Wake() => Volatile.Read(ref _armed).TrySetResult();

    /// <returns>A task that ends when the pump has, whoever began it; the host has cancelled it before.</returns>
    public Task StopAsync()
    {
        lock (_lock)
        {
            return Task.WhenAll(_running ?? Task.CompletedTask, Volatile.Read(ref _loop)?.Task ?? Task.CompletedTask);
        }
    }

    /// <summary>Takes up work until told to stop: then nothing new is claimed.</summary>
    /// <returns>A task that ends when nothing is under way any more.</returns>
    /// <exception cref="InvalidOperationException">It runs already.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        var loop = NewSignal();
        if (Interlocked.CompareExchange(ref _loop, loop, null) is not null)
        {
            throw new InvalidOperationException("The engine takes up work already. Stop it before you begin again.");
        }

        try
        {
            await RunToEndAsync(stopping).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _loop, null);
            loop.SetResult();
        }
    }

    private async Task RunToEndAsync(CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, _services.Stopping);
        await LoopAsync(either.Token).ConfigureAwait(false);
        while (true)
        {
            var ended = NewSignal();
            Volatile.Write(ref _armed, ended);
            lock (_lock)
            {
                if (_underWay.Count == 0)
                {
                    break;
                }
            }

            await ended.Task.ConfigureAwait(false);
        }

        await Claimed.GiveBackOwedAsync().ConfigureAwait(false);
    }

    /// <summary>To be told to stop is no failure, so nothing is thrown then: it wakes the loop like anything else.</summary>
    private async Task LoopAsync(CancellationToken stopping)
    {
        using var stops = stopping.UnsafeRegister(static pump => ((WorkPump)pump!).Wake(), this);
        while (!stopping.IsCancellationRequested)
        {
            var armed = NewSignal();
            Volatile.Write(ref _armed, armed);
            if (stopping.IsCancellationRequested)
            {
                return;
            }

            try
            {
                await BeginAsync(stopping).ConfigureAwait(false);
                await WaitAsync(armed.Task, stopping).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException && stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A store that fails for a while must not end the work for good.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                WorkLog.Interrupted(_services.Logger, exception);
                await Task.Delay(LongestWait, _services.Options.Clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Claims what there is to do, begins it, each instance by itself, and waits for none of them.</summary>
    private async Task BeginAsync(CancellationToken stopping)
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

        // An instance that waits or calls code may be due again, so as many more are asked for. An engine that is alone knows of the calls it has left behind;
        // others may leave theirs at any time.
        if (_shares.Free(WorkKind.Timers) is var timers and > 0)
        {
            int underWay;
            lock (_lock)
            {
                underWay = _underWay.Count;
            }

            var due = _services.ClaimOf(_services.Options.Clock.GetUtcNow(), timers + underWay) with { PendingCalls = false };
            await ClaimAsync(due, WorkKind.Timers, stopping).ConfigureAwait(false);
        }

        if (_services.IsShared)
        {
            await ClaimCallsAsync(WorkKind.Calls, stopping).ConfigureAwait(false);
        }
    }

    /// <summary>Claims instances with pending calls, as many as there is room for, and begins them.</summary>
    /// <returns>How many were begun.</returns>
    public async Task<int> ClaimCallsAsync(WorkKind kind, CancellationToken cancellation) => _shares.Free(kind) is var free and > 0
        ? await ClaimAsync(_services.ClaimOf(DateTimeOffset.MinValue, free), kind, cancellation).ConfigureAwait(false)
        : 0;

    private async Task<int> ClaimAsync(ClaimQuery query, WorkKind kind, CancellationToken stopping)
    {
        var begun = 0;
        foreach (var claim in await _services.Options.Store.ClaimAsync(query, stopping).ConfigureAwait(false))
        {
            if (TryBegin(claim.Id, kind, (claimed, work) => claimed.DoAsync(claim, work)))
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
        _ = Background.Run(() => DoAsync(id, work, what));
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

    /// <summary>Waits for the next timer, or until something is armed or done. An instance that is due and could not be claimed is looked for again
    /// later.</summary>
    private async Task WaitAsync(Task armed, CancellationToken stopping)
    {
        var now = _services.Options.Clock.GetUtcNow();
        var store = _services.Options.Store;
        var next = Earliest(await store.NextDueAsync(after: now, stopping).ConfigureAwait(false), _services.Roles.NextAt, _services.Holders.NextAt);
        var isSettled = next is null && !_services.IsShared && await store.NextDueAsync(after: null, stopping).ConfigureAwait(false) is null;
        if (isSettled)
        {
            await armed.ConfigureAwait(false);
            return;
        }

        var wait = next is { } due && due - now < LongestWait ? due - now : LongestWait;
        wait = wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
        using var overslept = new CancellationTokenSource();
        var delay = Task.Delay(wait, _services.Options.Clock, overslept.Token);
        await Task.WhenAny(delay, armed).ConfigureAwait(false);
        await overslept.CancelAsync().ConfigureAwait(false);
    }

    private static DateTimeOffset? Earliest(params ReadOnlySpan<DateTimeOffset?> instants)
    {
        DateTimeOffset? earliest = null;
        foreach (var instant in instants)
        {
            earliest = earliest is null || instant < earliest ? instant ?? earliest : earliest;
        }

        return earliest;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
