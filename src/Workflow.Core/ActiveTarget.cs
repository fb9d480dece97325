namespace Workflow.Core;

/// <summary>The treatment of a goto whose target is still active when everything has expired that was to expire (statement 10.10d).</summary>
public enum ActiveTarget
{
    /// <summary>The target starts once more, beside the one that is active.</summary>
    Again = 0,

    /// <summary>The target does not start once more.</summary>
    Keep = 1,

    /// <summary>Nothing happens at all.</summary>
    Refuse = 2,
}
