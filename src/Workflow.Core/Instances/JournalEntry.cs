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

    /// <summary>The new value of a data field; null otherwise.</summary>
    public FieldValue Value { get; init; }
}
