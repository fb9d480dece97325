namespace Workflow.Core.Instances;

/// <summary>One run of an activity within a process instance, made by a line or by a goto. A loop makes a new one each time (statements 10.1, 10.7).</summary>
/// <remarks>It knows its definition by name and position only, so that stored data can be read without a definition (statement 13.8).</remarks>
public sealed partial class ActivityInstance
{
    private DestinationList _destinations;
    private LineInstance _line;
    private readonly long _startedAt;
    private DestinationPlanning? _planning;
    private long _endedAt;
    private byte _status;

    internal ActivityInstance(ProcessInstance process, int id, string name, int ordinal, LineInstance? line, DataFields fields, DateTimeOffset now)
    {
        (Process, Id, Name, Ordinal) = (process, id, name, ordinal);
        _line = line.GetValueOrDefault();
        Fields = fields;
        _startedAt = now.UtcTicks;
        Status = ActivityInstanceStatus.Active;
    }

    /// <summary>The number of the activity instance within its process instance; positive.</summary>
    public int Id { get; }

    /// <summary>The name of the activity in the definition.</summary>
    public string Name { get; private set; }

    /// <summary>The status.</summary>
    public ActivityInstanceStatus Status
    {
        get => (ActivityInstanceStatus)_status;
        private set => _status = (byte)value;
    }

    /// <summary>The line that led here; null after a goto.</summary>
    public LineInstance? Line => _line.Id == 0 ? null : _line;

    /// <summary>When it was created.</summary>
    public DateTimeOffset StartedAt => Instant.Of(_startedAt);

    /// <summary>When it begins, while it waits for the instant of its start rule and has no destinations (statement 5.3); null otherwise.</summary>
    public DateTimeOffset? StartsAt => Process.TimersOrNull?.Find(TimerOwner.Of(this), ProcessTimerKind.Start, Name, InstanceTimers.Only)?.DueAt;

    /// <summary>The escalations of the activity that are armed (statement 6.1).</summary>
    public IReadOnlyList<ArmedEscalation> Escalations => ArmedEscalation.Of(Process, TimerOwner.Of(this));

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? EndedAt => Instant.OrNull(_endedAt);

    /// <summary>The activity fields, which all its destinations share (statement 11.1).</summary>
    public DataFields Fields { get; private set; }

    /// <summary>Its destinations, in the order of planning (statement 4.5).</summary>
    public IReadOnlyList<ActivityInstanceDestination> Destinations => DestinationSpan.ToArray();

    /// <summary>How many slots were planned over all destinations (statement 4.4).</summary>
    public int SlotTotal { get; private set; }

    /// <summary>How many of them are completed (statement 3.7).</summary>
    public int CompletedSlots { get; private set; }

    internal ProcessInstance Process { get; }

    /// <summary>The question of the destination rule to the resolver; null when nothing is to be asked.</summary>
    internal MemberQuestion? MemberQuestion => _planning?.Question;

    /// <summary>The destinations that have not had their turn (statement 4.5); null for other plans.</summary>
    internal DestinationTurns? Turns => _planning?.Turns;

    /// <summary>The position of the activity in the definition that the instance runs on.</summary>
    internal int Ordinal { get; private set; }

    /// <summary>How many destinations it has.</summary>
    internal int DestinationCount => _destinations.Count + UnloadedDestinations;

    /// <summary>How many of them are not loaded.</summary>
    internal int UnloadedDestinations => _destinations.Several?.Unloaded ?? 0;

    /// <summary>The data that is kept of its destinations together; null when there is one at most.</summary>
    internal ManyDestinations? SeveralDestinations => _destinations.Several;

    /// <summary>The sum over the numbers of its destinations.</summary>
    internal ulong DestinationSum => _destinations.Sum;

    /// <summary>How many destinations are still at work, counted so that nobody has to look at all of them (statement 14.6).</summary>
    internal int ActiveDestinations { get; private set; }

    /// <summary>The destination whose completion ended the activity; null when none did (statement 11.7).</summary>
    internal ActivityInstanceDestination? CompletedBy { get; private set; }

