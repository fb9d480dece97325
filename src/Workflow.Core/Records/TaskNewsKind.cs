namespace Workflow.Core.Records;

/// <summary>The kind of a change of a task (statement 13.12).</summary>
public enum TaskNewsKind
{
    /// <summary>The task began.</summary>
    Opened = 1,

    /// <summary>The task is also for somebody else now, for example by a redirect or a delegation.</summary>
    Added = 2,

    /// <summary>Somebody no longer has the task, though it goes on.</summary>
    Removed = 3,

    /// <summary>Something else of it has changed, for example who holds a slot, who sleeps, or its name by a change of version. Where
    /// somebody is added or removed, it is told as well, because a slot may be free now.</summary>
    Changed = 4,

    /// <summary>The task was completed: as many have answered as it needed.</summary>
    Completed = 5,

    /// <summary>The task ended before that (statement 2.11).</summary>
    Expired = 6,
}
