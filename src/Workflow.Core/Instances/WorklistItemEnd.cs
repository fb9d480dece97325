namespace Workflow.Core.Instances;

/// <summary>The reason why a worklist item is no longer open to a user (statement 1.8).</summary>
public enum WorklistItemEnd
{
    /// <summary>There never was a task under the serial number.</summary>
    Unknown = 1,

    /// <summary>The task was completed.</summary>
    Completed = 2,

    /// <summary>The task expired before it was completed.</summary>
    Expired = 3,

    /// <summary>All slots are taken.</summary>
    NoSlotLeft = 4,

    /// <summary>The user has completed their part, or the one for whom they act has (statement 1.14).</summary>
    PartDone = 5,

    /// <summary>The user had it open as a member of a role or group, and no longer belongs to it. The slot is released (statement 1.9).</summary>
    LeftRole = 6,
}
