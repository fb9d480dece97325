using Workflow.Core.Instances;

namespace Workflow.Core.Runtime;

/// <summary>Fires timers when they are due: finds them in the store and posts each to its instance. A timer that cannot be fired is reported, tried again later,
/// and holds up no other.</summary>
internal sealed class TimerPump
{
    private const int Page = 100;

    /// <summary>How many instances are moved at a time: one that is busy for long holds up no other.</summary>
    private const int MostAtOnce = 32;

    /// <summary>How long to wait at most before looking again: what failed is tried again.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly ProcessHost _host;
    private readonly EngineServices _services;
    private readonly CancellationToken _shutdown;
    private readonly Lock _lock = new();
    private readonly HashSet<ProcessInstanceId> _underWay = [];
    private readonly Dictionary<ProcessTimer, DateTimeOffset> _failed = [];
    private TaskCompletionSource _armed = NewSignal();
    private Task? _running;

    public TimerPump(ProcessHost host, EngineServices services, CancellationToken shutdown)
    {
        _host = host;
        _services = services;
        _shutdown = shutdown;
    }

    /// <summary>Begins to run, if the options say so.</summary>
    public void Start()
    {
        if (!_services.Options.RunsTimers)
        {
            return;
        }

        lock (_lock)
        {
            _running ??= _shutdown.IsCancellationRequested ? Task.CompletedTask : Task.Run(RunAsync, CancellationToken.None);
        }
    }

    /// <summary>A timer was armed, which may be the next one due.</summary>
    public void Wake() => Volatile.Read(ref _armed).TrySetResult();

    /// <returns>A task that ends when the pump has; the host has cancelled it before.</returns>
    public Task StopAsync()
    {
        lock (_lock)
        {
            return _running ?? Task.CompletedTask;
        }
    }

    /// <summary>Fires what is due now, and what becomes due by it.</summary>
    /// <returns>How many timers were fired.</returns>
    public async ValueTask<int> RunDueAsync(CancellationToken cancellation)
    {
        var tried = new HashSet<ProcessTimer>();
        var fired = 0;
        while (true)
        {
            var due = await _host.Store.FindDueAsync(_services.Options.Clock.GetUtcNow(), Page + tried.Count, cancellation).ConfigureAwait(false);
            var before = tried.Count;
            foreach (var timer in due)
            {
                if (tried.Add(timer))
                {
                    cancellation.ThrowIfCancellationRequested();
                    fired += await TryFireAsync(timer).ConfigureAwait(false) ? 1 : 0;
                }
            }

            if (tried.Count == before)
            {
                return fired;
            }
        }
    }

    private async Task RunAsync()
    {
        while (!_shutdown.IsCancellationRequested)
        {
            var armed = NewSignal();
            Volatile.Write(ref _armed, armed);
            try
            {
                await BeginDueAsync().ConfigureAwait(false);
                await WaitAsync(armed.Task).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException && _shutdown.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A store that fails for a while must not end the timers for good.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                TimerLog.TimersInterrupted(_services.Logger, exception);
                await Task.Delay(LongestWait, _services.Options.Clock, _shutdown).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Begins to fire what is due, each instance by itself, and waits for none of them.</summary>
    private async Task BeginDueAsync()
    {
        var now = _services.Options.Clock.GetUtcNow();
        int waiting;
        lock (_lock)
        {
            waiting = _failed.Count + _underWay.Count;
        }

        var due = await _host.Store.FindDueAsync(now, Page + waiting, _shutdown).ConfigureAwait(false);
        foreach (var timers in due.GroupBy(timer => timer.ProcessInstance))
        {
            lock (_lock)
            {
                if (_underWay.Count == MostAtOnce)
                {
                    return;
                }

                if (timers.All(timer => _failed.TryGetValue(timer, out var retry) && now < retry) || !_underWay.Add(timers.Key))
                {
                    continue;
                }
            }

            _ = Task.Run(() => FireAsync(timers.Key, [.. timers]), CancellationToken.None);
        }
    }

    /// <summary>Fires the timers of one instance; when one has failed, it is tried again later and not at once.</summary>
    private async Task FireAsync(ProcessInstanceId id, ProcessTimer[] timers)
    {
        try
        {
            foreach (var timer in timers)
            {
                var isFired = await TryFireAsync(timer).ConfigureAwait(false);
                lock (_lock)
                {
                    _failed.Remove(timer);
                    if (!isFired)
                    {
                        _failed.Add(timer, _services.Options.Clock.GetUtcNow() + LongestWait);
                    }
                }
            }
        }
        catch (ObjectDisposedException)
        {
            // The engine has stopped; the next one on the same store goes on.
        }
        finally
        {
            lock (_lock)
            {
                _underWay.Remove(id);
            }

            Wake();
        }
    }

    /// <summary>Waits for the next timer, or until one is armed. What is due and could not be fired is not waited for.</summary>
    private async Task WaitAsync(Task armed)
    {
        var now = _services.Options.Clock.GetUtcNow();
        var next = await _host.Store.NextDueAsync(after: now, _shutdown).ConfigureAwait(false);
        if (next is null && await _host.Store.NextDueAsync(after: null, _shutdown).ConfigureAwait(false) is null)
        {
            await armed.WaitAsync(_shutdown).ConfigureAwait(false);
            return;
        }

        var wait = next is { } due && due - now < LongestWait ? due - now : LongestWait;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_shutdown);
        var delay = Task.Delay(wait, _services.Options.Clock, either.Token);
        await Task.WhenAny(delay, armed).ConfigureAwait(false);
        await either.CancelAsync().ConfigureAwait(false);
    }

    private async ValueTask<bool> TryFireAsync(ProcessTimer timer)
    {
        try
        {
            return await _host.PostAsync(timer.ProcessInstance, new TimerCommand(timer), CancellationToken.None).ConfigureAwait(false) is null;
        }
        catch (ObjectDisposedException)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever is wrong with one instance is reported and harms no other.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            TimerLog.TimerNotFired(_services.Logger, timer.ProcessInstance.Value, timer.Number, exception);
            return false;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
