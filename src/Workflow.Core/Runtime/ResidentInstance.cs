using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>A process instance in memory, between the store and the scheduler. Memory is a scratch copy: it can be forgotten at any time and loaded
/// again.</summary>
internal sealed partial class ResidentInstance
{
    private readonly ProcessInstanceId _id;
    private readonly EngineServices _services;
    private ProcessInstance? _process;
    private ProcessDefinition? _definition;
    private TurnBuffers? _buffers;
    private long _epoch;

    /// <summary>Whether the last commit, or one whose outcome is not known, said that code of the instance is being called. Then no other engine continues
    /// it.</summary>
    private bool _isCalling;
    private string _lastCommit = "";

    /// <summary>How many wait to come between two calls.</summary>
    private int _breaks;

    public ResidentInstance(ProcessInstanceId id, EngineServices services)
    {
        _id = id;
        _services = services;
    }

    public ProcessInstanceId Id => _id;

    /// <summary>The instance; only while it is in memory.</summary>
    public ProcessInstance Process => _process!;

    /// <summary>The episode of the turn; only while one is under way.</summary>
    public Episode Episode => _buffers!.Episode;

    /// <summary>Whether it is a copy that is never stored (statement 13.9).</summary>
    public bool IsCopy { get; init; }

    public bool IsLoaded => _process is not null;

    public bool IsInTurn => _buffers is not null;

    /// <summary>Whether there is no use in keeping it in memory: it does not exist, or has ended.</summary>
    public bool IsEnded => _process is null || _process.StoredStatus.HasEnded();

    /// <summary>Whether somebody waits to come between two calls (statement 8.6).</summary>
    public bool IsBreakWanted => Volatile.Read(ref _breaks) > 0;

    /// <summary>Whether nobody waits for the turn, which the engine has taken of its own accord.</summary>
    public bool IsBackground { private get; set; }

    public DateTimeOffset Now => _services.Options.Clock.GetUtcNow();

    /// <summary>Takes a new instance into memory.</summary>
    public void Take(ProcessInstance process, ProcessDefinition definition)
    {
        _process = process;
        _definition = definition;
        _epoch = 0;
        _lastCommit = "";
        _storedStatus = 0;
        OpenTurn();
    }

