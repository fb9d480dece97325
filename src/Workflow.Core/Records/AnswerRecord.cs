namespace Workflow.Core.Records;

/// <summary>An answer to a task or a server item, as the history tells it (statements 2.3, 7.3 and 12.1).</summary>
public sealed record AnswerRecord
{
    /// <summary>The serial number of the task or server item.</summary>
    public required SerialNumber Serial { get; init; }

    /// <summary>The name that the event had when it began.</summary>
    public required string Event { get; init; }

    /// <summary>The user who answered.</summary>
    public required string User { get; init; }

    /// <summary>The user on whose behalf it was done; null when it was the user's own task (statement 9.4).</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>The action of the task, or the answer of the outside system. Null for an outside system that finished without one.</summary>
    public string? Action { get; init; }

    /// <summary>When it was given.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The fields of the destination with the answer: the copy that the slot keeps (statement 11.4). It has those that were written, and whose changes
    /// the definition keeps.</summary>
    public required IReadOnlyDictionary<string, FieldValue> Fields { get; init; }
}
