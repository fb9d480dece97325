using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Owns one process instance: strictly one turn after the other (statement 14.3). A turn decides, commits, calls, feeds the result back, and goes on
/// until nothing is left to call.</summary>
/// <remarks>Two gates. The turn is held for a whole command with all its calls. The state is held while deciding and committing, and let go while user code
/// runs, so that a finish of the very event that is running can be stored and acknowledged at once (statement 7.1).</remarks>
internal sealed class InstanceRunner
{
    /// <summary>How often a command is repeated that another owner was faster than.</summary>
    private const int MostConflicts = 10;

    /// <summary>A chain of pure events is one commit, until it has come to so many operations.</summary>
    private const int OperationsPerCommit = 5_000;

    private readonly EngineServices _services;
    private readonly ResidentInstance _instance;
    private readonly AsyncGate _turn;
    private readonly AsyncGate _state;
    private bool _hasStored;
    private int _called;
    private int _isListed;

    public InstanceRunner(ProcessInstanceId id, EngineServices services)
    {
        Id = id;
        _services = services;
        _instance = new ResidentInstance(id, services);
        _turn = new AsyncGate(_instance);
        _state = new AsyncGate(_instance);
    }

    public ProcessInstanceId Id { get; }

    /// <summary>Whether the table has dropped it: then another runner may own the instance, and this one must not be used any more.</summary>
    public bool IsRetired { get; private set; }

    /// <summary>Whether there is no use in keeping it.</summary>
    public bool IsEnded => _instance.IsEnded;

    /// <summary>Takes the turn. The caller gives it back with <see cref="ExitTurn"/>.</summary>
    public ValueTask EnterTurnAsync(CancellationToken cancellation) => _turn.EnterAsync(cancellation);

    public bool TryEnterTurn() => _turn.TryEnter();

    public void ExitTurn() => _turn.Exit();

    /// <summary>Called with the turn held, by the table only.</summary>
    public void Retire() => IsRetired = true;

    /// <summary>Notes that the table lists the runner among those it may drop.</summary>
    /// <returns>Whether it was not listed yet.</returns>
    public bool MarkListed() => Interlocked.Exchange(ref _isListed, 1) == 0;

    public void Unlist() => Volatile.Write(ref _isListed, 0);