    /// <summary>A copy of a destination with an open task, and the definition of the instance. Null when there is no such task, or it is not copied.</summary>
    public (ActivityInstanceDestination Destination, ProcessDefinition Definition)? CopyTask(int destination)
    {
        try
        {
            return _process!.FindDestination(destination) is { } found
                && _definition!.OpenTaskOf(found) is not null
                && TaskCopy.Of(found, _definition, _services.Deployments) is { } copy ? (copy, _definition) : null;
        }
#pragma warning disable CA1031 // The command is stored, and its sender reads the task instead.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.NotCopied(_services.Logger, _id.Value, exception);
            return null;
        }
    }

    /// <summary>Somebody waits to come between two calls, until <see cref="EndBreak"/>.</summary>
    public void WantBreak() => Interlocked.Increment(ref _breaks);

    public void EndBreak() => Interlocked.Decrement(ref _breaks);

    /// <summary>Makes ready to work on the instance, which is in memory.</summary>
    public void OpenTurn()
    {
        _buffers ??= _services.RentBuffers();
        _buffers.Episode.Open(_definition!, _process!, _services.Limits, _services.Options.RoleInterval, _services.Options.WorkingHours);
    }

    /// <summary>The next commit is made under an idempotency key.</summary>
    public void CarryOut(OnceOnly? once) => _buffers!.Once = once;

    /// <summary>Decides a command with what is loaded of the instance. Nothing is committed or called yet.</summary>
    /// <param name="command">The command.</param>
    /// <param name="refusal">Why it is refused; null when it is admitted.</param>
    /// <returns>False when the whole instance is needed. Then nothing that was worked out holds, and memory is to be thrown away.</returns>
    public bool TryDecide(Command command, out Refusal? refusal)
    {
        refusal = null;
        Invariant.Holds(command.Task is not null || _process is { Unloaded: null });
        var needed = command.Target ?? _definition!;
        if (!command.HasAskedForHours && _services.Hours.AreDue(needed))
        {
            refusal = Refusal.AskForHours(needed);
            return true;
        }

        try
        {
            var prepared = command.Prepare(_process!, _definition!);
            CarryOut(command.Once);
            refusal = prepared.Input is { } input ? Scheduler.Apply(Episode, input, Now) : prepared.Refusal;
            _definition = Episode.Definition;
        }
#pragma warning disable CA1031 // The turn begins anew with the whole instance, and fails there if that was not the reason.
        catch (Exception) when (IsTooLittle)
#pragma warning restore CA1031
        {
            return false;
        }

        return !IsTooLittle;
    }

    /// <summary>Applies an input that cannot be refused.</summary>
    public void ApplyOwn(Input input) => ApplyOwn(input, Now);

    /// <summary>Applies an input that cannot be refused, at an instant that is known.</summary>
    public void ApplyOwn(Input input, DateTimeOffset now)
    {
        var refusal = Scheduler.Apply(_buffers!.Episode, input, now);
        Invariant.Holds(refusal is null);
    }

    /// <summary>The definition of the event whose code is called.</summary>
    public ServerEventDefinition EventOf(in PlannedCall call) => (ServerEventDefinition)Episode.DefinitionOf(call.Destination);

    public void BeginCall(in PlannedCall call)
    {
        call.Begin();
        if (call.Attempts > 1)
        {
            Episode.RecordRepeat(call, Now);
        }
    }

    public ServerEventContext ContextOf(ServerEventDefinition definition, ActivityInstanceDestination destination, CallFrame frame) =>
        new(destination, definition.IsPure, isForOne: !destination.Activity.IsJustOnce && destination.People.Count > 0, frame);

    /// <summary>The code of a server event or an escalation has returned.</summary>
    public void Return(CodeContext context, DateTimeOffset now) => Scheduler.Return(_buffers!.Episode, context, now);

    /// <summary>Stores what has changed. Nobody outside hears of anything before that.</summary>
    /// <param name="isCalling">Whether code of the instance runs now: then other engines leave it alone.</param>
    public async ValueTask CommitAsync(bool isCalling = false)
    {
        var buffers = _buffers!;
        var process = _process!;
        var commit = CommitBuilder.Build(buffers, _services.HeadingOf(_epoch, _lastCommit, isCalling, IsBackground));
        StateSize.RefuseTooLarge(commit, _services.Options.StateLimit);
        if (_services.TellsOtherHosts)
        {
            TellOthers(commit);
        }

        _isCalling |= isCalling;
        try
        {
            await _services.Options.Store.CommitAsync(commit, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            NotStored(commit, exception);
            throw;
        }

        _isCalling = isCalling;
        _lastCommit = commit.Id;
        TellNews();
        process.MarkStored(process.Version + 1, process.JournalCount + buffers.Episode.Journal.Count);
        AlarmLog.Write(_services, _id, buffers.Episode.Alarms);
        _services.AskForRoles(_id, buffers.Episode.NamedRoles);
        _services.NoteArmed(buffers.Episode.ArmedTimers);
        if (!_services.LeavesCalls)
        {
            _services.Messages.Note(_id, buffers.Episode.Messages);
        }

        buffers.Clear();
    }

    /// <summary>Removes uncommitted changes from the next commit.</summary>
    public void ClearTurn() => _buffers!.Clear();

    /// <summary>A call has left state that is too large to be stored: the call has failed, and is not made again.</summary>
    public async ValueTask FailCallAsync(CallWay way, int number, ProcessInstanceTooLargeException exception)
    {
        Forget();
        await LoadAsync().ConfigureAwait(false);
        OpenTurn();
        if (Process.FindPlannedCall(number) is { IsNone: false } call)
        {
            ApplyOwn(way.Failed(call, new Fault(exception.Message, nameof(ProcessInstanceTooLargeException), Exception: exception)
            {
                Kind = FaultKind.Limit,
            }));
            await CommitAsync().ConfigureAwait(false);
            return;
        }

        await EndCallingAsync().ConfigureAwait(false);
    }

    /// <summary>No call is under way: others may take the instance up. There may be nothing else to store, if a finish has ended the reason for the
    /// wait.</summary>
    public ValueTask EndCallingAsync() => _isCalling ? CommitAsync() : ValueTask.CompletedTask;

    /// <summary>Drops the instance from memory after a failure. If a call of it may be stored as under way, no other engine continues it, so this engine notes
    /// the duty.</summary>
    public void GiveUp()
    {
        Forget();
        if (_isCalling)
        {
            _isCalling = false;
            _services.LeftBehind.Add(_id);
            _services.WorkAppeared?.Invoke();
        }
    }

    /// <summary>Drops the instance from memory: the store is the truth.</summary>
    public void Forget()
    {
        _process = null;
        _definition = null;
        _buffers?.Clear();
    }

    public void CloseTurn()
    {
        if (_buffers is { } buffers)
        {
            _buffers = null;
            buffers.Clear();
            _services.ReturnBuffers(buffers);
        }
    }

    /// <summary>Whether parts of it are not loaded and its results so far do not hold. A missing part was asked for, or a call is planned. Code of the host
    /// sees an instance only as a whole.</summary>
    private bool IsTooLittle => _process?.Unloaded is { } unloaded && (unloaded.AreWanted || !_process.NextPlannedCall().IsNone);
}
