namespace Workflow.Core.Instances;

/// <summary>Where a planned call stands.</summary>
internal enum CallStatus
{
    /// <summary>It is not to be made any more: its element has gone on, or has ended.</summary>
    Over = 0,

    /// <summary>It is to be made.</summary>
    Planned,

    /// <summary>It has begun. After the end of the host it is made again.</summary>
    Calling,
}
