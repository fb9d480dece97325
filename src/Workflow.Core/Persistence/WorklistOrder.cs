namespace Workflow.Core.Persistence;

/// <summary>In which order a worklist is listed; items that are alike follow in the order of their serial numbers.</summary>
public enum WorklistOrder
{
    /// <summary>By serial number: those of the oldest process instance first.</summary>
    Serial = 0,

    /// <summary>The oldest task first.</summary>
    Oldest = 1,

    /// <summary>The newest task first.</summary>
    Newest = 2,

    /// <summary>By priority, the highest first.</summary>
    Priority = 3,

    /// <summary>By folio, ordinally.</summary>
    Folio = 4,

    /// <summary>By the name of the process definition, then by that of the activity, ordinally.</summary>
    Activity = 5,

    /// <summary>By lateness: first the task whose expected duration was over first, or will be (statement 1.16). Tasks without an expected duration come
    /// last.</summary>
    Lateness = 6,
}
