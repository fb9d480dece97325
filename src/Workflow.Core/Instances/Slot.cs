namespace Workflow.Core.Instances;

/// <summary>One answer to a client event: who gave it, with which action, and a copy of the destination's data fields as they were then
/// (statement 11.4).</summary>
public sealed class Slot
{
    internal Slot(int id, string user, DataFields fields)
    {
        Id = id;
        User = user;
        Fields = fields;
        Status = SlotStatus.Open;
    }

    /// <summary>The number of the slot within its destination; positive.</summary>
    public int Id { get; }

    /// <summary>The user who took the slot.</summary>
    public string User { get; }

    /// <summary>Open while the user holds it, Completed once it holds his answer.</summary>
    public SlotStatus Status { get; private set; }

    /// <summary>The action that finished it; null before.</summary>
    public string? Action { get; private set; }

    /// <summary>When it was finished; null before.</summary>
    public DateTimeOffset? CompletedAt { get; private set; }

    /// <summary>The slot's own copy of the destination's data fields (statement 11.4).</summary>
    public DataFields Fields { get; private set; }

    internal void Complete(string action, DataFields fields, DateTimeOffset now)
    {
        Invariant.Holds(Status is SlotStatus.Open);
        Status = SlotStatus.Completed;
        Action = action;
        Fields = fields;
        CompletedAt = now;
    }

    /// <summary>Puts back what was stored.</summary>
    internal void Restore(SlotStatus status, string? action, DateTimeOffset? completedAt)
    {
        Status = status;
        Action = action;
        CompletedAt = completedAt;
    }
}
