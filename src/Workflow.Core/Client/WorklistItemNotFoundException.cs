using Workflow.Core.Instances;

namespace Workflow.Core.Client;

/// <summary>A worklist item is not open to the user (statement 1.8). It never existed, it has ended, no slot is left, or the user's part is done. Nothing was
/// changed.</summary>
public sealed class WorklistItemNotFoundException : WorkflowException
{
    /// <summary>The number under which K2 reports it.</summary>
    public const int Number = 26030;

    internal WorklistItemNotFoundException(SerialNumber serial, string user, WorklistItemEnd reason, string? ending = null)
        : base($"{Number.Invariant()}: worklist item {serial} is not open to '{user}': {ending ?? Words(reason)}.")
    {
        Statement = "1.8";
        Serial = serial;
        User = user;
        Reason = reason;
    }

    /// <summary>The serial number.</summary>
    public SerialNumber Serial { get; }

    /// <summary>The user who asked.</summary>
    public string User { get; }

    /// <summary>The reason.</summary>
    public WorklistItemEnd Reason { get; }

    private static string Words(WorklistItemEnd reason) => reason switch
    {
        WorklistItemEnd.Completed => "the task is completed. Users with the View right can read in the history of the process instance who completed it",
        WorklistItemEnd.Expired => "the task has expired. Users with the View right can read the reason in the history of the process instance",
        WorklistItemEnd.NoSlotLeft => "others have taken all slots. Try again when one of them has released theirs",
        WorklistItemEnd.LeftRole =>
            "its holder had it open through a role or group and no longer belongs to it, so the slot goes back. A user who still has the task can open it",
        WorklistItemEnd.PartDone => "their part of it is done or was given away, and nobody takes part twice. Their worklist shows what is left for them to do",
        _ => "no task ever had this serial number. Check the number, and that the engine uses the store of the instance",
    };
}
