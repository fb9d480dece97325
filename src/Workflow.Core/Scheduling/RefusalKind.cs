namespace Workflow.Core.Scheduling;

/// <summary>The reasons for which an input is not admitted.</summary>
internal enum RefusalKind
{
    /// <summary>Something has to be asked first, outside of the turn; then the command is sent again.</summary>
    AskFirst,

    /// <summary>The timer stays as it is. A call of the instance has to be made first and is left for later, or memory is older than the store.</summary>
    TimerStays,

    /// <summary>The instance knows of no timer that is due, or leaves the order of many to the store.</summary>
    NothingDue,

    /// <summary>The instance is as the command wants it.</summary>
    NothingToDo,

    /// <summary>Nothing is open under the serial number: it never was, or it ended.</summary>
    NotOpen,

    /// <summary>A finish for the item is stored already, and is applied when the event's code has returned.</summary>
    FinishStored,

    /// <summary>The process instance is in Error or Stopped.</summary>
    Halted,

    /// <summary>The caller lacks a right.</summary>
    Denied,

    /// <summary>The user has no standing on the task.</summary>
    NoStanding,

    /// <summary>The destination rule leaves the user out, or the one for whom they act.</summary>
    Excluded,

    /// <summary>The task is no longer there for the user, or not at present.</summary>
    Gone,

    /// <summary>The history has to be read first, to find whether an activity has run.</summary>
    NeedsHistory,

    /// <summary>The request does not go with the state of the task.</summary>
    State,

    /// <summary>The action does not exist, or not for the user.</summary>
    Action,

    /// <summary>The event is not finished with this answer, or not without one.</summary>
    Answer,

    /// <summary>A data field was used as its definition does not allow.</summary>
    Field,
}
