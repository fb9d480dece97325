using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Workflow.Core.Contexts;
using Workflow.Core.Instances;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Makes the calls of an instance to the outside in one turn, one at a time, in the order of planning. Each result is applied and
/// committed before the next call (statement 3.12). A chain of pure code that returns at once is one commit and one instant (statement 14.4).
/// It serves one turn after the other.</summary>
internal sealed partial class InstanceCalls
{
    /// <summary>A chain of pure code is one commit, up to this many operations.</summary>
    public const int OperationsPerCommit = 5_000;

    private readonly EngineServices _services;
    private ResidentInstance _instance = null!;
    private AsyncGate _state = null!;

    /// <summary>The object that made the last call of the turn, if nothing refers to it. The next call uses it again.</summary>
    private ServerEventCall? _spare;

    /// <summary>Why the turn's own changes could not be stored while others were let in.</summary>
    private ExceptionDispatchInfo? _lost;

    /// <summary>The engine's own work that the turn is part of; null when somebody waits for it.</summary>
    private BackgroundWork? _work;

    /// <summary>The last call that the store knows as planned, whose result it does not know.</summary>
    private PlannedCall _stored;

    /// <summary>Its kind, and the names of what it belongs to: the instance may have gone on since.</summary>
    private (CallKind Kind, (string Element, string? Event) Names) _open;

    /// <summary>The call that is under way.</summary>
    private PlannedCall _current;
    private bool _onlyFirings;

    /// <summary>Whether calls are left planned for somebody who comes in between.</summary>
    private bool _isInterrupted;

    public InstanceCalls(EngineServices services) => _services = services;

    /// <summary>Whether an earlier commit of the present command is stored.</summary>
    public bool HasStored { get; private set; }

    /// <summary>Whether a call is under way during which others may change the instance.</summary>
    public bool LetsOthersIn { get; private set; }

    /// <summary>An attempt to carry out a command begins.</summary>
    /// <param name="instance">The instance whose turn it is.</param>
    /// <param name="state">Guards the state of the instance; the turn holds it, and releases it during a call.</param>
    /// <param name="work">The engine's own work that the turn is part of; null when somebody waits for it.</param>
    public void Begin(ResidentInstance instance, AsyncGate state, BackgroundWork? work)
    {
        (_instance, _state, _work, _lost) = (instance, state, work, null);
        Reset();
    }

    /// <summary>Nothing that is stored so far belongs to the command.</summary>
    public void Reset() => (HasStored, _stored, _current, _open, _isInterrupted) = (false, default, default, default, false);

    /// <summary>The turn has ended.</summary>
    public void End()
    {
        (_instance, _state, _work, _lost) = (null!, null!, null, null);
        (_stored, _current, _open) = (default, default, default);
    }

    /// <summary>Makes the planned calls, and stores the results of the turn.</summary>
    /// <param name="onlyFirings">Whether calls are only made until no escalation wants one any more. Then nobody comes between them.</param>
    public ValueTask SettleAsync(bool onlyFirings = false)
    {
        _onlyFirings = onlyFirings;
        return _instance.Process.NextPlannedCall().IsNone ? CommitChangesAsync() : CallAndCommitAsync();
    }