    /// <summary>The exclusion that leaves a user out of it (statement 4.10); null for none.</summary>
    internal Exclusion? ExclusionOf(string user) => _planning?.ExclusionOf(user);

    /// <summary>Made when it is needed: most activity instances ask nobody, and have no turns.</summary>
    internal DestinationPlanning Planning => _planning ??= new DestinationPlanning(this);

    /// <summary>As <see cref="Planning"/>, without making one.</summary>
    internal DestinationPlanning? PlanningOrNull => _planning;

    /// <summary>The one that changed next, among those that the next commit has to write.</summary>
    internal ActivityInstance? NextChanged { get; set; }

    /// <summary><see cref="Destinations"/>, without a detour.</summary>
    /// <exception cref="PartNotLoadedException">Not all of them are loaded.</exception>
    internal ReadOnlySpan<ActivityInstanceDestination> DestinationSpan => UnloadedDestinations == 0 ? LoadedDestinations : throw Process.Unloaded!.Want();

    /// <summary>The destinations that are loaded; in most instances that is all of them.</summary>
    internal ReadOnlySpan<ActivityInstanceDestination> LoadedDestinations => _destinations.AsSpan();

    /// <summary>The destinations without the leading ones that have all ended. A search for an active one need not walk over ended ones (statement
    /// 14.6).</summary>
    internal ReadOnlySpan<ActivityInstanceDestination> LaterThanEnded() =>
        UnloadedDestinations == 0 ? _destinations.LaterThanEnded() : throw Process.Unloaded!.Want();

    internal void Set(int ordinal, in FieldValue value)
    {
        Fields.Set(ordinal, value);
        Touch();
    }

    internal void PlanSlots(int total, int destinations, bool isJustOnce)
    {
        Invariant.Holds(Status is ActivityInstanceStatus.Active && _destinations.Count == 0);
        (IsJustOnce, SlotTotal) = (isJustOnce, total);
        _destinations.Expect(destinations);
        Touch();
    }

    internal ActivityInstanceDestination AddDestination(
        IReadOnlyList<Destination> destinations, int slotCount, in FieldValue instanceData, DataFields fields, DateTimeOffset now)
    {
        Invariant.Holds(Status is ActivityInstanceStatus.Active);
        var destination = new ActivityInstanceDestination(
            this, Process.NextDestinationId(), destinations, slotCount, instanceData, fields, now);
        _destinations.Add(destination);
        ActiveDestinations++;
        Touch();
        destination.Touch();
        return destination;
    }

    /// <summary>Whether its destinations have been planned, so that its roles are only followed from now on.</summary>
    internal bool IsPlanned => SlotTotal > 0 || _destinations.Count > 0;

    /// <summary>Whether its history says that the resolver does not know a role or group, or that nobody may act through it.</summary>
    internal bool IsReported(Destination role) => _planning?.Reported?.Contains(role) is true;

    /// <summary>Whether its destinations share its slots (statement 4.6).</summary>
    internal bool SharesSlots => _planning is { SharedTaken: not null };

    /// <summary>How many of the slots that all destinations share are left of an event; without end where none are shared (statement 4.6).</summary>
    internal int FreeShared(int position) => _planning?.TakenOf(position) is { } taken ? SlotTotal - taken : int.MaxValue;

    /// <summary>A destination's next client event begins, and the slots of the one before count no more (statement 1.6).</summary>
    internal void ForgetSlots(WorklistHeader earlier)
    {
        CompletedSlots -= earlier.CompletedSlots;
        Invariant.Holds(CompletedSlots >= 0);
        _destinations.Several?.Answers?.Forget(earlier.SlotList);
        Touch();
    }

    /// <summary>Changes how many slots there are over all, when people join or leave (statement 4.9).</summary>
    internal void SetSlotTotal(int total)
    {
        SlotTotal = total;
        Touch();
    }

    /// <summary>The users who have acted: those who answered, and those on whose behalf they answered.</summary>
    internal IEnumerable<string> Actors() => DestinationList.Actors(DestinationSpan);

    /// <summary>The last destination in the order of planning that has answered or completed; null for none.</summary>
    internal ActivityInstanceDestination? LastAnswered() => DestinationList.LastAnswered(DestinationSpan);

