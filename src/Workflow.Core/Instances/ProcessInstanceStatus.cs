namespace Workflow.Core.Instances;

/// <summary>The status of a process instance (statement 8.5).</summary>
public enum ProcessInstanceStatus
{
    /// <summary>The engine is executing it. Never stored: an instance is seen so while a server event of it is planned or runs (statement 8.6).</summary>
    Running = 1,

    /// <summary>It waits for a person, an outside system or a point in time (statement 8.6).</summary>
    Active = 2,

    /// <summary>It ended (statement 10.8).</summary>
    Completed = 3,

    /// <summary>A rule or an event failed, and all branches have stopped (statement 8.1).</summary>
    Error = 4,

    /// <summary>An administrator has stopped it. Nothing of it moves until it is resumed (statement 8.6).</summary>
    Stopped = 5,

    /// <summary>An administrator has deleted it, and only its history is left (statement 8.6b).</summary>
    Deleted = 6,
}
