namespace Workflow.Core.Instances;

/// <summary>The data that a client event keeps of its people: their slots, sleeps and delegations (statement 1.1). It stays after the end of the event until
/// the destination's next client event begins, because rules still read its slots (statement 1.6).</summary>
internal sealed partial class WorklistHeader
{
    /// <summary>Above so many slots each is stored for itself, so that an answer does not cost the more the more have answered (statement 14.6).</summary>
    private const int MostSlotsTogether = 4;

    /// <summary>Above so many slots a table finds the slot of a party.</summary>
    private const int MostSlotsSearched = 8;

    private readonly ActivityInstanceDestination _owner;
    private TaskExtras? _extras;
    private readonly List<Slot> _slots = new(1);
    private List<Slot>? _changedSlots;
    private List<int>? _removedSlots;
    private Dictionary<string, Slot>? _byParty;
    private AnswerCounts? _answers;
    private int _lastSlotId;

    /// <param name="owner">The destination whose client event it is.</param>
    /// <param name="data">The data that the task shows besides its actions; null for none.</param>
    /// <param name="url">Where the task is worked on, if that has to be kept; null otherwise.</param>
    /// <param name="earlier">The header of the client event before; null where there was none.</param>
    public WorklistHeader(ActivityInstanceDestination owner, string? data, string? url, WorklistHeader? earlier = null)
    {
        _owner = owner;
        Data = data;
        Url = url;
        IsOpen = true;
        StoresSlotsApart = owner.SlotCount > MostSlotsTogether;
        if (earlier?._extras is { } kept)
        {
            Extras.Excluded.AddRange(kept.Excluded);
            Extras.Inheritances.AddRange(kept.Inheritances);
        }

        if (earlier is { StoresSlotsApart: true })
        {
            _removedSlots = [.. earlier.RemovedSlots, .. earlier.Slots.Select(slot => slot.Id)];
        }
    }

    /// <summary>Whether the client event is still open.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The data that the task shows besides its actions; null for none.</summary>
    public string? Data { get; }

    /// <summary>Where the task is worked on, fixed when it opened; null where that is known from the serial number, or nothing is said.</summary>
    public string? Url { get; }

    /// <summary>The slots that are taken, in the order in which they were.</summary>
    public IReadOnlyList<Slot> Slots => _slots;

    /// <summary><see cref="Slots"/>, for going through them without an enumerator.</summary>
    public List<Slot> SlotList => _slots;

    public int CompletedSlots { get; private set; }

    public int OpenSlots => IsOpen ? _slots.Count - CompletedSlots : 0;

    /// <summary>The number of the slot taken last.</summary>
    public int LastSlotId => _lastSlotId;

    public IReadOnlyList<ItemSleep> Sleeps => _extras?.Sleeps ?? (IReadOnlyList<ItemSleep>)[];

    public IReadOnlyList<Delegation> Delegations => _extras?.Delegations ?? (IReadOnlyList<Delegation>)[];

    public IReadOnlyList<ItemActionRight> ActionRights => _extras?.ActionRights ?? (IReadOnlyList<ItemActionRight>)[];

    /// <summary>Members of a role who have given the task away, and so no longer have it through the role (statement 1.11).</summary>
    public IReadOnlyList<string> Excluded => _extras?.Excluded ?? (IReadOnlyList<string>)[];

    public bool IsExcluded(string user) => _extras is not null && _extras.IsExcluded(user);

    /// <summary>The data that the task keeps besides slots; null for none.</summary>
    public TaskExtras? ExtrasOrNull => _extras;

    /// <summary>The users who got the task from another, and with it the other's rights to actions (statements 1.11 and 1.12).</summary>
    public IReadOnlyList<Inheritance> Inheritances => _extras?.Inheritances ?? (IReadOnlyList<Inheritance>)[];

    /// <summary>Whether each slot is stored for itself.</summary>
    public bool StoresSlotsApart { get; private set; }

    /// <summary>The sum of the checksums of the slots that are stored for themselves.</summary>
    public ulong SlotSum { get; private set; }

    /// <summary>The slots that the next commit has to write, when each is stored for itself.</summary>
    public IReadOnlyList<Slot> ChangedSlots => _changedSlots ?? (IReadOnlyList<Slot>)[];

    /// <summary>The numbers of the slots that are stored and no more taken.</summary>
    public IReadOnlyList<int> RemovedSlots => _removedSlots ?? (IReadOnlyList<int>)[];

    /// <summary>Whether somebody's standing may come from a role or group.</summary>
    public bool NamesRoles => _extras is { NamesRoles: true };

    /// <summary>Made when it is needed: most tasks are just answered.</summary>
    private TaskExtras Extras => _extras ??= new TaskExtras();

    /// <summary>The slot with which somebody takes part; null for none (statement 1.14).</summary>
    public Slot? SlotOf(string party)
    {
        if (_slots.Count <= MostSlotsSearched)
        {
            foreach (var slot in _slots)
            {
                if (Names.Same(slot.Party, party))
                {
                    return slot;
                }
            }

            return null;
        }

        _byParty ??= _slots.ToDictionary(slot => slot.Party, NameComparer.Default);
        return _byParty.GetValueOrDefault(party);
    }

