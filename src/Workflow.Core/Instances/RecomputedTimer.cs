namespace Workflow.Core.Instances;

/// <summary>A timer that is counted in a calendar and whose due instant was worked out anew (statement 5.9).</summary>
/// <param name="Timer">The timer as it was before.</param>
/// <param name="DueAt">When it is due now.</param>
/// <param name="Problem">Why its due instant could not be worked out, so that it keeps the one that it had; null where it could.</param>
public readonly record struct RecomputedTimer(ProcessTimer Timer, DateTimeOffset DueAt, string? Problem)
{
    /// <summary>Whether it has another due instant now.</summary>
    public bool IsMoved => DueAt != Timer.DueAt;
}
