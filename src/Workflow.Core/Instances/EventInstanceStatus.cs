namespace Workflow.Core.Instances;

/// <summary>The status of an event instance.</summary>
public enum EventInstanceStatus
{
    /// <summary>Its turn has come, its code has not been called (statement 3.12).</summary>
    Planned = 1,

    /// <summary>Its code is being called, or was being called when the host died: then it is called again (statement 14.4).</summary>
    Calling = 2,

    /// <summary>It waits: a task for its users, a server item to be finished by its serial number, an IPC event for the end of its sub-process (statements
    /// 1.1, 7.1 and 7.7).</summary>
    Waiting = 3,

    /// <summary>Its code returned or its item was finished, and its succeeding rule has still to be asked (statement
    /// 7.3). Seen only when that rule threw.</summary>
    Returned = 4,

    /// <summary>Its succeeding rule was false, and it is not asked again: nothing will move it (statements 7.3, 0.3).</summary>
    Stalled = 5,

    /// <summary>Its code threw, or its sub-process could not start or was deleted, and its instance is in Error. An administrator can have it called or started
    /// again (statement 8.2).</summary>
    Failed = 6,

    /// <summary>It ended as it should.</summary>
    Completed = 7,

    /// <summary>Its destination ended before it did (statement 3.12).</summary>
    Expired = 8,

    /// <summary>Its code threw, and is called again at the instant that its retry policy gives (statement 13.2).</summary>
    AwaitingRetry = 9,
}