    /// <summary>The destination of a number, or null.</summary>
    /// <exception cref="PartNotLoadedException">It is not among those that are loaded.</exception>
    internal ActivityInstanceDestination? FindDestination(int id) =>
        _destinations.Find(id) ?? (UnloadedDestinations == 0 ? null : throw Process.Unloaded!.Want());

    /// <summary>The destination of a number, if it is loaded.</summary>
    internal ActivityInstanceDestination? FindLoaded(int id) => _destinations.Find(id);

    /// <summary>A destination ended, one way or the other.</summary>
    internal void DestinationEnded()
    {
        Invariant.Holds(ActiveDestinations > 0);
        ActiveDestinations--;
        Touch();
    }

    /// <summary>Counts slots as completed, as many of them as are left.</summary>
    /// <returns>How many were left.</returns>
    internal int CompleteSlots(int count)
    {
        // The caller does not say what these slots hold, so the answers are counted again when a rule asks.
        _destinations.Several?.Answers = null;
        return Completed(count);
    }

    /// <summary>Counts a slot as completed that holds an answer.</summary>
    internal void CompleteSlot(Slot slot)
    {
        _destinations.Several?.Answers?.Add(slot);
        Completed(1);
    }

    /// <summary>How many completed slots hold a text in a destination field; null when that is not counted, and one has to look at them.</summary>
    internal int? CountAnswers(int ordinal, string text) => _destinations.CountAnswers(this, ordinal, text);

    private int Completed(int count)
    {
        var completed = Math.Clamp(SlotTotal - CompletedSlots, 0, count);
        CompletedSlots += completed;
        Touch();
        return completed;
    }

    internal void Complete(ActivityInstanceDestination? by, DateTimeOffset now)
    {
        Invariant.Holds(Status is ActivityInstanceStatus.Active && ActiveDestinations == 0);
        CompletedBy = by;
        End(ActivityInstanceStatus.Completed, now);
    }

    internal void Expire(DateTimeOffset now)
    {
        Invariant.Holds(Status is ActivityInstanceStatus.Active && ActiveDestinations == 0);
        End(ActivityInstanceStatus.Expired, now);
    }

    internal void Forget()
    {
        Invariant.Holds(Status is not ActivityInstanceStatus.Active);
        IsForgotten = true;
    }

    internal void MarkStored()
    {
        IsChanged = false;
        NextChanged = null;
        IsStored = true;
        _planning?.MarkStored();
    }

    /// <summary>Restores the stored state.</summary>
    internal void Restore(
        ActivityInstanceStatus status, DateTimeOffset? endedAt, int slotTotal, int completedSlots, bool isJustOnce, DataFields fields,
        DestinationPlanning? planning)
    {
        IsJustOnce = isJustOnce;
        _planning = planning;
        Status = status;
        _endedAt = Instant.Ticks(endedAt);
        (SlotTotal, CompletedSlots) = (slotTotal, completedSlots);
        Fields = fields;
        IsStored = true;
    }

    /// <summary>Puts back a destination that was stored.</summary>
    internal void Restore(ActivityInstanceDestination destination)
    {
        _destinations.Add(destination);
        ActiveDestinations += destination.Status is DestinationStatus.Active ? 1 : 0;
    }

    /// <summary>Puts back the counts over several destinations, if only one of them is loaded.</summary>
    internal void RestoreCounts(ManyDestinations several, int active)
    {
        _destinations.Restore(several);
        ActiveDestinations = active;
    }

    /// <summary>Puts back which destination ended the activity.</summary>
    internal void RestoreCompletedBy(ActivityInstanceDestination destination) => CompletedBy = destination;

    private void End(ActivityInstanceStatus status, DateTimeOffset now)
    {
        _ = DestinationSpan; // Its parts go with it, so all of them are loaded and compared with its counts before.
        Process.EndOf(this);
        (Status, _endedAt) = (status, now.UtcTicks);
        Touch();
    }

    /// <summary>Registers the activity instance for the next commit.</summary>
    internal void Touch()
    {
        if (!IsChanged)
        {
            IsChanged = true;
            Process.Changed(this);
        }
    }
}
