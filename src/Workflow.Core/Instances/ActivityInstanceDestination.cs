using System.Runtime.CompilerServices;

namespace Workflow.Core.Instances;

/// <summary>A container for the event instances of one activity instance, with its own serial number and its own copy of the destination fields
/// (statements 1.2 and 4.5). The plan of the activity decides how many there are.</summary>
public sealed class ActivityInstanceDestination
{
    private readonly StrongBox<FieldValue>? _instanceData;
    private readonly long _startedAt;
    private List<Slot>? _slots;
    private long _endedAt;

    internal ActivityInstanceDestination(
        ActivityInstance activity, int id, IReadOnlyList<Destination> destinations, int slotCount, in FieldValue instanceData, DataFields fields, DateTimeOffset now)
    {
        Destinations = destinations;
        Activity = activity;
        Id = id;
        SlotCount = slotCount;
        _instanceData = instanceData.IsNull ? null : new StrongBox<FieldValue>(instanceData);
        Fields = fields;
        _startedAt = now.UtcTicks;
        Status = DestinationStatus.Active;
    }

    /// <summary>The number of the destination within its process instance; positive. The second half of the serial number.</summary>
    public int Id { get; }

    /// <summary>The serial number, under which a task or a server item of this destination is opened (statement 1.2).</summary>
    public SerialNumber Serial => new(Activity.Process.Id, Id);

    /// <summary>Where it stands.</summary>
    public DestinationStatus Status { get; private set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset StartedAt => Instant.Of(_startedAt);

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? EndedAt => Instant.OrNull(_endedAt);

    /// <summary>Whom it is for: everybody in plan just once, one user, group or role in the plans per destination, nobody in plan per slot
    /// (statement 4.5).</summary>
    public IReadOnlyList<Destination> Destinations { get; }

    /// <summary>How many slots this destination has: one for each destination of the plans per slot and per destination, the planned number in plan just
    /// once (statement 4.4).</summary>
    public int SlotCount { get; }

    /// <summary>What the initialization list of plan per slot holds for this slot; null without a list or when the list is shorter (statement 4.7).</summary>
    public FieldValue InstanceData => _instanceData is { } data ? data.Value : FieldValue.Null;

    /// <summary>The destination fields of the activity: this destination's own copy (statement 11.1).</summary>
    public DataFields Fields { get; private set; }

    /// <summary>The event that is at work; null before the first and after the last.</summary>
    public EventInstance? Event { get; private set; }

    /// <summary>The answers of users; empty where no client event has run (statement 3.7).</summary>
    public IReadOnlyList<Slot> Slots => _slots ?? (IReadOnlyList<Slot>)[];

    internal ActivityInstance Activity { get; }

    internal List<Slot>? SlotList => _slots;

    /// <summary>The position of the next event within the activity; from zero.</summary>
    internal int NextEvent { get; private set; }

    /// <summary>How many slots a destination without a client event completed by completing itself (statement 3.7).</summary>
    internal int OwnCompletedSlots { get; private set; }

    internal bool IsChanged { get; private set; }

    /// <summary>The one that changed next, among those that the next commit has to write.</summary>
    internal ActivityInstanceDestination? NextChanged { get; set; }

    internal void Set(int ordinal, in FieldValue value)
    {
        Fields.Set(ordinal, value);
        Touch();
    }

    internal EventInstance StartEvent(string name, DateTimeOffset now)
    {
        Invariant.Holds(Status is DestinationStatus.Active && Event is null);
        var instance = new EventInstance(Activity.Process.NextEventId(), name, NextEvent, now);
        Event = instance;
        NextEvent++;
        Touch();
        return instance;
    }

    /// <summary>The code of the event is being called.</summary>
    internal void CallEvent()
    {
        Current().Call();
        Touch();
    }

    /// <summary>The host shuts down while the code of the event is being called; the call is made again and this one does not count.</summary>
    internal void InterruptEvent()
    {
        Current().Interrupt();
        Touch();
    }

    /// <summary>Keeps a finish that came before the code of the event has returned (statement 7.1).</summary>
    internal void ParkFinish(ParkedFinish finish)
    {
        Current().Park(finish);
        Touch();
    }

    internal void DropParkedFinish()
    {
        Current().DropParkedFinish();
        Touch();
    }

    /// <summary>The code of the event has returned, and an outside system will finish it.</summary>
    internal void AwaitFinish(string? correlationKey)
    {
        Current().Wait(correlationKey);
        Touch();
    }

    /// <summary>The code of the event has returned, or its item is finished.</summary>
    internal void ReturnEvent()
    {
        Current().Return();
        Touch();
    }

    internal void FailEvent()
    {
        Current().Fail();
        Touch();
    }

    internal void StallEvent()
    {
        Current().Stall();
        Touch();
    }

    /// <summary>The event is over; the destination stands between two events.</summary>
    internal void CompleteEvent()
    {
        Current().Complete();
        Event = null;
        Touch();
    }

    internal void ExpireEvent()
    {
        Current().Expire();
        Event = null;
        Touch();
    }

    internal void AddSlot(Slot slot)
    {
        (_slots ??= []).Add(slot);
        Touch();
    }

    internal void Complete(DateTimeOffset now)
    {
        Invariant.Holds(Status is DestinationStatus.Active && Event is null);
        Status = DestinationStatus.Completed;
        _endedAt = now.UtcTicks;
        if (_slots is null)
        {
            OwnCompletedSlots = Activity.CompleteSlots(SlotCount);
        }

        Touch();
    }

    internal void Expire(DateTimeOffset now)
    {
        Invariant.Holds(Status is DestinationStatus.Active && Event is null);
        Status = DestinationStatus.Expired;
        _endedAt = now.UtcTicks;
        Touch();
    }

    /// <summary>Registers the destination among what the next commit has to write.</summary>
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
        NextChanged = null;
    }

    /// <summary>Puts back what was stored.</summary>
    internal void Restore(DestinationStatus status, DateTimeOffset? endedAt, int nextEvent, int ownCompletedSlots, DataFields fields, EventInstance? current)
    {
        Status = status;
        _endedAt = Instant.Ticks(endedAt);
        NextEvent = nextEvent;
        OwnCompletedSlots = ownCompletedSlots;
        Fields = fields;
        Event = current;
    }

    /// <summary>Puts back a slot that was stored.</summary>
    internal void Restore(Slot slot) => (_slots ??= []).Add(slot);

    private EventInstance Current()
    {
        Invariant.Holds(Event is not null);
        return Event;
    }
}
