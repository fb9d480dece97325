using Workflow.Core.Instances;

namespace Workflow.Core.Persistence;

/// <summary>Everything that one command changes, to be stored together or not at all (statement 14.2).</summary>
/// <remarks>The bytes belong to the engine and are used again: a store copies what it keeps before its task ends.</remarks>
public sealed class Commit
{
    /// <summary>The process instance.</summary>
    public required ProcessInstanceId ProcessInstance { get; init; }

    /// <summary>How often the instance must have been committed so far; zero for a new one. The store refuses the commit when it is otherwise
    /// (statement 14.3).</summary>
    public required long ExpectedVersion { get; init; }

    /// <summary>The status of the instance after the commit; <see cref="ProcessInstanceStatus.Running"/> does not occur.</summary>
    public required ProcessInstanceStatus Status { get; init; }

    /// <summary>Whether code of the instance is to be called now: such instances are taken up again after a crash (statement 14.4).</summary>
    public required bool HasPendingCall { get; init; }

    /// <summary>The parts that are new or changed.</summary>
    public required IReadOnlyList<StoredPart> Parts { get; init; }

    /// <summary>The activity instances that ended: all parts with their number go, before <see cref="Parts"/> are stored.</summary>
    public required IReadOnlyList<int> EndedActivities { get; init; }

    /// <summary>Parts that are stored and not needed any more, of activity instances that have not ended.</summary>
    public IReadOnlyList<PartKey> RemovedParts { get; init; } = [];

    /// <summary>What changes about the tasks there are and whom they are for, in order.</summary>
    public IReadOnlyList<WorklistChange> Worklist { get; init; } = [];

    /// <summary>Timers that were armed; one takes the place of another with its number.</summary>
    public IReadOnlyList<ProcessTimer> ArmedTimers { get; init; } = [];

    /// <summary>The numbers of timers that are not needed any more; they go before <see cref="ArmedTimers"/> are stored.</summary>
    public IReadOnlyList<int> EndedTimers { get; init; } = [];

    /// <summary>The facts to add to the history; null for none.</summary>
    public required StoredJournal? Journal { get; init; }

    /// <summary>Server items that were created or changed, in order; a record replaces the one stored under the same serial number.</summary>
    public required IReadOnlyList<ServerItemRecord> ServerItems { get; init; }
}
