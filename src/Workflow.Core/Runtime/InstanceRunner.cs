using System.Runtime.CompilerServices;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Owns one process instance: strictly one turn after the other (statement 14.3). A turn decides, commits, calls, feeds the result back, and repeats
/// this until nothing is left to call.</summary>
/// <remarks>Two gates. The turn is held for a whole command with all its calls. The state is locked during decisions and commits, and free while user code
/// runs. So a finish of the running event can be stored and acknowledged at once (statement 7.1).</remarks>
internal sealed partial class InstanceRunner
{
    /// <summary>How often a command is repeated that another owner was faster than.</summary>
    private const int MostConflicts = 10;

    private readonly EngineServices _services;
    private readonly ResidentInstance _instance;
    private readonly AsyncGate _turn;
    private readonly AsyncGate _state;

    /// <summary>The calls of the turn that is under way; null when none is.</summary>
    private InstanceCalls? _calls;
    private int _isListed;

    public InstanceRunner(ProcessInstanceId id, EngineServices services)
    {
        Id = id;
        _services = services;
        _instance = new ResidentInstance(id, services);
        (_turn, _state) = (new AsyncGate(_instance), new AsyncGate(_instance));
    }

    public ProcessInstanceId Id { get; }

    /// <summary>Whether the table has dropped it. Then another runner may own the instance, and this one must no longer be used.</summary>
    public bool IsRetired { get; private set; }

    /// <summary>Whether somebody has the turn, or waits for it.</summary>
    public bool IsInTurn => _turn.IsTaken;

    /// <summary>Whether the instance is in memory.</summary>
    public bool IsLoaded => _instance.IsLoaded;

    /// <summary>Whether there is no use in keeping it.</summary>
    public bool IsEnded => _instance.IsEnded;

    /// <summary>Takes the turn. The caller gives it back with <see cref="ExitTurn"/>.</summary>
    public ValueTask EnterTurnAsync(CancellationToken cancellation) => _turn.EnterAsync(_services.Executor, cancellation);

    public bool TryEnterTurn() => _turn.TryEnter();

    public void ExitTurn() => _turn.Exit();

    /// <summary>Somebody waits to come between two calls (statement 8.6), until <see cref="EndBreak"/>.</summary>
    public void WantBreak() => _instance.WantBreak();

    public void EndBreak() => _instance.EndBreak();

    /// <summary>Called with the turn held, by the table only.</summary>
    public void Retire() => IsRetired = true;

    /// <summary>Notes that the table lists the runner among those it may drop.</summary>
    /// <returns>Whether it was not listed yet.</returns>
    public bool MarkListed() => Interlocked.Exchange(ref _isListed, 1) == 0;

    public void Unlist() => Volatile.Write(ref _isListed, 0);

