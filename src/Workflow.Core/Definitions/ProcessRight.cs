namespace Workflow.Core.Definitions;

/// <summary>What a user may do with the instances of a process (statement 9.1).</summary>
[Flags]
public enum ProcessRight
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Start instances.</summary>
    Start = 1,

    /// <summary>See all instances.</summary>
    View = 2,

    /// <summary>See the instances in which the user takes or took part, those he started included.</summary>
    ViewParticipate = 4,

    /// <summary>Find and finish server items.</summary>
    ServerEvent = 8,

    /// <summary>Everything; implies all the others.</summary>
    Admin = 16,
}
