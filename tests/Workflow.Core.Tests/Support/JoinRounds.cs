namespace Workflow.Core.Tests.Support;

/// <summary>How a split runs a second time.</summary>
internal enum JoinRounds
{
    /// <summary>It does not.</summary>
    Once,

    /// <summary>A line leads back from the join, and is followed once.</summary>
    Loop,

    /// <summary>The process begins with it twice.</summary>
    Twice,
}
