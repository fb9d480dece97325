namespace Workflow.Core.Records;

/// <summary>Why a host is to look anew (statement 13.12).</summary>
public enum LookAnewReason
{
    /// <summary>The news begins. Earlier changes are not told.</summary>
    Began = 1,

    /// <summary>The host has taken its news too slowly. <c>WorkflowOptions.NewsLimit</c> was reached, and later news is lost.</summary>
    TooSlow = 2,

    /// <summary>It is not known whether a commit is stored, or what it has changed.</summary>
    Unknown = 3,

    /// <summary>News of other engines may be lost. The engine has just begun to ask for it, asked too late, could not ask, or does not understand it.</summary>
    OtherHosts = 4,
}
