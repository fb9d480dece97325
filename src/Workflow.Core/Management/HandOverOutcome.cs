namespace Workflow.Core.Management;

/// <summary>The outcome of the handing over of one task.</summary>
public enum HandOverOutcome
{
    /// <summary>The other user has it, open if it was open.</summary>
    Reassigned = 1,

    /// <summary>The slot is free again. The task is for a role or group, whose other members have it.</summary>
    Released = 2,

    /// <summary>Nothing has changed: the task is delegated to the user who leaves, and still belongs to the one who delegated it. That user or their delegates
    /// can act on it.</summary>
    LeftToDelegator = 3,

    /// <summary>The task was refused, and nothing of it has changed. The result has the reason.</summary>
    Refused = 4,

    /// <summary>The call stopped at this task, because the store failed or it was cancelled. The task may have been handed over. Another call tells.</summary>
    Interrupted = 5,
}
