namespace Workflow.Core.Client;

/// <summary>How late a task is, by the expected duration of its activity (statement 1.16).</summary>
public enum PriorityFlag
{
    /// <summary>It is within the expected duration, or none is given.</summary>
    Green = 1,

    /// <summary>The expected duration is over, by not more than 24 hours.</summary>
    Yellow = 2,

    /// <summary>The expected duration is over by more than 24 hours.</summary>
    Red = 3,
}