    /// <summary>Stores the rest of the turn before another caller's finish. If that fails, memory holds unstored changes, so it is lost, and the turn gets the
    /// reason.</summary>
    /// <returns>False when it failed: then the finish waits for the turn.</returns>
    public async ValueTask<bool> TryStoreOpenAsync()
    {
        try
        {
            await StoreChangesAsync().ConfigureAwait(false);
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

    /// <summary>Stores what others have changed during a call.</summary>
    public async ValueTask StoreChangesAsync()
    {
        if (_instance.Episode.HasChanges)
        {
            await _instance.CommitAsync(isCalling: true).ConfigureAwait(false);
            MarkStored(_current);
        }
    }

    /// <summary>Whether the store knows of a call whose result it does not know.</summary>
    public bool IsAnyOpen => !_stored.IsNone;

    /// <summary>The open call has left state that is too large to be stored: the call has failed.</summary>
    public ValueTask FailAsync(ProcessInstanceTooLargeException exception) => _instance.FailCallAsync(_services.WayOf(_stored.Kind), _stored.Number, exception);

    public bool IsStopping => _services.Stopping.IsCancellationRequested;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask CallAndCommitAsync()
    {
        try
        {
            await CallAllAsync().ConfigureAwait(false);
        }
        finally
        {
            if (_spare is { IsSpare: true } spare)
            {
                _services.ServerEvents.TakeBack(spare);
            }

            _spare = null;
        }

        await CommitChangesAsync().ConfigureAwait(false);
    }

    /// <summary>The instance stays owned for those who come between two calls.</summary>
    private ValueTask CommitChangesAsync() => _instance.Episode.HasChanges ? _instance.CommitAsync(isCalling: _isInterrupted)
        : _isInterrupted ? ValueTask.CompletedTask
        : _instance.EndCallingAsync();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask CallAllAsync()
    {
        CallFrame? frame = null;
        var isChained = false;
        var isResultOpen = false;
        while (_instance.Process is { StoredStatus: ProcessInstanceStatus.Active } process && process.NextPlannedCall() is { IsNone: false } call)
        {
            var way = _services.WayOf(call.Kind);
            var isPure = way.IsPure(_instance, call);
            if (IsLeft(isPure) || (_onlyFirings && !Escalations.IsCallOpen(process)))
            {
                return;
            }

            if (way.WhyNot(call) is { } fault)
            {
                _instance.ApplyOwn(way.Failed(call, fault));
                continue;
            }

            _current = call;
            _stored = _instance.Episode.HasChanges ? _stored : call;
            _instance.BeginCall(call);
            var mustStore = isResultOpen || (way.HasEffects && !isPure) || _instance.Episode.Operations > OperationsPerCommit;
            var isCertain = !mustStore || await StoreAsync(call).ConfigureAwait(false);
            frame ??= CallFrame.Of(_instance.Id, _instance.Episode, _services);
            var context = way.Open(_instance, call, frame);
            var isInstant = false;
            CallResult result;
            try
            {
                var calling = CallAsync(way, call, context, frame, isPure, isChained, isCertain);
                isInstant = isPure && calling.IsCompletedSuccessfully;
                result = await calling.ConfigureAwait(false);
            }
            finally
            {
                // Work that the code has left running is no longer the code.
                context.Close();
                _spare = _spare is { IsSpare: true } ? _spare : null;
                if (!isPure)
                {
                    await _state.EnterAsync(_services.Executor, CancellationToken.None).ConfigureAwait(false);
                    LetsOthersIn = false;
                }
            }

            // Work that the code has left running must not be taken for the code that is called next. Only a chain of pure code shares one mark.
            frame.End();
            frame = isInstant || !isPure ? frame : null;
            isChained = isInstant;
            _work?.EndCall();
            await ComeBackAsync().ConfigureAwait(false);
            if (result.IsInterrupted)
            {
                call.Interrupt();
                return;
            }

            way.End(_instance, call, context, result.Input, isInstant ? _instance.Episode.Now : _instance.Now);
            isResultOpen = way.HasEffects && !isPure;
        }
    }

    /// <summary>Stores that a call is about to be made, and the results of those before it.</summary>
    /// <returns>Whether the lease is certain under which it is to be made.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> StoreAsync(PlannedCall call)
    {
        var askedAt = _services.LeaseAskedAt;
        await _instance.CommitAsync(isCalling: true).ConfigureAwait(false);
        MarkStored(call);
        return _services.IsCertain(askedAt);
    }

    private void MarkStored(in PlannedCall open)
    {
        HasStored = true;
        _stored = open;
        _open = (open.Kind, open.Names);
    }

    /// <summary>Makes the call, unless its lease may have run out before it was known that there is one: then another engine may make it. Releases the state
    /// meanwhile, except for pure code. Pure code gives nothing away that would let others in.</summary>
    private ValueTask<CallResult> CallAsync(
        CallWay way, in PlannedCall call, ICallContext context, CallFrame frame, bool isPure, bool isChained, bool isCertain)
    {
        ICallMark mark = isPure ? frame : context;
        if (!isChained || !isPure)
        {
            CallFrame.Enter(mark);
        }

        if (isPure)
        {
            frame.Begin();
        }
        else
        {
            LetsOthersIn = way.LetsOthersIn;
            _state.Exit();
        }

        return isCertain ? way.CallAsync(_instance, call, context, mark, ref _spare) : new ValueTask<CallResult>(CallResult.Interrupted);
    }

    /// <summary>The state belongs to the turn again. Others who were let in may have lost the instance in memory.</summary>
    private ValueTask ComeBackAsync()
    {
        _lost?.Throw();
        return _instance.IsLoaded ? ValueTask.CompletedTask : LoadAgainAsync();
    }

    private async ValueTask LoadAgainAsync()
    {
        await _instance.LoadAsync().ConfigureAwait(false);
        _instance.OpenTurn();
    }
}