    public ItemSleep? SleepOf(string user, string party) => _extras?.SleepOf(user, party);

    public Slot Take(string user, string party, in Destination entry, Destination? through = null)
    {
        Invariant.Holds(IsOpen && SlotOf(party) is null && _slots.Count < _owner.SlotCount);
        var slot = new Slot(++_lastSlotId, user, party, entry, _owner.Fields.Initial, through);
        _slots.Add(slot);
        _byParty?.Add(party, slot);
        Changed(slot);
        return slot;
    }

    public void Release(Slot slot)
    {
        Invariant.Holds(slot.Status is SlotStatus.Open);
        var found = _slots.Remove(slot);
        Invariant.Holds(found);
        _byParty?.Remove(slot.Party);
        _changedSlots?.Remove(slot);
        if (StoresSlotsApart)
        {
            (_removedSlots ??= []).Add(slot.Id);
            SlotSum -= slot.StoredChecksum;
        }

        _owner.Touch();
    }

    /// <summary>Notes the checksum of the part of a slot, in the place of the one before.</summary>
    public void Sum(Slot slot, uint checksum)
    {
        SlotSum += checksum;
        SlotSum -= slot.StoredChecksum;
        slot.StoredChecksum = checksum;
    }

    public void Update(Slot slot, DataFields fields)
    {
        slot.Update(fields);
        Changed(slot);
    }

    public void Complete(Slot slot, string action, DataFields fields, DateTimeOffset now)
    {
        slot.Complete(action, fields, now);
        CompletedSlots++;
        _answers?.Add(slot);
        Changed(slot);
    }

    /// <summary>How many completed slots hold a text in a destination field; null when they are few, and one looks at them.</summary>
    public int? CountAnswers(int ordinal, string text)
    {
        if (_slots.Count <= AnswerCounts.Few)
        {
            return null;
        }

        _answers ??= new AnswerCounts();
        return _answers.Find(ordinal, text) ?? (_answers.Takes(text) ? _answers.Add(ordinal, text, [_owner]) : null);
    }

    public void HandOver(Slot slot, string user)
    {
        _byParty?.Remove(slot.Party);
        slot.HandOver(user);
        _byParty?.Add(user, slot);
        Changed(slot);
    }

    public void Add(ItemSleep sleep)
    {
        Extras.Sleeps.Add(sleep);
        _owner.Touch();
    }

    public void Remove(ItemSleep sleep)
    {
        Extras.Sleeps.Remove(sleep);
        _owner.Touch();
    }

    public void Add(Delegation delegation)
    {
        Extras.Delegations.Add(delegation);
        _owner.Touch();
    }

    public void Remove(Delegation delegation)
    {
        Extras.Delegations.Remove(delegation);
        _owner.Touch();
    }

    public void Exclude(string user)
    {
        Extras.Excluded.Add(user);
        _owner.Touch();
    }

    /// <summary>Puts an action right in the place of the one that is there for the same action and destination; null takes it away.</summary>
    public void Set(string action, Destination who, bool? isAllowed)
    {
        Extras.ActionRights.RemoveAll(right => right.Who == who && string.Equals(right.Action, action, StringComparison.Ordinal));
        if (isAllowed is { } allowed)
        {
            Extras.ActionRights.Add(new ItemActionRight(action, who, allowed));
        }

        _owner.Touch();
    }

    /// <summary>A user gets the task, and the rights to actions, of another (statements 1.11 and 1.12).</summary>
    public void Inherit(string user, Destination from)
    {
        Extras.Inheritances.Add(new Inheritance(user, from));
        _owner.Touch();
    }

    /// <summary>Those whose task a user got, over several redirects.</summary>
    public IEnumerable<Destination> InheritedBy(string user) => _extras?.InheritedBy(user) ?? [];

    /// <summary>The client event is over: slots that nobody has completed expire.</summary>
    public void Close()
    {
        foreach (var slot in _slots)
        {
            if (slot.Status is SlotStatus.Open)
            {
                slot.Expire();
                Changed(slot);
            }
        }

        _extras?.Close();
        IsOpen = false;
        _owner.Touch();
    }

    public void MarkStored()
    {
        _changedSlots?.ForEach(slot => slot.IsChanged = false);
        _changedSlots?.Clear();
        _removedSlots?.Clear();
    }

    /// <summary>Restores the stored state.</summary>
    public void Restore(bool isOpen, bool storesSlotsApart, int lastSlotId, TaskExtras? extras)
    {
        _extras = extras;
        StoresSlotsApart = storesSlotsApart;
        IsOpen = isOpen;
        _lastSlotId = lastSlotId;
    }

    /// <summary>Puts back a slot that was stored.</summary>
    public void Restore(Slot slot)
    {
        _slots.Add(slot);
        CompletedSlots += slot.Status is SlotStatus.Completed ? 1 : 0;
    }

    private void Changed(Slot slot)
    {
        if (StoresSlotsApart && !slot.IsChanged)
        {
            slot.IsChanged = true;
            (_changedSlots ??= []).Add(slot);
        }

        _owner.Touch();
    }
}
