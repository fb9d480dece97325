namespace Workflow.Core.Instances;

/// <summary>The status of a planned call.</summary>
internal enum CallStatus
{
    /// <summary>It will not be made: its element has continued, or has ended.</summary>
    Over = 0,

    /// <summary>It is to be made.</summary>
    Planned,

    /// <summary>It has begun. After the end of the host it is made again.</summary>
    Calling,
}
