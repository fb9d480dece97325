namespace Workflow.Core.Instances;

/// <summary>One running, waiting or ended process. A caller's instance is a copy from the time of reading; it does not change afterwards.</summary>
public sealed partial class ProcessInstance
{
    private readonly List<ActivityInstance> _activities = new(1);
    private PlannedCalls _plannedCalls;
    private InstanceTimers? _timers;
    private InstanceJoins? _joins;
    private ChangedParts _changed;

    internal ProcessInstance(
        ProcessInstanceId id, string definition, int definitionVersion, string folio, string originator, DataFields fields, DateTimeOffset now,
        string? attached = null)
    {
        (Id, _startedAt, _beginsAt, Fields) = (id, now.UtcTicks, now.UtcTicks, fields);
        (Definition, DefinitionVersion, Folio, Originator) = (definition, definitionVersion, folio, originator);
        StoredStatus = ProcessInstanceStatus.Active;
        Attach(attached);
    }

    /// <summary>The number of the process instance.</summary>
    public ProcessInstanceId Id { get; }

    /// <summary>The name of the process definition it runs on.</summary>
    public string Definition { get; }

    /// <summary>The version of the process definition it runs on. It stays on it when newer ones are deployed (statement 8.7), unless an administrator changes
    /// it (statement 8.8).</summary>
    public int DefinitionVersion { get; private set; }

    /// <summary>The user who started it.</summary>
    public string Originator { get; }

    /// <summary>The status. <see cref="ProcessInstanceStatus.Running"/> while code is planned or runs (statement 8.6).</summary>
    public ProcessInstanceStatus Status =>
        StoredStatus is ProcessInstanceStatus.Active && NextPlannedCall() is { IsNone: false } ? ProcessInstanceStatus.Running : StoredStatus;

    /// <summary>The process fields (statement 11.1).</summary>
    public DataFields Fields { get; private set; }

    /// <summary>Why the instance is in Error; null otherwise (statement 8.1).</summary>
    public ProcessError? Error { get; internal set; }

    /// <summary>The activity instances that have not ended, oldest first. Ended ones are in the history.</summary>
    public IReadOnlyList<ActivityInstance> Activities => ActivityList;

    /// <summary>The escalations of the process that are armed (statement 6.1); those of activities and events are with them.</summary>
    public IReadOnlyList<ArmedEscalation> Escalations => ArmedEscalation.Of(this, TimerOwner.Process);

    /// <summary>The joins at which something has arrived that is not used up, in the order in which they began to wait (statement 13.1).</summary>
    public IReadOnlyList<JoinProgress> Joins =>
        _joins is null ? [] : [.. _joins.Arrivals.Select(arrivals => new JoinProgress(arrivals, _joins.RunOf(arrivals.Split)))];

    /// <summary>How often the instance was committed; one more with every commit.</summary>
    public long Version { get; private set; }

    internal ProcessInstanceStatus StoredStatus { get; private set => Change(ref field, value); }

    /// <summary><see cref="Activities"/>, as a list.</summary>
    /// <exception cref="PartNotLoadedException">Not all of them are loaded.</exception>
    internal List<ActivityInstance> ActivityList => Unloaded is { Activities: > 0 } unloaded ? throw unloaded.Want() : _activities;

    /// <summary>The activity instances that are loaded; in most instances that is all of them.</summary>
    internal List<ActivityInstance> LoadedActivities => _activities;

    /// <summary>The parts that are not loaded; null where all are.</summary>
    internal UnloadedParts? Unloaded { get; private set; }

    /// <summary>How many activity instances have not ended.</summary>
    internal int ActivityCount => _activities.Count + (Unloaded?.Activities ?? 0);

    /// <summary>The sum over the numbers of the activity instances that have not ended.</summary>
    internal ulong ActivitySum => NumberSum.Of(_activities) + (Unloaded?.Sum ?? 0);

    /// <summary>The checksum of the part with the details of the error that was written or read last.</summary>
    internal uint? DetailsChecksum { get; set; }

    /// <summary>Activities entered since somebody or something outside last moved the instance (statement 10.7).</summary>
    internal int AutomaticSteps
    {
        get;
        private set
        {
            if (field != value)
            {
                Change(ref field, value);
            }
        }
    }

