namespace Workflow.Core;

/// <summary>How urgent the tasks of an activity are shown to be; it changes nothing else (statement 1.16).</summary>
public enum Priority
{
    /// <summary>Before the others.</summary>
    High = 1,

    /// <summary>Unless said otherwise.</summary>
    Medium = 2,

    /// <summary>After the others.</summary>
    Low = 3,
}
