namespace Workflow.Core.Instances;

/// <summary>One event in one activity instance destination. A destination makes exactly one for each event of its activity, one after the other.</summary>
public sealed class EventInstance
{
    /// <summary>Stands beside the status in one byte.</summary>
    private const byte StartsProcessBit = 0x80;

    private readonly long _startedAt;

    // There is one for each event at work, so both are small.
    private byte _status;
    private byte _cutShort;
    private short _failures;

    /// <summary>A finish that is kept, or the sub-process: no event has both.</summary>
    private object? _kept;

    /// <param name="id">The number of the event instance.</param>
    /// <param name="name">The name of the event.</param>
    /// <param name="position">The position of the event within its activity.</param>
    /// <param name="startedAt">When its turn came.</param>
    /// <param name="startsProcess">Whether it starts another process.</param>
    internal EventInstance(int id, string name, int position, DateTimeOffset startedAt, bool startsProcess)
    {
        _status = startsProcess ? StartsProcessBit : (byte)0;
        Id = id;
        Name = name;
        Position = position;
        _startedAt = startedAt.UtcTicks;
        Status = EventInstanceStatus.Planned;
    }

    /// <summary>The number of the event instance within its process instance; positive.</summary>
    public int Id { get; }

    /// <summary>The name of the event in the definition.</summary>
    public string Name { get; private set; }

    /// <summary>The status.</summary>
    public EventInstanceStatus Status
    {
        get => (EventInstanceStatus)(_status & ~StartsProcessBit);
        private set => _status = (byte)((byte)value | (_status & StartsProcessBit));
    }

    /// <summary>The sub-process that it has started, and may be waiting for; null for none (statement 7.7).</summary>
    public SubProcess? SubProcess => Run?.SubProcess;

    /// <summary>When its turn came.</summary>
    public DateTimeOffset StartedAt => Instant.Of(_startedAt);

    /// <summary>How often its code has been called, calls that were cut short by the end of the host included; zero before the first.</summary>
    public int Attempts { get; private set; }

    /// <summary>How often the end of the host cut its code short, since it was called first or retried last, up to 255 times (statement 13.2).</summary>
    internal int CutShort
    {
        get => _cutShort;
        private set => _cutShort = (byte)Math.Min(value, byte.MaxValue);
    }

    /// <summary>How many attempts of its retry policy have failed, since its code was called first or an administrator retried it last (statement 13.2). The
    /// failure behind which the instance is in Error does not count.</summary>
    internal int Failures => _failures;

    /// <summary>The key under which the event's code said that an outside system knows the item, or null (statement 7.2). That of an event that waits for a
    /// signal is the name of the signal (statement 13.1k).</summary>
    public string? CorrelationKey { get; private set; }

    /// <summary>The position of the event within its activity; from zero.</summary>
    internal int Position { get; private set; }

    internal ParkedFinish? ParkedFinish => _kept as ParkedFinish;

    /// <summary>The sub-process, with its end while that waits for the instance to move again.</summary>
    internal SubProcessRun? Run => _kept as SubProcessRun;

    /// <summary>Whether it starts another process.</summary>
    internal bool StartsProcess => (_status & StartsProcessBit) != 0;

    /// <summary>Whether its code is to be called, as soon as its turn comes or again after the host died.</summary>
    internal bool NeedsCall => Status is EventInstanceStatus.Planned or EventInstanceStatus.Calling;

    /// <summary>Whether a finish is kept until its code has returned (statement 7.1).</summary>
    internal bool KeepsFinish => NeedsCall || Status is EventInstanceStatus.AwaitingRetry;

    internal void Call()
    {
        Invariant.Holds(NeedsCall);
        CutShort += Status is EventInstanceStatus.Calling ? 1 : 0;
        Status = EventInstanceStatus.Calling;
        Attempts++;
    }

    internal void Interrupt()
    {
        Invariant.Holds(Status is EventInstanceStatus.Calling);
        Status = EventInstanceStatus.Planned;
        Attempts--;
    }

    internal void Park(ParkedFinish finish)
    {
        Invariant.Holds((KeepsFinish || Status is EventInstanceStatus.Failed) && ParkedFinish is null);
        _kept = finish;
    }

    internal void DropParkedFinish() => _kept = Run;

    /// <summary>A sub-process is on its way, and the event waits for its end.</summary>
    internal void Await(SubProcess child)
    {
        Invariant.Holds(Status is EventInstanceStatus.Calling && StartsProcess);
        Status = EventInstanceStatus.Waiting;
        _kept = new SubProcessRun(child);
    }

