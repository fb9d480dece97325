namespace Workflow.Core.Records;

/// <summary>The status of a server item.</summary>
public enum ServerItemStatus
{
    /// <summary>It waits to be finished (statement 7.1).</summary>
    Waiting = 1,

    /// <summary>It was finished; it cannot be finished twice (statement 7.3).</summary>
    Finished = 2,

    /// <summary>Its destination ended before it was finished (statement 3.12).</summary>
    Expired = 3,
}
