namespace Workflow.Core.CrashChild.Watching;

/// <summary>A commit of a parent or of a sub-process, beside which a child ends itself.</summary>
internal enum FamilyStep
{
    /// <summary>Any commit.</summary>
    Any,

    /// <summary>The parent starts a sub-process: its commit sends the start.</summary>
    StartSent,

    /// <summary>The sub-process begins: its commit receives the start.</summary>
    StartReceived,

    /// <summary>The sub-process ends: its commit sends the end.</summary>
    EndSent,

    /// <summary>The parent learns of the end: its commit receives it.</summary>
    EndReceived,

    /// <summary>The parent ends, and a sub-process is to end with it: its commit tells that.</summary>
    ParentEndSent,

    /// <summary>The sub-process ends with its parent: its commit receives the end of the parent.</summary>
    ParentEndReceived,

    /// <summary>The activity of the parent expires that waits for a sub-process.</summary>
    ParentExpires,

    /// <summary>The activity of a sub-process expires, and the sub-process ends.</summary>
    ChildExpires,
}
