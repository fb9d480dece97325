namespace Workflow.Core.Instances;

/// <summary>The data that the stored form of a process instance holds of the instance itself, besides what it is created with.</summary>
internal sealed record StoredHeader
{
    public required ProcessInstanceStatus Status { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }

    public required ProcessError? Error { get; init; }

    public required IReadOnlyList<SuspendedStep> Suspended { get; init; }

    public required int AutomaticSteps { get; init; }

    public required long JournalCount { get; init; }

    public required int LastActivityId { get; init; }

    public required int LastDestinationId { get; init; }

    public required int LastEventId { get; init; }

    public required int LastLineId { get; init; }

    public required long Version { get; init; }
}
