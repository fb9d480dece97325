namespace Workflow.Core.Instances;

/// <summary>Where a worklist item stands, as one of those whom it is for sees it (statements 1.3 and 1.4). The numbers are those of K2.</summary>
public enum WorklistItemStatus
{
    /// <summary>A slot is left for him.</summary>
    Available = 0,

    /// <summary>He holds a slot.</summary>
    Open = 1,

    /// <summary>Others hold all slots, so he cannot open it.</summary>
    Allocated = 2,

    /// <summary>He has put it to sleep.</summary>
    Sleep = 3,

    /// <summary>His part is done, or the task is.</summary>
    Completed = 4,
}
