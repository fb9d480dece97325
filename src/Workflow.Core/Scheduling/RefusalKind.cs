namespace Workflow.Core.Scheduling;

/// <summary>The reasons for which an input is not admitted.</summary>
internal enum RefusalKind
{
    /// <summary>Nothing is open under the serial number: it never was, or it ended.</summary>
    NotOpen,

    /// <summary>A finish for the item is stored already, and is applied when the event's code has returned.</summary>
    FinishStored,

    /// <summary>The process instance is in Error.</summary>
    InError,

    /// <summary>The caller lacks a right.</summary>
    Denied,

    /// <summary>A data field was used as its definition does not allow.</summary>
    Field,
}
