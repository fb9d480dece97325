using System.Runtime.CompilerServices;

namespace Workflow.Core.Instances;

/// <summary>One part in a client event: who took it and for whom. Once the user has answered, it also holds their action and a copy of the destination's data
/// fields as they were then (statement 11.4).</summary>
public sealed class Slot
{
    private StrongBox<Destination>? _through;
    private long _completedAt;

    /// <param name="id">The number of the slot within its destination.</param>
    /// <param name="user">The user who took it.</param>
    /// <param name="party">The one who takes part by it: the user, or the one for whom the user acts.</param>
    /// <param name="entry">The destination through which the party takes part.</param>
    /// <param name="fields">The initial values of the destination's data fields.</param>
    /// <param name="through">The user, group or role to whom the party has delegated, where the slot was taken by that.</param>
    internal Slot(int id, string user, string party, Destination entry, DataFields fields, Destination? through)
    {
        _through = through is { } other ? new StrongBox<Destination>(other) : null;
        Id = id;
        User = user;
        Party = party;
        Entry = entry;
        Fields = fields;
        Status = SlotStatus.Open;
    }

    /// <summary>The number of the slot within its destination; positive.</summary>
    public int Id { get; }

    /// <summary>The user who took the slot.</summary>
    public string User { get; private set; }

    /// <summary>The user who takes part by it: <see cref="User"/>, or the one on whose behalf they act (statement 1.14).</summary>
    public string Party { get; private set; }

    /// <summary>The destination through which the party takes part: the party, or a role or group of theirs (statement 1.15).</summary>
    public Destination Entry { get; private set; }

    /// <summary>Open while the user holds it, Completed once it holds their answer.</summary>
    public SlotStatus Status { get; private set; }

    /// <summary>The action that finished it; null before.</summary>
    public string? Action { get; private set; }

    /// <summary>When it was finished; null before.</summary>
    public DateTimeOffset? CompletedAt => Instant.OrNull(_completedAt);

    /// <summary>The slot's own copy of the destination's data fields (statement 11.4); the initial values until an action has been taken.</summary>
    public DataFields Fields { get; private set; }

    /// <summary>Whether <see cref="Fields"/> are a copy that an action has made (statement 0.1).</summary>
    internal bool HasCopy { get; private set; }

    /// <summary>The user, group or role to whom the party has delegated, where the slot was taken by that; null otherwise.</summary>
    internal Destination? Through => _through?.Value;

    internal bool IsChanged { get; set; }

    /// <summary>The checksum of the part that was written or read last, where it is stored for itself.</summary>
    internal uint StoredChecksum { get; set; }

    /// <summary>The user has saved their changes so far (statement 2.3).</summary>
    internal void Update(DataFields fields)
    {
        Invariant.Holds(Status is SlotStatus.Open);
        Fields = fields;
        HasCopy = true;
    }

    internal void Complete(string action, DataFields fields, DateTimeOffset now)
    {
        Update(fields);
        Status = SlotStatus.Completed;
        Action = action;
        _completedAt = now.UtcTicks;
    }

    /// <summary>The task has ended before the user has.</summary>
    internal void Expire()
    {
        Invariant.Holds(Status is SlotStatus.Open);
        Status = SlotStatus.Expired;
    }

    /// <summary>Another user takes it over (statement 1.11).</summary>
    internal void HandOver(string user)
    {
        Invariant.Holds(Status is SlotStatus.Open);
        User = user;
        Party = user;
        Entry = Destination.Known(user);
        _through = null;
    }

    /// <summary>Goes on in an event of another version. An answer keeps its meaning, under the name that it has there (statement 8.8c).</summary>
    internal void ChangeVersion(string? action, DataFields fields) => (Action, Fields) = (action, fields);

    /// <summary>Restores the stored state.</summary>
    internal void Restore(SlotStatus status, string? action, DateTimeOffset? completedAt, bool hasCopy)
    {
        Status = status;
        Action = action;
        _completedAt = Instant.Ticks(completedAt);
        HasCopy = hasCopy;
    }
}
