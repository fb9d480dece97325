using Workflow.Core.Instances;

namespace Workflow.Core.Records;

/// <summary>An activity instance as the history of its process instance tells it, also long after it has ended (statement 12.1).</summary>
public sealed record ActivityRecord
{
    /// <summary>The process instance.</summary>
    public required ProcessInstanceId ProcessInstance { get; init; }

    /// <summary>The number of the activity instance. An activity that runs again has another one.</summary>
    public required int Number { get; init; }

    /// <summary>The name that the activity had when the instance was made.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is at work, was completed, or has expired.</summary>
    public required ActivityInstanceStatus Status { get; init; }

    /// <summary>The reason of its end as Expired; null when it did not end so.</summary>
    public ExpiryReason? Expiry { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it is active.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The outcome that became true; null for none (statement 10.8).</summary>
    public string? Outcome { get; init; }

    /// <summary>The answers to its tasks and server items, oldest first.</summary>
    public required IReadOnlyList<AnswerRecord> Answers { get; init; }

    /// <summary>The fields of the activity, which its destinations share (statement 11.1). It has those that were written, and whose changes the definition
    /// keeps.</summary>
    public required IReadOnlyDictionary<string, FieldValue> Fields { get; init; }

    /// <summary>The number of the entry of the history that tells of its beginning.</summary>
    public required long FirstEntry { get; init; }

    /// <summary>Whether more of it may be behind the part of the history that was read, because it had not ended there. Then it may have ended since, and have
    /// more answers and later values.</summary>
    public bool IsCut { get; init; }
}