    /// <summary>How many facts its history holds.</summary>
    internal long JournalCount { get; private set; }

    /// <summary>Whether the next commit has to write the header: most answers change nothing in it.</summary>
    internal bool IsHeaderChanged { get; private set; } = true;

    /// <summary>The users who have acted in each activity, as far as the definition wants to know it; null for nobody.</summary>
    /// <exception cref="PartNotLoadedException">They are not loaded.</exception>
    internal ActorNotes? ActorNotes => Unloaded is { Actors: true } unloaded ? throw unloaded.Want() : LoadedActorNotes;

    /// <summary>As <see cref="ActorNotes"/>; null also where they are not loaded.</summary>
    internal ActorNotes? LoadedActorNotes { get; private set; }

    /// <summary>Whether it is known who has acted somewhere.</summary>
    internal bool HasActorNotes => LoadedActorNotes is not null || Unloaded is { Actors: true };

    /// <summary>Whether the searchable data of the instance differ from the stored ones.</summary>
    internal bool IsRecordChanged { get; private set; } = true;

    internal int LastActivityId { get; private set => Change(ref field, value); }

    internal int LastDestinationId { get; private set => Change(ref field, value); }

    internal int LastEventId { get; private set => Change(ref field, value); }

    internal int LastLineId { get; private set => Change(ref field, value); }

    /// <summary>The activity instances that the next commit has to write, chained in the order of their first change.</summary>
    internal ActivityInstance? FirstChangedActivity => _changed.FirstActivity;

    /// <summary>The destinations that the next commit has to write, chained in the order of their first change.</summary>
    internal ActivityInstanceDestination? FirstChangedDestination => _changed.FirstDestination;

    /// <summary>Made with the first timer: most instances have none.</summary>
    internal InstanceTimers Timers => _timers ??= new InstanceTimers(this);

    /// <summary>As <see cref="Timers"/>, without making them.</summary>
    internal InstanceTimers? TimersOrNull => _timers;

    /// <summary>Made with the first arrival at a join, or the first way of a split: most instances have none.</summary>
    internal InstanceJoins Joined => _joins ??= new InstanceJoins(this);

    /// <summary>As <see cref="Joined"/>, without making them.</summary>
    internal InstanceJoins? JoinedOrNull => _joins;

    /// <summary>Plans a call to the outside.</summary>
    internal void Plan(in PlannedCall call) => _plannedCalls.Add(call);

    /// <summary>The next call to the outside.</summary>
    internal PlannedCall NextPlannedCall() => _plannedCalls.Next();

    /// <summary>The planned call with a number.</summary>
    internal PlannedCall FindPlannedCall(int number) => _plannedCalls.Find(number);

    /// <summary>How many destinations can still be answered, in all activities together.</summary>
    internal int ActiveDestinations => ActivityList.Sum(activity => activity.ActiveDestinations);

    internal int NextActivityId() => ++LastActivityId;

    internal int NextDestinationId() => ++LastDestinationId;

    internal int NextEventId() => ++LastEventId;

    internal int NextLineId() => ++LastLineId;

    internal void Set(int ordinal, in FieldValue value, bool isSearchable)
    {
        Fields.Set(ordinal, value);
        IsRecordChanged |= isSearchable;
        IsHeaderChanged = true;
    }

    internal ActivityInstance AddActivity(string name, int ordinal, LineInstance? line, DataFields fields, DateTimeOffset now)
    {
        Invariant.Holds(StoredStatus is ProcessInstanceStatus.Active);
        var activity = new ActivityInstance(this, NextActivityId(), name, ordinal, line, fields, now);
        _activities.Add(activity);
        activity.Touch();
        return activity;
    }

    /// <summary>An activity instance has ended and its lines are evaluated: from now on only the history knows it (statement 14.6).</summary>
    internal void Forget(ActivityInstance activity)
    {
        activity.Forget();
        _joins?.Forget(activity.Id);
        if (HasRun(activity))
        {
            _run.Add(activity.Ordinal);
        }

        var found = _activities.Remove(activity);
        Invariant.Holds(found);
        IsHeaderChanged = true;
    }