    /// <summary>Begins a new instance; the caller holds the turn.</summary>
    public async ValueTask<ProcessInstanceStatus> StartAsync(ProcessInstance process, ProcessDefinition definition, OnceOnly? once)
    {
        await _state.EnterAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            _instance.Take(process, definition);
            _instance.CarryOut(once);
            _instance.ApplyOwn(Input.ProcessStarted.Only, process.StartedAt);
            await SettleAsync().ConfigureAwait(false);
            return process.Status;
        }
        catch (ProcessInstanceTooLargeException exception) when (_called != 0)
        {
            await _instance.FailCallAsync(_called, exception).ConfigureAwait(false);
            return _instance.Process.Status;
        }
        catch
        {
            _instance.GiveUp();
            throw;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Admits what a command comes to; the caller holds the turn.</summary>
    /// <returns>Whether it was only stored, to be applied later; and why not, when it was not admitted.</returns>
    public ValueTask<(bool IsStored, Refusal? Refusal)> PostAsync(Command command) => OwnAsync(command);

    /// <summary>Makes the calls that an earlier host left behind; the caller holds the turn.</summary>
    public async ValueTask RecoverAsync() => await OwnAsync(command: null).ConfigureAwait(false);

    /// <summary>Stores a finish for an event whose code is running or about to run, without waiting for the turn that runs it (statement 7.1).</summary>
    /// <returns>Whether there was such an event, and the refusal if the finish cannot be stored.</returns>
    public async ValueTask<(bool WasCalling, Refusal? Refusal)> TryStoreFinishAsync(
        int destinationNumber, Command finish, CancellationToken cancellation)
    {
        await _state.EnterAsync(cancellation).ConfigureAwait(false);
        try
        {
            var isRunning = _instance is { IsInTurn: true, IsLoaded: true };
            var destination = isRunning ? _instance.Process.FindDestination(destinationNumber) : null;
            if (destination?.Event is not { NeedsCall: true })
            {
                return (false, null);
            }

            var admittance = finish.Prepare(_instance.Process, _instance.Episode.Definition);
            _instance.CarryOut(finish.Once);
            var refusal = admittance.Input is { } input ? _instance.Apply(input) : admittance.Refusal;
            if (refusal is null)
            {
                await StoreFinishAsync(destination).ConfigureAwait(false);
            }
            else
            {
                _instance.CarryOut(null);
            }

            return (true, refusal);
        }
        finally
        {
            _state.Exit();
        }
    }

    /// <summary>Works on the instance as its owner: admits a command, or, without one, goes on where an earlier host ended. A conflict with another owner is
    /// retried, as long as nothing of the command is stored (statement 14.3); after any other failure the instance is forgotten.</summary>
    private async ValueTask<(bool IsStored, Refusal? Refusal)> OwnAsync(Command? command)
    {
        await _state.EnterAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    _hasStored = false;
                    _called = 0;
                    return command is null ? await GoOnAsync().ConfigureAwait(false) : await AdmitAsync(command).ConfigureAwait(false);
                }
                catch (ConcurrencyException) when (!_hasStored && attempt < MostConflicts)
                {
                    _instance.Forget();
                    await PauseAsync(attempt).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }
        catch (ProcessInstanceTooLargeException exception) when (_called != 0)
        {
            await _instance.FailCallAsync(_called, exception).ConfigureAwait(false);
            return (false, null);
        }
        catch
        {
            _instance.GiveUp();
            throw;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Lets the others go on before a command is repeated that they were faster than. An engine that stops does not wait any more.</summary>
    private Task PauseAsync(int conflicts) => _services.IsShared
        ? Task.Delay(Patience.PauseAfter(conflicts, _services.Options.BusyTimeout), _services.Options.Clock, _services.Stopping)
        : Task.CompletedTask;

    private async ValueTask<(bool IsStored, Refusal? Refusal)> AdmitAsync(Command command)
    {
        var isFresh = await _instance.LoadAsync().ConfigureAwait(false);
        while (true)
        {
            _instance.OpenTurn();
            var admittance = command.Prepare(_instance.Process, _instance.Episode.Definition);
            _instance.CarryOut(command.Once);
            var refusal = admittance.Input is { } input ? _instance.Apply(input) : admittance.Refusal;
            if (refusal is null)
            {
                var isStored = _instance.Episode.IsStoredForLater;
                await SettleAsync().ConfigureAwait(false);
                return (isStored, null);
            }

            if (isFresh || refusal.Kind is RefusalKind.AskFirst)
            {
                return (false, refusal);
            }

            // Another owner may have gone on meanwhile: only what is stored is a reason to refuse.
            _instance.Forget();
            isFresh = await _instance.LoadAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<(bool IsStored, Refusal? Refusal)> GoOnAsync()
    {
        _instance.Forget();
        await _instance.LoadAsync().ConfigureAwait(false);
        _instance.OpenTurn();
        await SettleAsync().ConfigureAwait(false);
        return default;
    }

    /// <summary>When the finish could not be stored, the instance is as it was: the turn that owns it goes on without it.</summary>
    private async ValueTask StoreFinishAsync(ActivityInstanceDestination destination)
    {
        try
        {
            await _instance.CommitAsync(isCalling: true).ConfigureAwait(false);
        }
        catch
        {
            destination.DropParkedFinish();
            _instance.ClearTurn();
            throw;
        }
    }

    private ValueTask SettleAsync() => _instance.Process.NextPlannedCall() is null ? CommitChangesAsync() : CallAndCommitAsync();

    private async ValueTask CallAndCommitAsync()
    {
        await CallAllAsync(CallFrame.Enter(Id)).ConfigureAwait(false);
        await CommitChangesAsync().ConfigureAwait(false);
    }

    private ValueTask CommitChangesAsync() => _instance.Episode.HasChanges ? _instance.CommitAsync() : ValueTask.CompletedTask;

    /// <summary>Makes the planned calls one at a time, in the order of planning; each result is applied and committed before the next (statement 3.12).
    /// Pure code that returns at once takes no time: a chain of it is one commit and one instant (statement 14.4).</summary>
    private async ValueTask CallAllAsync(CallFrame frame)
    {
        var process = _instance.Process;
        var isResultOpen = false;
        while (process.StoredStatus is ProcessInstanceStatus.Active && process.NextPlannedCall() is { } planned)
        {
            if (_services.LeavesCalls && !_instance.IsPure(planned))
            {
                return;
            }

            if (planned is ActivityInstance activity)
            {
                if (await _services.Questions.AskAsync(activity).ConfigureAwait(false) is not { } answer)
                {
                    return;
                }

                _instance.ApplyOwn(answer);
                continue;
            }

            var destination = (ActivityInstanceDestination)planned;
            var definition = (ServerEventDefinition)_instance.Episode.DefinitionOf(destination);
            if (destination.Event!.Attempts > CallRunner.MostRepeats)
            {
                _instance.ApplyOwn(new Input.ServerEventThrew(destination, CallRunner.TooOftenInterrupted, ExceptionType: ""));
                continue;
            }

            _instance.BeginCall(destination);
            var isCertain = true;
            if (!definition.IsPure || isResultOpen || _instance.Episode.Operations > OperationsPerCommit)
            {
                var askedAt = _services.LeaseAskedAt;
                await _instance.CommitAsync(isCalling: true).ConfigureAwait(false);
                _hasStored = true;
                isCertain = _services.IsCertain(askedAt);
            }

            var context = _instance.ContextOf(definition, destination);
            frame.IsCalling = true;
            var call = CallAsync(definition, context, isCertain);
            var isInstant = definition.IsPure && call.IsCompletedSuccessfully;
            var result = await call.ConfigureAwait(false);
            frame.IsCalling = false;
            if (result.IsInterrupted)
            {
                destination.InterruptEvent();
                await _instance.CommitAsync().ConfigureAwait(false);
                return;
            }

            _instance.EndCall(context, result.Failure, isInstant ? _instance.Episode.Now : _instance.Now);
            isResultOpen = !definition.IsPure;
        }
    }

    /// <summary>Calls the code, unless its lease may have run out before it was known that there is one: then another engine may call it.</summary>
    private ValueTask<CallResult> CallAsync(ServerEventDefinition definition, ServerEventContext context, bool isCertain)
    {
        if (!isCertain)
        {
            return new ValueTask<CallResult>(CallResult.Interrupted);
        }

        return definition.IsPure ? _services.Calls.CallAsync(definition, context) : CallOutsideAsync(definition, context);
    }

    /// <summary>Lets go of the state while code runs that may hand out its serial number; the code of a pure event may not.</summary>
    private async ValueTask<CallResult> CallOutsideAsync(ServerEventDefinition definition, ServerEventContext context)
    {
        _called = context.Destination.Id;
        _state.Exit();
        try
        {
            return await _services.Calls.CallAsync(definition, context).ConfigureAwait(false);
        }
        finally
        {
            await _state.EnterAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private void Leave()
    {
        _instance.CloseTurn();
        _state.Exit();
    }
}
