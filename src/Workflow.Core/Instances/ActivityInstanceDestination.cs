namespace Workflow.Core.Instances;

/// <summary>A container for the event instances of one activity instance (statements 1.2 and 4.5). It has its own serial number and its own copy of the
/// destination fields. The plan of the activity decides how many there are.</summary>
public sealed partial class ActivityInstanceDestination
{
    /// <summary>Beyond this many, the list of its users, groups and roles is stored as a part of its own. It does not change with every answer.</summary>
    private const int MostPeopleTogether = 4;

    private DestinationExtras? _extras;
    private readonly long _startedAt;
    private bool _namesRoles;
    private long _endedAt;

    internal ActivityInstanceDestination(
        ActivityInstance activity, int id, IReadOnlyList<Destination> destinations, int slotCount, in FieldValue instanceData, DataFields fields,
        DateTimeOffset now)
    {
        People = destinations;
        _namesRoles = destinations.Count > 0 && Destination.AreRolesAmong(destinations);
        Activity = activity;
        Id = id;
        SlotCount = slotCount;
        if (destinations.Count > MostPeopleTogether || !instanceData.IsNull)
        {
            _extras = new DestinationExtras(instanceData) { Apart = destinations.Count > MostPeopleTogether ? new PeopleApart { IsChanged = true } : null };
        }

        Fields = fields;
        _startedAt = now.UtcTicks;
        Status = DestinationStatus.Active;
    }

    /// <summary>The number of the destination within its process instance; positive. The second half of the serial number.</summary>
    public int Id { get; }

    /// <summary>The serial number, under which a task or a server item of this destination is opened (statement 1.2).</summary>
    public SerialNumber Serial => new(Activity.Process.Id, Id);

