using Workflow.Core.Instances;

namespace Workflow.Core.Records;

/// <summary>A line of the short history for people: who did what, and when (statement 12.2).</summary>
/// <remarks>Show <see cref="Text"/>, or write a sentence of your own from the other members.</remarks>
public sealed record TimelineEntry
{
    /// <summary>The number of the entry in the history that it is made of.</summary>
    public required long Number { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The kind of fact.</summary>
    public required JournalKind Kind { get; init; }

    /// <summary>The user who did it; null when nobody did.</summary>
    public string? User { get; init; }

    /// <summary>The user on whose behalf it was done; null for nobody else (statement 9.4).</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>The action that was taken, or the answer that an outside system gave; null for none.</summary>
    public string? Action { get; init; }

    /// <summary>The activity whose task or event it is about, as it was named then; null for none.</summary>
    public string? Activity { get; init; }

    /// <summary>The task or event that it is about, as it was named then; null for none.</summary>
    public string? Event { get; init; }

    /// <summary>The reason that the user gave; null for none.</summary>
    public string? Reason { get; init; }

    /// <summary>The fact as an English sentence, for example <c>ann answered 'Approve' to 'Decide the claim' of 'Manager approval'.</c></summary>
    public required string Text { get; init; }

    /// <returns><see cref="Text"/>.</returns>
    public override string ToString() => Text;
}
