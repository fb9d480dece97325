using Workflow.Core.Instances;

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

    /// <summary>Items behind this one in the order: the last of the page before. It may be gone by now.</summary>
    public SerialNumber? After { get; init; }

    /// <summary>How many tasks to return at most; 1 to 500. A task that the user sees twice, once for themselves and once for somebody else, counts
    /// once.</summary>
    public int Limit { get; init; } = 100;
}