    /// <summary>The status.</summary>
    public DestinationStatus Status { get; private set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset StartedAt => Instant.Of(_startedAt);

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? EndedAt => Instant.OrNull(_endedAt);

    /// <summary>Its users, groups and roles: everybody in plan just once, one in the plans per destination, nobody in plan per slot (statement 4.5). Its
    /// present delegates follow them, marked with the one for whom they act (statement 1.12). They count neither as destinations nor for slots.</summary>
    public IReadOnlyList<DestinationEntry> Destinations =>
        [.. People.Select(DestinationEntry.Itself), .. Delegation.InForce(this).Select(DestinationEntry.Of)];

    /// <summary>The users, groups and roles that it is for, without delegates.</summary>
    internal IReadOnlyList<Destination> People { get; private set; }

    /// <summary>How many slots this destination has (statement 4.4). In the plans per slot and per destination, each has one. In plan just once, it has the
    /// planned number.</summary>
    public int SlotCount { get; private set; }

    /// <summary>The value for this slot from the initialization list of plan per slot; null without one, or when the list is shorter (statement 4.7).</summary>
    public FieldValue InstanceData => _extras?.InstanceData ?? FieldValue.Null;

    /// <summary>The destination fields of the activity: this destination's own copy (statement 11.1).</summary>
    public DataFields Fields { get; private set; }

    /// <summary>The event that is at work; null before the first and after the last.</summary>
    public EventInstance? Event { get; private set; }

    /// <summary>When the code of its event is called again that has failed; null when it does not wait for that (statement 13.2).</summary>
    public DateTimeOffset? RetriesAt => Event is { Status: EventInstanceStatus.AwaitingRetry } item
        ? Activity.Process.TimersOrNull?.Find(TimerOwner.OfEvent(this), ProcessTimerKind.Retry, item.Name, InstanceTimers.Only)?.DueAt
        : null;

    /// <summary>The escalations of the event at work that are armed (statement 6.1).</summary>
    public IReadOnlyList<ArmedEscalation> Escalations => Event is null ? [] : ArmedEscalation.Of(Activity.Process, TimerOwner.OfEvent(this));

    /// <summary>The answers of users; empty where no client event has run (statement 3.7).</summary>
    public IReadOnlyList<Slot> Slots => SlotList ?? (IReadOnlyList<Slot>)[];

    internal ActivityInstance Activity { get; }

    /// <summary>The part of the latest client event that is kept of the people who work on it; null where none has begun.</summary>
    internal WorklistHeader? WorklistHeader { get; private set; }

    internal List<Slot>? SlotList => WorklistHeader?.SlotList;

    /// <summary>How many slots are left to be taken: of this destination, and, where all share a number of slots, of all (statements 1.4 and 4.6).</summary>
    internal int FreeSlots => Math.Min(SlotCount - (SlotList?.Count ?? 0), Activity.FreeShared(Event?.Position ?? 0));

    /// <summary>Whether its entries include roles or groups.</summary>
    internal bool IsForRoles => _namesRoles;

    /// <summary>Whether somebody's standing may come from a role or group.</summary>
    internal bool NamesRoles => _namesRoles || WorklistHeader is { NamesRoles: true };

    /// <summary>The users who have answered, and those on whose behalf they did.</summary>
    internal IEnumerable<string> Actors() =>
        Slots.Where(slot => slot.Status is SlotStatus.Completed).SelectMany(slot => (string[])[slot.User, slot.Party]);

    /// <summary>Whether it is completed, or its people have given an answer.</summary>
    internal bool HasAnswered => Status is DestinationStatus.Completed || WorklistHeader is { CompletedSlots: > 0 };

    /// <summary>Whether the list of its users, groups and roles is so long that it is stored as a part of its own (statement 14.6).</summary>
    internal bool StoresPeopleApart => Apart is not null;

    /// <summary>The data about that list; null where it is stored with the destination.</summary>
    internal PeopleApart? Apart => _extras?.Apart;

    /// <summary>Whether the next commit has to write that list.</summary>
    internal bool ArePeopleChanged => Apart is { IsChanged: true };

    /// <summary>The position of the next event within the activity; from zero.</summary>
    internal int NextEvent { get; private set; }

    /// <summary>How many slots a destination without a client event completed by completing itself (statement 3.7).</summary>
    internal int OwnCompletedSlots { get; private set; }

    /// <summary>Whether it can still answer, as its activity instance has counted it; not used while it is the only destination.</summary>
    internal DestinationWork CountedWork { get; set; }

    internal bool IsChanged { get; private set; }

    /// <summary>The one that changed next, among those that the next commit has to write.</summary>
    internal ActivityInstanceDestination? NextChanged { get; set; }

    internal void Set(int ordinal, in FieldValue value)
    {
        Fields.Set(ordinal, value);
        Touch();
    }

    internal EventInstance StartEvent(string name, bool startsProcess, DateTimeOffset now)
    {
        Invariant.Holds(Status is DestinationStatus.Active && Event is null);
        var instance = new EventInstance(Activity.Process.NextEventId(), name, NextEvent, now, startsProcess);
        Event = instance;
        NextEvent++;
        Touch();
        return instance;
    }

    /// <summary>The code of the event is being called.</summary>
    internal void CallEvent() => Changing().Call();

    /// <summary>The host shuts down while the code of the event is being called; the call is made again and this one does not count.</summary>
    internal void InterruptEvent() => Changing().Interrupt();

    /// <summary>Keeps a finish that came before the code of the event has returned (statement 7.1).</summary>
    internal void ParkFinish(ParkedFinish finish) => Changing().Park(finish);

    internal void DropParkedFinish() => Changing().DropParkedFinish();

    /// <summary>The code of the event has returned, and an outside system will finish it.</summary>
    internal void AwaitFinish(string? correlationKey) => Changing().Wait(correlationKey);

    /// <summary>The event waits for a signal (statement 13.1k).</summary>
    internal void AwaitSignal(string signal) => Changing().AwaitSignal(signal);

    /// <summary>The code of the event has returned, or its item is finished, or its last answer is given.</summary>
    internal void ReturnEvent() => Changing().Return();

    internal void FailEvent() => Changing().Fail();

    internal void RetryEvent() => Changing().Retry();

    internal void SkipEvent() => Changing().Skip();

    internal void AwaitEventRetry() => Changing().AwaitRetry();

    internal void BeginEventRetry() => Changing().BeginRetry();

    internal void StallEvent() => Changing().Stall();

    /// <summary>The event is over; the destination is between two events.</summary>
    internal void CompleteEvent()
    {
        Changing().Complete();
        EndEvent();
    }

    internal void ExpireEvent()
    {
        Changing().Expire();
        EndEvent();
    }

    /// <summary>Begins a client event: all slots are free again (statement 1.6).</summary>
    internal void OpenTask(string? data, string? url = null)
    {
        Changing().Await();
        WorklistHeader = new WorklistHeader(this, data, url, WorklistHeader);
    }

    /// <summary>A stalled client event continues, because an answer has come all the same.</summary>
    internal void ResumeEvent() => Changing().Await();

    /// <summary>Its users, groups and roles without the users who have done their part of its task.</summary>
    internal IEnumerable<Destination> OpenFor() => People.Where(
        who => who.Kind is not DestinationKind.User || WorklistHeader?.SlotOf(who.Name) is not { Status: SlotStatus.Completed });

    /// <summary>Changes its users, groups and roles (statements 1.11 and 4.9).</summary>
    internal void SetPeople(IReadOnlyList<Destination> destinations)
    {
        People = destinations;
        _namesRoles = Destination.AreRolesAmong(destinations);
        Apart?.Change();
        Touch();
    }

    /// <summary>Changes how many slots it has, when people join or leave (statement 4.9).</summary>
    internal void SetSlotCount(int count)
    {
        SlotCount = count;
        Touch();
    }

    internal void Complete(DateTimeOffset now)
    {
        End(DestinationStatus.Completed, now);
        if (WorklistHeader is null)
        {
            OwnCompletedSlots = Activity.CompleteSlots(SlotCount);
        }
    }

    internal void Expire(DateTimeOffset now) => End(DestinationStatus.Expired, now);

    /// <summary>Registers the destination for the next commit.</summary>
    internal void Touch()
    {
        if (!IsChanged)
        {
            IsChanged = true;
            Activity.Process.Changed(this);
        }
    }

    internal void MarkStored()
    {
        IsChanged = false;
        Apart?.IsChanged = false;
        NextChanged = null;
        WorklistHeader?.MarkStored();
    }

    /// <summary>Restores the stored state.</summary>
    internal void Restore(
        DestinationStatus status, DateTimeOffset? endedAt, int nextEvent, int ownCompletedSlots, DataFields fields, EventInstance? current,
        WorklistHeader? header)
    {
        _extras?.Apart = null;
        WorklistHeader = header;
        Status = status;
        _endedAt = Instant.Ticks(endedAt);
        NextEvent = nextEvent;
        OwnCompletedSlots = ownCompletedSlots;
        Fields = fields;
        Event = current;
    }

    /// <summary>Restores its users, groups and roles, if they are stored as a part of their own.</summary>
    internal void RestorePeople(IReadOnlyList<Destination> destinations)
    {
        People = destinations;
        _namesRoles = Destination.AreRolesAmong(destinations);
        (_extras ??= new DestinationExtras(FieldValue.Null)).Apart = new PeopleApart();
    }

    /// <summary>How many different ones it is for at least, told without looking at each: zero where they are few.</summary>
    internal int FewestPeople => StoresPeopleApart ? PeopleSet.Count : 0;

    private HashSet<Destination> PeopleSet => Apart!.Set ??= [.. People];

    /// <summary>Whether somebody is one of its users, groups and roles.</summary>
    internal bool IsFor(in Destination destination) => StoresPeopleApart ? PeopleSet.Contains(destination) : People.Contains(destination);

    private void End(DestinationStatus status, DateTimeOffset now)
    {
        Invariant.Holds(Status is DestinationStatus.Active && Event is null);
        Activity.Process.TimersOrNull?.End(TimerOwner.Of(this));
        Status = status;
        _endedAt = now.UtcTicks;
        Touch();
    }

    private void EndEvent()
    {
        Activity.Process.TimersOrNull?.End(TimerOwner.OfEvent(this));
        Event = null;
    }

    /// <summary>The event that is at work, which the next commit has to write.</summary>
    private EventInstance Changing()
    {
        Invariant.Holds(Event is not null);
        Touch();
        return Event;
    }
}
