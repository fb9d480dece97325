namespace Workflow.Core.Client;

/// <summary>Why a user does not have exactly one task that they can open (statement 1.8).</summary>
public enum NoSingleTaskReason
{
    /// <summary>They have more than one. List the worklist, and choose.</summary>
    Several = 0,

    /// <summary>They have one task in more than one way: for themselves, and for users for whom they may act. Say for whom.</summary>
    SeveralWays = 1,

    /// <summary>They have put their task to sleep. It wakes by itself, or with <see cref="WorklistItem.WakeAsync"/>.</summary>
    Asleep = 2,

    /// <summary>Others hold all slots of their task. Try again when one is released.</summary>
    SlotsTaken = 3,

    /// <summary>Their tasks are at other activities than the one that was named.</summary>
    OtherActivity = 4,

    /// <summary>The process definition has no activity of the name. Correct it.</summary>
    UnknownActivity = 5,

    /// <summary>There is no such process instance. Check the number and the store.</summary>
    UnknownProcessInstance = 6,

    /// <summary>The process instance is in Error, so nobody can act on their task, or no task is open for anybody. Mend the cause, and start
    /// another one.</summary>
    InError = 7,

    /// <summary>The destination rule leaves them out of a task that is open (statement 4.10). Nobody can give it to them; somebody else must act.</summary>
    LeftOut = 8,

    /// <summary>They had a task, and it is over or their part of it is: done, given away, or ended by others.</summary>
    Over = 9,

    /// <summary>No task is or was for them.</summary>
    NotTheirs = 10,

    /// <summary>No task is open for anybody.</summary>
    NoneOpen = 11,

    /// <summary>The process instance is Stopped, so nobody can act on their task, or no task is open for anybody. An administrator resumes it.</summary>
    Stopped = 12,
}
