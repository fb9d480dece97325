namespace Workflow.Core.Persistence;

/// <summary>The timers to find. They come in the order in which they are due, and those of one instant by process instance and number (statement 13.10). A
/// property that is left out does not restrict.</summary>
public sealed record TimerQuery
{
    /// <summary>Timers of instances of this process definition.</summary>
    public string? Definition { get; init; }

    /// <summary>Timers of instances of one of these process definitions; null for all, and none when there is no name in it.</summary>
    public IReadOnlyCollection<string>? Definitions { get; init; }

    /// <summary>Timers of this process instance.</summary>
    public ProcessInstanceId? ProcessInstance { get; init; }

    /// <summary>Timers that are due at this instant or before.</summary>
    public DateTimeOffset? DueUntil { get; init; }

    /// <summary>Timers behind this one in the order: the last of the page before. It may be gone by now.</summary>
    public Instances.ProcessTimer? After { get; init; }

    /// <summary>How many to return at most; positive.</summary>
    public int Limit { get; init; } = 100;
}
