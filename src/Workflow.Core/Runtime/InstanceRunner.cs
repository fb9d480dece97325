using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
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

    /// <summary>Whether an earlier commit of the command that is carried out stands.</summary>
    private bool _hasStored;

    /// <summary>The destination whose code was called last, and the question that was asked last; zero for none.</summary>
    private (int Destination, int Question) _called;

    /// <summary>The activity and the event of what was called or asked last; the event is null for a question.</summary>
    private (string Activity, string? Event) _open;

    /// <summary>The last call of the turn, if nothing knows of it any more, to be used for the next one.</summary>
    private ServerEventCall? _lastCall;

    /// <summary>Whether the resolver is asked, so that nobody changes the state.</summary>
    private bool _isAsking;

    /// <summary>Why the turn's own changes could not be stored while the resolver was asked.</summary>
    private ExceptionDispatchInfo? _lost;

    /// <summary>The engine's own work that the turn is part of; null when somebody waits for it.</summary>
    private BackgroundWork? _work;
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

    /// <summary>Whether somebody has the turn, or waits for it.</summary>
    public bool IsInTurn => _turn.IsTaken;

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
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ProcessInstanceStatus> StartAsync(ProcessInstance process, ProcessDefinition definition, OnceOnly? once)
    {
        await _state.EnterAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            Begin(work: null);
            _instance.Take(process, definition);
            _instance.CarryOut(once);
            _instance.ApplyOwn(Input.ProcessStarted.Only, process.StartedAt);
            await SettleAsync().ConfigureAwait(false);
            return _instance.Process.Status;
        }
        catch (ProcessInstanceTooLargeException exception) when (_called != default && _hasStored)
        {
            await FailCallAsync(exception).ConfigureAwait(false);
            return _instance.Process.Status;
        }
        catch (Exception exception)
        {
            _instance.GiveUp();
            ThrowPartlyStored(exception);
            throw;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Admits what a command comes to; the caller holds the turn.</summary>
    /// <returns>Whether it was only stored, to be applied later; and why not, when it was not admitted.</returns>
    public ValueTask<(bool IsStored, Refusal? Refusal)> PostAsync(Command command) => OwnAsync(command, command.Work);

    /// <summary>Makes the calls that an earlier host left behind; the caller holds the turn.</summary>
    public async ValueTask RecoverAsync(BackgroundWork? work) => await OwnAsync(command: null, work).ConfigureAwait(false);

    /// <summary>Stores a finish without waiting for the turn: for an event whose code is running or about to run (statement 7.1), and for any while the resolver is
    /// asked, when nobody changes the state (statement 4.8b).</summary>
    /// <returns>The result, as of any command; null when it has to wait for the turn.</returns>
    public async ValueTask<(bool IsStored, Refusal? Refusal)?> TryStoreFinishAsync(int destinationNumber, Command finish, CancellationToken cancellation)
    {
        await _state.EnterAsync(cancellation).ConfigureAwait(false);
        try
        {
            var isRunning = _instance is { IsInTurn: true, IsLoaded: true };
            var destination = isRunning ? _instance.Process.FindDestination(destinationNumber) : null;
            if (destination?.Event is not { } item || !(item.NeedsCall || _isAsking))
            {
                return null;
            }

            // The part of the turn that is not stored yet is not part of the finish. Nor does the finish fail when that part cannot be stored.
            if (!await TryStoreOpenAsync().ConfigureAwait(false))
            {
                return null;
            }

            var isParked = item.NeedsCall;
            var admittance = finish.Prepare(_instance.Process, _instance.Episode.Definition);
            _instance.CarryOut(finish.Once);
            if ((admittance.Input is { } input ? _instance.Apply(input) : admittance.Refusal) is { } refusal)
            {
                _instance.CarryOut(null);
                return (false, refusal);
            }

            var isStored = _instance.Episode.IsStoredForLater;
            if (isParked)
            {
                await StoreFinishAsync(destination).ConfigureAwait(false);
            }
            else if (!await TryStoreAppliedAsync().ConfigureAwait(false))
            {
                return null;
            }

            return (isStored, null);
        }
        finally
        {
            _state.Exit();
        }
    }

    /// <summary>Works on the instance as its owner: admits a command, or, without one, goes on where an earlier host ended. A conflict with another owner is
    /// retried, as long as nothing of the command is stored (statement 14.3); after any other failure the instance is forgotten.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<(bool IsStored, Refusal? Refusal)> OwnAsync(Command? command, BackgroundWork? work)
    {
        await _state.EnterAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    Begin(work);
                    return command is null ? await GoOnAsync().ConfigureAwait(false) : await AdmitAsync(command).ConfigureAwait(false);
                }
                catch (ConcurrencyException) when (!_hasStored && attempt < MostConflicts)
                {
                    _instance.Forget();
                    await PauseAsync(attempt).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }
        catch (ProcessInstanceTooLargeException exception) when (_called != default && _hasStored)
        {
            await FailCallAsync(exception).ConfigureAwait(false);
            return (false, null);
        }
        catch (Exception exception)
        {
            _instance.GiveUp();
            if (command is not null)
            {
                ThrowPartlyStored(exception);
            }

            throw;
        }
        finally
        {
            Leave();
        }
    }

    private void Begin(BackgroundWork? work)
    {
        _work = work;
        _hasStored = false;
        _called = default;
        _lost = null;
    }

    /// <summary>Handles state that is too large to be stored after the code of an event, or the answer to a question, has changed it.</summary>
    private async ValueTask FailCallAsync(ProcessInstanceTooLargeException exception)
    {
        try
        {
            if (_called.Destination != 0)
            {
                await _instance.FailCallAsync(_called.Destination, exception).ConfigureAwait(false);
            }
            else
            {
                await _instance.FailQuestionAsync(_called.Question, exception).ConfigureAwait(false);
            }
        }
        catch (Exception failure)
        {
            _instance.GiveUp();
            ThrowPartlyStored(failure);
            throw;
        }
    }

    /// <summary>Once an earlier commit of a command stands, its caller is told so (statement 14.7d).</summary>
    private void ThrowPartlyStored(Exception exception)
    {
        if (_hasStored)
        {
            var open = _open.Event is { } called
                ? $"The result of event '{called}' of activity '{_open.Activity}' is still open."
                : $"The destinations of activity '{_open.Activity}' are still open.";
            var next = (exception is ConcurrencyException, _services.Stopping.IsCancellationRequested) switch
            {
                (true, _) => "Another engine has taken the process instance over and goes on with it; do not repeat the command",
                (_, true) => "This engine stops, and the next one on the same store goes on with it; do not repeat the command",
                _ => "The engine goes on with it by itself; do not repeat the command",
            };
            throw new CommandPartlyStoredException(Id, open, next, exception);
        }
    }

    /// <summary>Lets the others go on before a command is repeated that they were faster than. An engine that stops does not wait any more.</summary>
    private Task PauseAsync(int conflicts) => _services.IsShared
        ? Task.Delay(Patience.PauseAfter(conflicts, _services.Options.BusyTimeout), _services.Options.Clock, _services.Stopping)
        : Task.CompletedTask;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
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

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask CallAndCommitAsync()
    {
        try
        {
            await CallAllAsync().ConfigureAwait(false);
        }
        finally
        {
            if (_lastCall is { IsSpare: true } call)
            {
                _services.Calls.TakeBack(call);
            }

            _lastCall = null;
        }

        await CommitChangesAsync().ConfigureAwait(false);
    }

    private ValueTask CommitChangesAsync() => _instance.Episode.HasChanges ? _instance.CommitAsync() : _instance.EndCallingAsync();

    /// <summary>Stores what the turn has not stored yet, before somebody else's finish. When that fails, memory holds what is not stored, so it is lost, and the turn
    /// is told why.</summary>
    /// <returns>False when it failed: then the finish waits for the turn.</returns>
    private async ValueTask<bool> TryStoreOpenAsync()
    {
        if (!_instance.Episode.HasChanges)
        {
            return true;
        }

        try
        {
            await _instance.CommitAsync(isCalling: true).ConfigureAwait(false);
            _hasStored = true;
            return true;
        }
#pragma warning disable CA1031 // It is the failure of the turn, which throws it on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _lost = ExceptionDispatchInfo.Capture(exception);
            _instance.Forget();
            return false;
        }
    }

    /// <summary>Stores a finish that was applied while the resolver is asked. When that fails, memory holds what is not stored; the turn has nothing to do with it, and
    /// goes on from what is stored.</summary>
    /// <returns>False when another owner was faster: then the finish waits for the turn, and is repeated there.</returns>
    private async ValueTask<bool> TryStoreAppliedAsync()
    {
        if (!_instance.Episode.HasChanges)
        {
            return true;
        }

        try
        {
            await _instance.CommitAsync(isCalling: true).ConfigureAwait(false);
            _hasStored = true;
            return true;
        }
        catch (ConcurrencyException)
        {
            _instance.Forget();
            return false;
        }
        catch
        {
            _instance.Forget();
            throw;
        }
    }

    /// <summary>Makes the planned calls one at a time, in the order of planning; each result is applied and committed before the next (statement 3.12).
    /// Pure code that returns at once takes no time: a chain of it is one commit and one instant (statement 14.4).</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask CallAllAsync()
    {
        CallFrame? frame = null;
        var isChained = false;
        var isResultOpen = false;
        while (_instance.Process is { StoredStatus: ProcessInstanceStatus.Active } process && process.NextPlannedCall() is { } planned && !IsLeft(planned))
        {
            if (planned is ActivityInstance activity)
            {
                isChained = false;
                if (!await AskAsync(activity, isResultOpen).ConfigureAwait(false))
                {
                    return;
                }

                isResultOpen = false;
                continue;
            }

            var destination = (ActivityInstanceDestination)planned;
            var definition = (ServerEventDefinition)_instance.Episode.DefinitionOf(destination);
            if (destination.Event!.Attempts > CallRunner.MostRepeats)
            {
                _instance.ApplyOwn(new Input.ServerEventThrew(destination, new Fault(CallRunner.TooOftenInterrupted)));
                continue;
            }

            _instance.BeginCall(destination);
            var mustStore = !definition.IsPure || isResultOpen || _instance.Episode.Operations > OperationsPerCommit;
            var isCertain = !mustStore || await StoreCallAsync(destination, definition).ConfigureAwait(false);
            frame ??= FrameOfTurn();
            var context = _instance.ContextOf(definition, destination, frame);
            var isInstant = false;
            CallResult result;
            try
            {
                var call = CallAsync(definition, context, frame, isChained, isCertain);
                isInstant = definition.IsPure && call.IsCompletedSuccessfully;
                result = await call.ConfigureAwait(false);
            }
            finally
            {
                // Work that the code has left running is no longer the code.
                context.Close();
                _lastCall = _lastCall is { IsSpare: true } ? _lastCall : null;
                if (!definition.IsPure)
                {
                    await _state.EnterAsync(CancellationToken.None).ConfigureAwait(false);
                }
            }

            // Work that the code has left running must not be taken for the code that is called next. Only a chain of pure code shares one mark.
            frame.End();
            frame = isInstant || !definition.IsPure ? frame : null;
            isChained = isInstant;
            _work?.EndCall();
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

    /// <summary>Stores that code is about to be called.</summary>
    /// <returns>Whether the lease is certain under which it is to be called.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> StoreCallAsync(ActivityInstanceDestination destination, ServerEventDefinition definition)
    {
        var askedAt = _services.LeaseAskedAt;
        await _instance.CommitAsync(isCalling: true).ConfigureAwait(false);
        _hasStored = true;
        _open = (destination.Activity.Name, definition.Name);
        return _services.IsCertain(askedAt);
    }

    /// <summary>Whether a call is left planned: to an engine that takes it up (statement 13.6), or until fewer calls are under way (statement 14.7b).</summary>
    private bool IsLeft(object planned)
    {
        if (_services.LeavesCalls)
        {
            return !_instance.IsPure(planned);
        }

        if (_work is null || _work.TryCall())
        {
            return false;
        }

        // Where others use the store too, it gives the instance to whoever has room.
        if (!_services.IsShared)
        {
            _services.LeftBehind.Add(Id);
        }

        return true;
    }

    /// <summary>Asks the resolver. Before, the results of calls are stored, so that no call is made again because of a question; meanwhile the state is free
    /// (statement 4.8b).</summary>
    /// <returns>False when the engine shuts down, and the question is to be asked again another time.</returns>
    private async ValueTask<bool> AskAsync(ActivityInstance activity, bool isResultOpen)
    {
        var question = activity.MemberQuestion!;
        if (isResultOpen)
        {
            await _instance.CommitAsync(isCalling: true).ConfigureAwait(false);
            _hasStored = true;
        }

        _open = (activity.Name, null);
        _called = (0, question.Number);
        Input.OfResolver? answer;
        _isAsking = true;
        var mark = FrameOfTurn();
        CallFrame.Enter(mark);
        mark.Begin();
        _state.Exit();
        try
        {
            answer = await _services.Questions.AskAsync(activity).ConfigureAwait(false);
        }
        finally
        {
            await _state.EnterAsync(CancellationToken.None).ConfigureAwait(false);
            mark.End();
            _isAsking = false;
        }

        _work?.EndCall();
        _lost?.Throw();
        if (!_instance.IsLoaded)
        {
            await _instance.LoadAsync().ConfigureAwait(false);
            _instance.OpenTurn();
        }

        if (answer is null)
        {
            await _instance.EndCallingAsync().ConfigureAwait(false);
            return false;
        }

        // A finish may have ended the activity meanwhile, or have put the instance into Error; then it is asked again after the retry.
        if (_instance.Process.StoredStatus is ProcessInstanceStatus.Active && _instance.Asking(question.Number) is { Status: ActivityInstanceStatus.Active } asking)
        {
            _instance.ApplyOwn(answer.To(asking));
        }

        return true;
    }

    /// <summary>Calls the code, unless its lease may have run out before it was known that there is one: then another engine may call it. Lets go of the state while
    /// code runs that may hand out its serial number; the code of a pure event may not.</summary>
    private ValueTask<CallResult> CallAsync(ServerEventDefinition definition, ServerEventContext context, CallFrame frame, bool isChained, bool isCertain)
    {
        ICallMark mark = definition.IsPure ? frame : context;
        if (!isChained || !definition.IsPure)
        {
            CallFrame.Enter(mark);
        }

        if (definition.IsPure)
        {
            frame.Begin();
        }
        else
        {
            _called = (context.Destination.Id, 0);
            _state.Exit();
        }

        return isCertain ? _services.Calls.CallAsync(definition, context, mark, ref _lastCall) : new ValueTask<CallResult>(CallResult.Interrupted);
    }

    private CallFrame FrameOfTurn() => CallFrame.Of(Id, _services);

    private void Leave()
    {
        _work = null;
        _instance.CloseTurn();
        _state.Exit();
    }
}
