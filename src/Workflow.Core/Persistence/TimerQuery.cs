namespace Workflow.Core.Persistence;

/// <summary>Which timers to find, the one due first in front; of one instant, by process instance and number (statement 13.10). A property that is left out
/// does not restrict.</summary>
public sealed record TimerQuery
{
    /// <summary>Timers of this process instance.</summary>
    public ProcessInstanceId? ProcessInstance { get; init; }

    /// <summary>Timers that are due at this instant or before.</summary>
    public DateTimeOffset? DueUntil { get; init; }

    /// <summary>Timers behind this one in the order: the last of the page before. It need not be there any more.</summary>
    public Instances.ProcessTimer? After { get; init; }

    /// <summary>How many to return at most; positive.</summary>
    public int Limit { get; init; } = 100;
}
