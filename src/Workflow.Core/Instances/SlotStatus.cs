namespace Workflow.Core.Instances;

/// <summary>The status of a slot.</summary>
public enum SlotStatus
{
    /// <summary>A user has taken it and has not finished (statement 1.4).</summary>
    Open = 1,

    /// <summary>It holds an answer (statement 2.3).</summary>
    Completed = 2,

    /// <summary>The task ended while the user held it; the changes that they had saved by then still count where all destinations are asked (statement
    /// 0.1).</summary>
    Expired = 3,
}
