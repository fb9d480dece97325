using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Owns one process instance: strictly one turn after the other (statement 14.3). A turn decides, commits, calls, feeds the result back, and goes on
/// until nothing is left to call.</summary>
/// <remarks>
/// <para>Two locks. The turn is held for a whole command with all its calls. The state is held while deciding and committing, and let go while user code runs,
/// so that a finish of the very event that is running can be stored and acknowledged at once (statement 7.1).</para>
/// <para>Memory is a scratch copy: after any failure the instance is forgotten and loaded again.</para>
/// </remarks>
internal sealed class InstanceRunner
{
    /// <summary>How often an event is called again whose host died while it ran, before the instance goes into Error (statement 13.2).</summary>
    private const int MostRepeats = 5;

    /// <summary>How often a command is repeated that another owner was faster than.</summary>
    private const int MostConflicts = 10;

    private const string TooOftenInterrupted =
        "The host ended every time while the code of this event ran, five repetitions included (statement 13.2). Find out why the code takes its host down, then retry.";

    private readonly ProcessInstanceId _id;
    private readonly EngineServices _services;
    private readonly AsyncGate _turn;
    private readonly AsyncGate _state;
    private ProcessInstance? _process;
    private ProcessDefinition? _definition;
    private Workbench? _bench;
    private bool _hasCalled;
    private int _isListed;

    public InstanceRunner(ProcessInstanceId id, EngineServices services)
    {
        _id = id;
        _services = services;
        var shared = new Lock();
        _turn = new AsyncGate(shared);
        _state = new AsyncGate(shared);
    }

    public ProcessInstanceId Id => _id;

    private DateTimeOffset Now => _services.Options.Clock.GetUtcNow();

    /// <summary>Whether the table has dropped it: then another runner may own the instance, and this one must not be used any more.</summary>
    public bool IsRetired { get; private set; }