    /// <summary>Begins a new instance; the caller holds the turn.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ProcessInstanceStatus> StartAsync(
        ProcessInstance process, ProcessDefinition definition, Input.ProcessStarted input, OnceOnly? once, BackgroundWork? work = null)
    {
        await _state.EnterAsync(_services.Executor, CancellationToken.None).ConfigureAwait(false);
        try
        {
            BeginCalls(work);
            _instance.Take(process, definition);
            _instance.CarryOut(once);
            if (input.Message is { } message)
            {
                _instance.Episode.Receive(input.Parent!.Id, message);
            }

            _instance.ApplyOwn(input, process.StartedAt);
            await _calls!.SettleAsync().ConfigureAwait(false);
            return _instance.Process.Status;
        }
        catch (ProcessInstanceTooLargeException exception) when (_calls!.IsAnyOpen)
        {
            await TurnFailure.OfCallAsync(_instance, _calls!, exception).ConfigureAwait(false);
            return _instance.Process.Status;
        }
        catch (Exception exception)
        {
            _instance.GiveUp();
            TurnFailure.ThrowPartlyStored(_instance, _calls!, exception);
            throw;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Works on the instance as its owner: admits a command or, without one, continues where an earlier host ended. A conflict with another owner is
    /// retried, as long as nothing of the command is stored (statement 14.3). After any other failure the engine forgets the instance. The caller holds the
    /// turn.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<CommandResult> OwnAsync(Command? command, BackgroundWork? work)
    {
        await _state.EnterAsync(_services.Executor, CancellationToken.None).ConfigureAwait(false);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    BeginCalls(work);
                    return command is null ? await GoOnAsync().ConfigureAwait(false) : await AdmitAsync(command).ConfigureAwait(false);
                }
                catch (ConcurrencyException) when (!_calls!.HasStored && attempt < MostConflicts)
                {
                    _instance.Forget();
                    await _services.PauseAfterAsync(attempt).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }
        catch (ProcessInstanceTooLargeException exception) when (_calls!.IsAnyOpen)
        {
            await TurnFailure.OfCallAsync(_instance, _calls!, exception).ConfigureAwait(false);
            return default;
        }
        catch (Exception exception)
        {
            _instance.GiveUp();
            await _services.Unreadable.ReportAsync(Id, command, exception).ConfigureAwait(false);
            if (command is not null)
            {
                TurnFailure.ThrowPartlyStored(_instance, _calls!, exception);
            }

            throw;
        }
        finally
        {
            Leave();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<CommandResult> AdmitAsync(Command command)
    {
        var isFresh = !_instance.TryTake(command.TakeStored()) && await _instance.LoadAsync(command.Task).ConfigureAwait(false);
        while (true)
        {
            _instance.OpenTurn();
            if (!command.ComesBetweenCalls && Escalations.IsCallOpen(_instance.Process))
            {
                await CallFirstAsync(command).ConfigureAwait(false);
            }

            var version = _instance.Process.Version;
            if (!_instance.TryDecide(command, out var refusal))
            {
                isFresh = await _instance.ReloadAsync().ConfigureAwait(false);
                continue;
            }

            if (refusal is null)
            {
                var effect = _instance.Episode.Effect;
                await _calls!.SettleAsync().ConfigureAwait(false);
                ForgetBreak(command);
                if (_instance.IsLoaded && (isFresh || _instance.Process.Version != version))
                {
                    command.TakeView(_instance);
                }

                return new CommandResult(effect, null);
            }

            if (isFresh || refusal.Kind is RefusalKind.AskFirst or RefusalKind.NothingDue)
            {
                await GoOnAfterAsync(command).ConfigureAwait(false);
                return new CommandResult(CommandEffect.Applied, refusal);
            }

            // Another owner may have continued meanwhile, so only the stored state is a reason to refuse.
            isFresh = await _instance.ReloadAsync(command.Task).ConfigureAwait(false);
        }
    }

    /// <summary>A command that is not carried out now may have come between calls. They are made, and have nothing to do with it.</summary>
    private async ValueTask GoOnAfterAsync(Command refused)
    {
        if (refused.ComesBetweenCalls && _instance.Process.Status is ProcessInstanceStatus.Running)
        {
            _instance.CarryOut(null);
            await SettleBeforeAsync(onlyFirings: false).ConfigureAwait(false);
        }
    }

    /// <summary>A firing that is stored is done before the command (statement 6.6b).</summary>
    /// <exception cref="ObjectDisposedException">The engine stops, and has cancelled the code of the firing. Nothing of the command is stored.</exception>
    /// <exception cref="ConcurrencyException">Another engine may own the instance, so its code was not called. Nothing of the command is stored.</exception>
    private async ValueTask CallFirstAsync(Command command)
    {
        await SettleBeforeAsync(onlyFirings: true).ConfigureAwait(false);
        await _instance.LoadAsync(command.Task).ConfigureAwait(false);
        _instance.OpenTurn();
        if (command.Work is null && !_services.LeavesCalls && _instance.Process.StoredStatus is ProcessInstanceStatus.Active
            && Escalations.IsCallOpen(_instance.Process))
        {
            var version = _instance.Process.Version;
            throw _services.Stopping.IsCancellationRequested ? ActiveTurns.Stopped() : new ConcurrencyException(Id, version, version);
        }
    }

    /// <summary>The calls between which the command came are made, or are not to be made any more.</summary>
    private void ForgetBreak(Command done)
    {
        if (done.ComesBetweenCalls && !(_instance.IsLoaded && _instance.Process.Status is ProcessInstanceStatus.Running))
        {
            _services.LeftBehind.Remove(Id);
        }
    }

    /// <summary>Makes calls of which nothing belongs to the command.</summary>
    private async ValueTask SettleBeforeAsync(bool onlyFirings)
    {
        try
        {
            await _calls!.SettleAsync(onlyFirings).ConfigureAwait(false);
        }
        catch (ProcessInstanceTooLargeException exception) when (_calls!.IsAnyOpen)
        {
            await _calls.FailAsync(exception).ConfigureAwait(false);
        }
        finally
        {
            _calls!.Reset();
        }
    }

    private async ValueTask<CommandResult> GoOnAsync()
    {
        await _instance.ReloadAsync().ConfigureAwait(false);
        _instance.OpenTurn();
        await _calls!.SettleAsync().ConfigureAwait(false);
        return default;
    }

    private void BeginCalls(BackgroundWork? work)
    {
        _instance.IsBackground = work is not null;
        (_calls ??= _services.RentCalls()).Begin(_instance, _state, work);
    }

    private void Leave()
    {
        _services.ReturnCalls(_calls!);
        _calls = null;
        _instance.CloseTurn();
        _state.Exit();
    }
}
