using Workflow.Core.Instances;
using Workflow.Core.Records;

namespace Workflow.Core.Persistence;

/// <summary>Which worklist items to list (statement 1.5). A property that is left out does not restrict, except for the status.</summary>
public sealed record WorklistQuery
{
    /// <summary>Items of this process definition.</summary>
    public string? Definition { get; init; }

    /// <summary>Items of one of these process definitions; null for all, and none when there is no name in it.</summary>
    public IReadOnlyCollection<string>? Definitions { get; init; }

    /// <summary>Items of this process instance.</summary>
    public ProcessInstanceId? ProcessInstance { get; init; }

    /// <summary>Items of this activity.</summary>
    public string? Activity { get; init; }

    /// <summary>Items of this event.</summary>
    public string? Event { get; init; }

    /// <summary>Items of process instances with this folio.</summary>
    public string? Folio { get; init; }

    /// <summary>Items of process instances that this user started.</summary>
    public string? Originator { get; init; }

    /// <summary>Items of these statuses; Available and Open unless said otherwise. Completed items are never listed (statement 1.5).</summary>
    public IReadOnlyList<WorklistItemStatus> Statuses { get; init; } = [WorklistItemStatus.Available, WorklistItemStatus.Open];

    /// <summary>The order.</summary>
    public WorklistOrder Order { get; init; }

    /// <summary>How long the tasks of activities are expected to take, for <see cref="WorklistOrder.Lateness"/>. The engine tells the store what its deployed
    /// definitions say; what a caller of the engine says does not count.</summary>
    public IReadOnlyList<ExpectedDuration> ExpectedDurations { get; init; } = [];

    /// <summary>Items behind this one in the order: the last of the page before. It may be gone by now.</summary>
    public SerialNumber? After { get; init; }

    /// <summary>How many tasks to return at most; 1 to 500. A task that the user sees twice, once for themselves and once for somebody else, counts
    /// once.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>When the expected duration of a task is over, as <see cref="ExpectedDurations"/> says.</summary>
    /// <param name="header">The task.</param>
    /// <returns>The instant, in ticks of UTC; <see cref="long.MaxValue"/> for a task without an expected duration.</returns>
    public long ExpectedEndOf(WorklistHeaderRecord header)
    {
        ArgumentNullException.ThrowIfNull(header);
        foreach (var (version, activity, duration) in ExpectedDurations)
        {
            if (version.Version == header.DefinitionVersion
                && string.Equals(activity, header.Activity, StringComparison.Ordinal)
                && string.Equals(version.Name, header.Definition, StringComparison.Ordinal))
            {
                return header.StartedAt.UtcTicks + duration.Ticks;
            }
        }

        return long.MaxValue;
    }
}