    /// <summary>Whether the instance has come to its end, so that there is no use in keeping it.</summary>
    public bool IsEnded => _process is null or { StoredStatus: ProcessInstanceStatus.Completed };

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
    public async ValueTask<ProcessInstanceStatus> StartAsync(ProcessInstance process, ProcessDefinition definition)
    {
        await _state.EnterAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            _process = process;
            _definition = definition;
            OpenBench();
            var refusal = Scheduler.Apply(_bench!.Episode, new Input.ProcessStarted(), Now);
            Invariant.Holds(refusal is null);
            await SettleAsync().ConfigureAwait(false);
            return process.Status;
        }
        catch
        {
            Forget();
            throw;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Admits an input, if its sender may send it to this instance; the caller holds the turn. A conflict with another owner is retried, as long as no code has been called
    /// (statement 14.3).</summary>
    /// <returns>Null when admitted; otherwise why not.</returns>
    public async ValueTask<Refusal?> PostAsync(Input input, Func<ProcessInstance, Refusal?> authorize)
    {
        await _state.EnterAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await AdmitAsync(input, authorize).ConfigureAwait(false);
                }
                catch (ConcurrencyException) when (!_hasCalled && attempt < MostConflicts)
                {
                    Forget();
                }
            }
        }
        catch
        {
            Forget();
            throw;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Makes the calls that an earlier host left behind; the caller holds the turn.</summary>
    public async ValueTask RecoverAsync()
    {
        await _state.EnterAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await LoadAsync().ConfigureAwait(false);
            OpenBench();
            await SettleAsync().ConfigureAwait(false);
        }
        catch
        {
            Forget();
            throw;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Stores a finish for an event whose code is running or about to run, without waiting for the turn that runs it (statement 7.1).</summary>
    /// <returns>Whether there was such an event, and the refusal if the finish cannot be stored.</returns>
    public async ValueTask<(bool WasCalling, Refusal? Refusal)> TryStoreFinishAsync(
        Input.FinishServerItem finish, Func<ProcessInstance, Refusal?> authorize, CancellationToken cancellation)
    {
        await _state.EnterAsync(cancellation).ConfigureAwait(false);
        try
        {
            var destination = _bench is null ? null : _process?.FindDestination(finish.Destination);
            if (destination?.Event is not { NeedsCall: true })
            {
                return (false, null);
            }

            var refusal = authorize(_process!) ?? Scheduler.Apply(_bench!.Episode, finish, Now);
            if (refusal is null)
            {
                await StoreFinishAsync(destination).ConfigureAwait(false);
            }

            return (true, refusal);
        }
        finally
        {
            _state.Exit();
        }
    }

    private async ValueTask<Refusal?> AdmitAsync(Input input, Func<ProcessInstance, Refusal?> authorize)
    {
        await LoadAsync().ConfigureAwait(false);
        if (authorize(_process!) is { } denied)
        {
            return denied;
        }

        OpenBench();
        var refusal = Scheduler.Apply(_bench!.Episode, input, Now);
        if (refusal is null)
        {
            await SettleAsync().ConfigureAwait(false);
        }

        return refusal;
    }

    /// <summary>Makes the planned calls one at a time, in the order of planning; each result is applied and committed before the next (statement 3.12).</summary>
    private async ValueTask SettleAsync()
    {
        if (_process!.NextPlannedCall() is not null)
        {
            await CallAllAsync(_process, CallFrame.Enter(_id)).ConfigureAwait(false);
        }

        if (_bench!.Episode.Journal.Count > 0)
        {
            await CommitAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask CallAllAsync(ProcessInstance process, CallFrame frame)
    {
        var episode = _bench!.Episode;
        var isResultOpen = false;
        while (process.StoredStatus is ProcessInstanceStatus.Active && process.NextPlannedCall() is { } destination)
        {
            var definition = (ServerEventDefinition)episode.DefinitionOf(destination);
            if (destination.Event!.Attempts > MostRepeats)
            {
                Apply(new Input.ServerEventThrew(destination, TooOftenInterrupted, ExceptionType: ""));
                continue;
            }

            BeginCall(destination);
            if (!definition.IsPure || isResultOpen)
            {
                await CommitAsync().ConfigureAwait(false);
            }

            var result = await CallAsync(definition, destination, frame).ConfigureAwait(false);
            if (result is null)
            {
                destination.InterruptEvent();
                await CommitAsync().ConfigureAwait(false);
                return;
            }

            Apply(result);
            isResultOpen = !definition.IsPure;
        }
    }

    /// <summary>Lets go of the state while code runs that may hand out its serial number; the code of a pure event may not.</summary>
    private async ValueTask<Input?> CallAsync(ServerEventDefinition definition, ActivityInstanceDestination destination, CallFrame frame)
    {
        _hasCalled |= !definition.IsPure;
        frame.IsCalling = true;
        var context = new ServerEventContext(destination, definition.IsPure);
        if (definition.IsPure)
        {
            var result = await _services.Calls.CallAsync(definition, context).ConfigureAwait(false);
            frame.IsCalling = false;
            return result;
        }

        _state.Exit();
        try
        {
            return await _services.Calls.CallAsync(definition, context).ConfigureAwait(false);
        }
        finally
        {
            frame.IsCalling = false;
            await _state.EnterAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private void BeginCall(ActivityInstanceDestination destination)
    {
        destination.CallEvent();
        if (destination.Event!.Attempts > 1)
        {
            _bench!.Episode.RecordRepeatedCall(destination, Now);
        }
    }

    private void Apply(Input input)
    {
        var refusal = Scheduler.Apply(_bench!.Episode, input, Now);
        Invariant.Holds(refusal is null);
    }

    private async ValueTask CommitAsync()
    {
        var bench = _bench!;
        var process = _process!;
        await _services.Options.Store.CommitAsync(CommitBuilder.Build(bench), CancellationToken.None).ConfigureAwait(false);
        Report(bench.Episode.Alarms);
        process.MarkStored(process.Version + 1, process.JournalCount + bench.Episode.Journal.Count);
        bench.Clear();
    }

    /// <summary>When the finish could not be stored, the instance is as it was: the turn that owns it goes on without it.</summary>
    private async ValueTask StoreFinishAsync(ActivityInstanceDestination destination)
    {
        try
        {
            await CommitAsync().ConfigureAwait(false);
        }
        catch
        {
            destination.DropParkedFinish();
            _bench!.Clear();
            throw;
        }
    }

    private async ValueTask LoadAsync()
    {
        _hasCalled = false;
        if (_process is not null)
        {
            return;
        }

        var stored = await _services.Options.Store.LoadAsync(_id, CancellationToken.None).ConfigureAwait(false)
            ?? throw new ProcessInstanceNotFoundException(_id);
        (_process, _definition) = InstanceLoader.Load(_id, stored, _services.Deployments);
    }

    private void Report(List<Alarm> alarms)
    {
        foreach (var alarm in alarms)
        {
            if (alarm.IsError)
            {
                Log.Failed(_services.Logger, _id.Value, alarm.Element, alarm.Message);
            }
            else
            {
                Log.Stalled(_services.Logger, _id.Value, alarm.Element);
            }
        }
    }

    private void OpenBench()
    {
        _bench ??= _services.RentBench();
        _bench.Episode.Open(_definition!, _process!, _services.Options.AutomaticStepLimit);
    }

    private void Forget()
    {
        _process = null;
        _definition = null;
        _bench?.Clear();
    }

    private void Leave()
    {
        if (_bench is { } bench)
        {
            _bench = null;
            bench.Clear();
            _services.ReturnBench(bench);
        }

        _state.Exit();
    }
}
