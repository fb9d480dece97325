using System.Collections.Concurrent;
using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Does what a claimed instance has to do: makes its pending call and fires its timers that are due. An instance that fails is put off, each time for
/// longer, and in the end set aside; it is never reset, and harms no other.</summary>
internal sealed class ClaimedWork
{
    /// <summary>How often an instance is tried that cannot be moved, before it is set aside (statement 13.2).</summary>
    private const int MostAttempts = 5;

    private const int Page = 100;

    /// <summary>How long nobody is given what this engine cannot read and others can: then it may be one of those.</summary>
    public static readonly TimeSpan PutOffForNewer = TimeSpan.FromSeconds(5);

    private readonly ProcessHost _host;
    private readonly EngineServices _services;
    private readonly ConcurrentQueue<(ClaimedProcess Claim, TimeSpan PutOff)> _owed = new();

    public ClaimedWork(ProcessHost host, EngineServices services)
    {
        _host = host;
        _services = services;
    }

    /// <param name="claim">The instance.</param>
    /// <param name="stored">The instance as the store has it; null when it was not loaded.</param>
    /// <param name="work">The share of the work.</param>
    /// <exception cref="ObjectDisposedException">The engine has stopped; the next one on the same store continues.</exception>
    public async Task DoAsync(ClaimedProcess claim, StoredProcess? stored, BackgroundWork work)
    {
        try
        {
            if (claim.Attempts > MostAttempts)
            {
                await SetAsideAsync(
                    claim, $"The engine tried {MostAttempts.Invariant()} times to continue it, and failed. The log says why.").ConfigureAwait(false);
                return;
            }

            if (claim.HasPendingCall)
            {
                await _host.Turns.TakeUpAsync(claim.Id, work, CancellationToken.None).ConfigureAwait(false);
            }

            var fired = await FireAsync(claim.Id, stored, work).ConfigureAwait(false);
            if (fired is FiredTimers.All)
            {
                // The last commit has given it back.
                return;
            }

            if (fired is FiredTimers.None)
            {
                await GiveBackAsync(claim, TimeSpan.Zero).ConfigureAwait(false);
                return;
            }

            // That it waits is no attempt, and nobody looks for it again at once.
            work.Pause();
            await _services.Executor.PauseAsync(_services.Options.PollInterval, _services.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await LeaveAsync(claim, TimeSpan.Zero).ConfigureAwait(false);
        }
        catch (ObjectDisposedException) when (_services.Stopping.IsCancellationRequested)
        {
            // The next engine need not wait until the lease has run out.
            await GiveBackAsync(claim, TimeSpan.Zero).ConfigureAwait(false);
            throw;
        }
        catch (StoredFormatException exception) when (exception.IsFromNewerVersion)
        {
            _services.Unreadable.LeaveToNewer(claim.Id, exception);
            await LeaveAsync(claim, PutOffForNewer).ConfigureAwait(false);
        }
        catch (StoredFormatException exception)
        {
            WorkLog.NotTakenUp(_services.Logger, claim.Id.Value, exception);
            await SetAsideAsync(claim, exception.Message).ConfigureAwait(false);
        }
        catch (CommandPartlyStoredException exception)
        {
            WorkLog.PartlyMoved(_services.Logger, claim.Id.Value, exception);
            await PutOffAsync(claim).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Any failure of one instance is reported and harms no other.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            WorkLog.NotTakenUp(_services.Logger, claim.Id.Value, exception);
            await PutOffAsync(claim).ConfigureAwait(false);
        }
    }

    /// <summary>Continues an instance that this engine has left behind. When it fails again, it is left behind again.</summary>
    /// <exception cref="ObjectDisposedException">The engine has stopped; the lease runs out, and the next one on the same store continues.</exception>
    public async Task GoOnAsync(ProcessInstanceId id, BackgroundWork work)
    {
        try
        {
            await _host.Turns.TakeUpAsync(id, work, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ProcessInstanceNotFoundException)
        {
            // A start that stored nothing.
        }
        catch (StoredFormatException exception) when (exception.IsFromNewerVersion || !_services.IsShared)
        {
            // Nothing is held that would have to be given back: who wrote in another version has taken it over.
            await _services.Unreadable.ReportAsync(id, exception).ConfigureAwait(false);
        }
        catch (ObjectDisposedException) when (_services.Stopping.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Any failure of one instance is reported and harms no other.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            WorkLog.NotTakenUp(_services.Logger, id.Value, exception);
            work.Pause();
            await _services.Executor.PauseAsync(_services.Options.PollInterval, _services.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _services.LeftBehind.Add(id);
        }
    }

    private Task<bool> PutOffAsync(ClaimedProcess claim) => GiveBackAsync(claim, WaitTimes.PutOffAfter(claim.Attempts - 1));

    /// <summary>Gives an instance back. The engine may have held the lease already and got the instance again for a timer. Then the instance belongs to the
    /// turn that works on it now. If the store cannot be told, the engine tells it later. A busy engine keeps renewing the lease, so no other engine would ever
    /// get the instance.</summary>
    /// <returns>Whether it is given back.</returns>
    public async Task<bool> GiveBackAsync(ClaimedProcess claim, TimeSpan putOff)
    {
        if (claim.Attempts == 0)
        {
            return false;
        }

        try
        {
            await _services.Options.Store.ReleaseAsync(claim, putOff, CancellationToken.None).ConfigureAwait(false);
            return true;
        }
#pragma warning disable CA1031 // A store that fails for a while must not keep the other instances of the same claim waiting.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            WorkLog.NotTakenUp(_services.Logger, claim.Id.Value, exception);
            _owed.Enqueue((claim, putOff));
            return false;
        }
    }

    /// <summary>Gives back the claims that an earlier attempt could not.</summary>
    public async Task GiveBackOwedAsync()
    {
        for (var count = _owed.Count; count > 0 && _owed.TryDequeue(out var owed); count--)
        {
            await GiveBackAsync(owed.Claim, owed.PutOff).ConfigureAwait(false);
        }
    }

    /// <summary>Leaves an instance to a later claim, or to the engines that can read it. That this one was given it is no attempt, so those are counted anew.
    /// When the store cannot be told that, it counts as one.</summary>
    public async Task LeaveAsync(ClaimedProcess claim, TimeSpan putOff)
    {
        if (!await GiveBackAsync(claim, putOff).ConfigureAwait(false))
        {
            return;
        }

        try
        {
            await _services.Options.Store.SetAsideAsync(claim.Id, reason: null, CancellationToken.None).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A store that fails for a while must not keep the other instances of the same claim waiting.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            WorkLog.NotTakenUp(_services.Logger, claim.Id.Value, exception);
        }
    }

    /// <summary>Fires what is due of an instance.</summary>
    private async Task<FiredTimers> FireAsync(ProcessInstanceId id, StoredProcess? stored, BackgroundWork work)
    {
        var until = _services.Options.Clock.GetUtcNow();
        while (true)
        {
            var command = new DueTimerCommand(id, until, stored) { Work = work };
            stored = null;
            var refusal = (await _host.Turns.SendAsync(command, CancellationToken.None).ConfigureAwait(false)).Refusal;
            if (refusal is { Kind: RefusalKind.TimerStays })
            {
                return FiredTimers.Waiting;
            }

            if (refusal is not null || command.IsMoreDue is null)
            {
                return await FireStoredAsync(id, until, work).ConfigureAwait(false);
            }

            if (command.IsMoreDue is false)
            {
                return FiredTimers.All;
            }
        }
    }

    /// <summary>Fires what the store says is due of an instance. The instance itself may know nothing of it.</summary>
    private async Task<FiredTimers> FireStoredAsync(ProcessInstanceId id, DateTimeOffset until, BackgroundWork work)
    {
        var query = new TimerQuery { ProcessInstance = id, DueUntil = until, Limit = Page };
        while (true)
        {
            var (hasToWait, hasMore, after) = await FireAsync(query, work).ConfigureAwait(false);
            if (hasToWait || !hasMore)
            {
                return hasToWait ? FiredTimers.Waiting : FiredTimers.None;
            }

            query = query with { After = after };
        }
    }

    /// <returns>Whether a timer has to wait; whether there may be more that is due, and behind which timer; null is from the beginning.</returns>
    private async Task<(bool HasToWait, bool HasMore, ProcessTimer? After)> FireAsync(TimerQuery query, BackgroundWork work)
    {
        var due = await _services.Options.Store.FindTimersAsync(query, CancellationToken.None).ConfigureAwait(false);
        foreach (var timer in due)
        {
            var command = new TimerCommand(timer, query.DueUntil!.Value) { Work = work };
            var result = await _host.Turns.SendAsync(command, CancellationToken.None).ConfigureAwait(false);
            if (result.Refusal is { Kind: RefusalKind.TimerStays })
            {
                return (true, false, null);
            }

            if (timer.Kind is ProcessTimerKind.Escalation)
            {
                // It may have armed one that is due before the next of the page (statement 6.5b).
                return (false, true, null);
            }
        }

        return due.Count < Page ? (false, false, null) : (false, true, due[^1]);
    }

    private async Task SetAsideAsync(ClaimedProcess claim, string reason)
    {
        try
        {
            if (await IsHeldAsync(claim).ConfigureAwait(false))
            {
                await _services.Options.Store.SetAsideAsync(claim.Id, reason, CancellationToken.None).ConfigureAwait(false);
                WorkLog.SetAside(_services.Logger, claim.Id.Value, reason);
            }
        }
        finally
        {
            await GiveBackAsync(claim, TimeSpan.Zero).ConfigureAwait(false);
        }
    }

    /// <summary>Whether the instance is still this engine's. Another that was given it since may be able to move it,
    /// and says itself what becomes of it.</summary>
    private async Task<bool> IsHeldAsync(ClaimedProcess claim)
    {
        if (!_services.IsShared)
        {
            return true;
        }

        var stored = await _services.Options.Store.LoadAsync(claim.Id, activityInstance: 0, destination: 0, CancellationToken.None).ConfigureAwait(false);
        return stored is not null && stored.Epoch == claim.Epoch && string.Equals(stored.Owner, _services.Owner, StringComparison.Ordinal);
    }
}
