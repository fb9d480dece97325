namespace Workflow.Core.Instances;

/// <summary>The status of a worklist item for one of its users (statements 1.3 and 1.4). The numbers are those of K2.</summary>
public enum WorklistItemStatus
{
    /// <summary>A slot is left for the user.</summary>
    Available = 0,

    /// <summary>The user holds a slot.</summary>
    Open = 1,

    /// <summary>Others hold all slots, so the user cannot open it.</summary>
    Allocated = 2,

    /// <summary>The user has put it to sleep.</summary>
    Sleep = 3,

    /// <summary>The user's part is done, or the task is.</summary>
    Completed = 4,
}