    /// <summary>The activity instance of a number, if it has not ended.</summary>
    /// <exception cref="PartNotLoadedException">It is not among those that are loaded.</exception>
    internal ActivityInstance? FindActivity(int id) =>
        _activities.OfNumber(id) ?? (Unloaded is { Activities: > 0 } unloaded ? throw unloaded.Want() : null);

    /// <summary>The destination of a number; each activity instance is searched by halves (statement 14.6).</summary>
    /// <exception cref="PartNotLoadedException">It is not among those that are loaded.</exception>
    internal ActivityInstanceDestination? FindDestination(int id)
    {
        foreach (var activity in _activities)
        {
            if (activity.FindLoaded(id) is { } found)
            {
                return found;
            }
        }

        return Unloaded is { } unloaded ? throw unloaded.Want() : null;
    }

    /// <summary>Counts an activity that is entered (statement 10.7).</summary>
    /// <returns>False when the limit is reached.</returns>
    internal bool TryCountStep(int limit)
    {
        if (AutomaticSteps >= limit)
        {
            return false;
        }

        AutomaticSteps++;
        return true;
    }

    /// <summary>Notes who has acted in an activity (statement 4.10).</summary>
    internal void NoteActors(ActivityInstance activity, IEnumerable<string> users)
    {
        LoadedActorNotes = ActorNotes ?? new ActorNotes();
        LoadedActorNotes.Note(activity, users);
    }

    /// <summary>The users who have acted in an activity, in its latest run that somebody acted in (statement 4.10).</summary>
    internal IReadOnlyList<string> ActorsOf(string activity) => ActorNotes.Of(activity, ActorNotes, ActivityList);

    /// <summary>Puts back who has acted somewhere.</summary>
    internal void Restore(ActivityActors actors) => (LoadedActorNotes ??= new ActorNotes()).Restore(actors);

    /// <summary>Has the next commit write the header.</summary>
    internal void Touch() => IsHeaderChanged = true;

    internal void Complete(DateTimeOffset now)
    {
        Invariant.Holds(StoredStatus is ProcessInstanceStatus.Active && ActivityCount == 0);
        _timers?.End(TimerOwner.Process);
        StoredStatus = ProcessInstanceStatus.Completed;
        _endedAt = now.UtcTicks;
        IsRecordChanged = true;
    }

    internal void Changed(ActivityInstance activity) => _changed.Add(activity);

    internal void Changed(ActivityInstanceDestination destination) => _changed.Add(destination);

    /// <summary>Counts which of the changed destinations can still answer, before the next commit is built.</summary>
    internal void CountWork() => _changed.CountWork();

    /// <summary>The commit that carried the changes went through.</summary>
    internal void MarkStored(long version, long journalCount)
    {
        _changed.MarkStored();
        LoadedActorNotes?.MarkStored();
        (IsRecordChanged, IsHeaderChanged) = (false, false);
        (Version, JournalCount) = (version, journalCount);
    }

    /// <summary>Restores the stored state.</summary>
    internal void Restore(StoredHeader header, DataFields fields)
    {
        (StoredStatus, _endedAt) = (header.Status, Instant.Ticks(header.EndedAt));
        Error = header.Error;
        _halt = header.Suspended.Count > 0 ? new HaltedWork { Steps = header.Suspended } : null;
        (AutomaticSteps, JournalCount) = (header.AutomaticSteps, header.JournalCount);
        (LastActivityId, LastDestinationId) = (header.LastActivityId, header.LastDestinationId);
        (LastEventId, LastLineId) = (header.LastEventId, header.LastLineId);
        (Version, Fields) = (header.Version, fields);
        (IsRecordChanged, IsHeaderChanged) = (false, false);
    }

    internal void Restore(ActivityInstance activity) => _activities.Add(activity);

    /// <summary>Says which parts are not loaded.</summary>
    internal void RestoreWithout(UnloadedParts unloaded) => Unloaded = unloaded;

    private void Change<T>(ref T stored, T value)
    {
        stored = value;
        IsHeaderChanged = true;
    }
}
