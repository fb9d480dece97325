namespace Workflow.Core.Instances;

/// <summary>How far an activity instance is with its lines, where the rest of its destinations goes on (statement 13.1l). The numbers are stored.</summary>
internal enum RestStatus : byte
{
    /// <summary>Its succeeding rule has not been true, or nothing of it has gone on then.</summary>
    None = 0,

    /// <summary>Its lines are being asked.</summary>
    Leaving = 1,

    /// <summary>All its lines have been asked.</summary>
    Left = 2,
}
