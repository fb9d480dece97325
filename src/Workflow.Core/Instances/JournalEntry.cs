namespace Workflow.Core.Instances;

/// <summary>One fact of the history of a process instance. The history is only ever added to (statement 12.6).</summary>
public readonly record struct JournalEntry
{
    /// <summary>The number of the entry within its process instance; from 1, without gaps. Zero until it is stored.</summary>
    public long Number { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The kind of event.</summary>
    public required JournalKind Kind { get; init; }

    /// <summary>The activity instance concerned, or 0.</summary>
    public int ActivityInstance { get; init; }

    /// <summary>The activity instance destination concerned, or 0.</summary>
    public int Destination { get; init; }

    /// <summary>The event instance concerned, or 0.</summary>
    public int Event { get; init; }

    /// <summary>The name of the element concerned; null when the kind has none.</summary>
    public string? Name { get; init; }

    /// <summary>Further details; see the kind.</summary>
    public string? Detail { get; init; }

    /// <summary>The user who caused it; null when nobody did.</summary>
    public string? User { get; init; }

    /// <summary>The answer of a rule that was asked; false otherwise.</summary>
    public bool Result { get; init; }

    /// <summary>The new value of a data field, or the text that is attached at the start; null otherwise.</summary>
    public FieldValue Value { get; init; }

    /// <summary>The action that a user took or saved with, or the answer of an outside system; null when the fact is not about one (statements 2.3 and
    /// 7.3b).</summary>
    public string? Action => Kind switch
    {
        JournalKind.SlotUpdated or JournalKind.SlotCompleted or JournalKind.GotoTaken or JournalKind.ActionTaken => Name,
        JournalKind.ServerItemFinished => Detail,
        _ => null,
    };

    /// <summary>The user on whose behalf <see cref="User"/> acted; null when they acted for themselves, or the fact is not about an act (statement
    /// 9.4).</summary>
    public string? OnBehalfOf => PartyOf(Kind, Detail);

    /// <summary>The reason that <see cref="User"/> gave for what they did with an instance or with a task of others; null when they gave none, or the fact is
    /// not about that.</summary>
    public string? Reason => Kind
        is JournalKind.Retried or JournalKind.Skipped or JournalKind.GotoOrdered or JournalKind.ExpiryOrdered or JournalKind.ProcessStopped
        or JournalKind.ProcessResumed or JournalKind.ProcessDeleted or JournalKind.SentBack or JournalKind.Withdrawn or JournalKind.VersionChanged
        or JournalKind.Reassigned or JournalKind.TaskAdministered or JournalKind.TimersRecomputed or JournalKind.AdditionOrdered
        or JournalKind.FolioChanged
        ? Detail
        : null;

    /// <summary>The one on whose behalf somebody acted, as a fact of a kind tells it; null for nobody else.</summary>
    internal static string? PartyOf(JournalKind kind, string? detail) => kind
        is JournalKind.SlotOpened or JournalKind.SlotReleased or JournalKind.SlotUpdated or JournalKind.SlotCompleted or JournalKind.SlotExpired
        or JournalKind.ItemSlept or JournalKind.ItemWoken or JournalKind.GotoTaken or JournalKind.ActionTaken
        ? detail
        : null;
}