    /// <summary>Keeps the end of its sub-process until the instance moves again (statement 7.3), or drops it.</summary>
    internal void Keep(SubProcessEnd? end)
    {
        Invariant.Holds(Status is EventInstanceStatus.Waiting && Run is not null);
        _kept = Run! with { End = end };
    }

    internal void Wait(string? correlationKey)
    {
        Invariant.Holds(Status is EventInstanceStatus.Calling);
        Status = EventInstanceStatus.Waiting;
        CorrelationKey = correlationKey;
    }

    /// <summary>A client event begins to wait for people. Or it was stalled, and continues because an answer has come all the same.</summary>
    internal void Await()
    {
        Invariant.Holds(Status is EventInstanceStatus.Planned or EventInstanceStatus.Stalled);
        Status = EventInstanceStatus.Waiting;
    }

    /// <summary>The event waits for a signal (statement 13.1k).</summary>
    internal void AwaitSignal(string signal)
    {
        Invariant.Holds(Status is EventInstanceStatus.Planned);
        Status = EventInstanceStatus.Waiting;
        CorrelationKey = signal;
    }

    /// <summary>Its code has failed, its sub-process could not be started, or that was deleted.</summary>
    internal void Fail()
    {
        Invariant.Holds(Status is EventInstanceStatus.Calling || (Status is EventInstanceStatus.Waiting && StartsProcess));
        Status = EventInstanceStatus.Failed;
    }

    /// <summary>An administrator has its code called again, under the same idempotency key. Its retry policy begins anew.</summary>
    internal void Retry()
    {
        Invariant.Holds(Status is EventInstanceStatus.Failed);
        Status = EventInstanceStatus.Planned;
        (CutShort, _failures) = (0, 0);
        _kept = ParkedFinish;
    }

    /// <summary>Its code has failed, and its retry policy has it called again.</summary>
    internal void AwaitRetry()
    {
        Invariant.Holds(Status is EventInstanceStatus.Calling);
        Status = EventInstanceStatus.AwaitingRetry;
        _failures++;
    }

    /// <summary>The wait of its retry policy is over.</summary>
    internal void BeginRetry()
    {
        Invariant.Holds(Status is EventInstanceStatus.AwaitingRetry);
        Status = EventInstanceStatus.Planned;
        CutShort = 0;
    }

    /// <summary>Its code has failed, and counts as having returned without results (statement 8.2b).</summary>
    internal void Skip()
    {
        Invariant.Holds(Status is EventInstanceStatus.Failed);
        Status = EventInstanceStatus.Returned;
    }

    internal void Return()
    {
        Invariant.Holds(Status is EventInstanceStatus.Calling or EventInstanceStatus.Waiting);
        Status = EventInstanceStatus.Returned;
    }

    internal void Stall()
    {
        Invariant.Holds(Status is EventInstanceStatus.Returned or EventInstanceStatus.Waiting);
        Status = EventInstanceStatus.Stalled;
    }

    internal void Complete()
    {
        Invariant.Holds(Status is EventInstanceStatus.Returned);
        Status = EventInstanceStatus.Completed;
    }

    internal void Expire()
    {
        Invariant.Holds(Status is not (EventInstanceStatus.Completed or EventInstanceStatus.Expired));
        Status = EventInstanceStatus.Expired;
    }

    /// <summary>Goes on as an event of another version.</summary>
    internal void ChangeVersion(string name, int position, Func<string, string> field, Func<string, string> answer)
    {
        (Name, Position) = (name, position);
        if (ParkedFinish is { } finish)
        {
            _kept = finish with
            {
                Changes = [.. finish.Changes.Select(change => change with { Name = field(change.Name) })],
                Answer = finish.Answer is { } given ? answer(given) : null,
            };
        }
    }

    /// <summary>Restores the stored state.</summary>
    /// <param name="status">The status.</param>
    /// <param name="attempts">How often its code was called.</param>
    /// <param name="cutShort">How often that was cut short.</param>
    /// <param name="failures">How often it has failed.</param>
    /// <param name="correlationKey">The correlation key; null for none.</param>
    /// <param name="kept">A finish that is kept, or the sub-process; null for neither.</param>
    internal void Restore(EventInstanceStatus status, int attempts, int cutShort, int failures, string? correlationKey, object? kept)
    {
        _failures = (short)failures;
        Status = status;
        Attempts = attempts;
        CutShort = cutShort;
        CorrelationKey = correlationKey;
        _kept = kept;
    }
}
