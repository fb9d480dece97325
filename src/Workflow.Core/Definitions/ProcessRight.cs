namespace Workflow.Core.Definitions;

/// <summary>The rights that a user can have to the instances of a process (statement 9.1).</summary>
[Flags]
public enum ProcessRight
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Start instances.</summary>
    Start = 1,

    /// <summary>See all instances.</summary>
    View = 2,

    /// <summary>See the instances in which the user takes or took part, and those that the user started.</summary>
    ViewParticipate = 4,

    /// <summary>Find and finish server items.</summary>
    ServerEvent = 8,

    /// <summary>Everything; implies all the others.</summary>
    Admin = 16,
}
