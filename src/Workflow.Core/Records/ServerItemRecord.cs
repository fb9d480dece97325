namespace Workflow.Core.Records;

/// <summary>A server item in its searchable form (statement 7.2). It stays after the end of the item, so that a late finish can be told how the item
/// ended.</summary>
public sealed record ServerItemRecord
{
    /// <summary>The serial number under which the item is opened and finished.</summary>
    public required SerialNumber Serial { get; init; }

    /// <summary>The name of the process definition.</summary>
    public required string Definition { get; init; }

    /// <summary>The name of the activity.</summary>
    public required string Activity { get; init; }

    /// <summary>The name of the event.</summary>
    public required string Event { get; init; }

    /// <summary>The key that the event's code gave; null for none.</summary>
    public string? CorrelationKey { get; init; }

    /// <summary>Whether it waits, was finished or expired.</summary>
    public required ServerItemStatus Status { get; init; }

    /// <summary>When the event started whose item it is.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it waits.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The user who finished it; null unless finished.</summary>
    public string? EndedBy { get; init; }
}
