namespace Workflow.Core.Client;

/// <summary>A user wanted to take an action that the task does not offer, or does not offer to this user (statement 2.9). Nothing was changed.</summary>
public sealed class ActionNotAllowedException : WorkflowException
{
    internal ActionNotAllowedException(SerialNumber serial, string user, string action, string why)
        : base($"'{user}' may not take the action '{Names.Printable(action)}' on worklist item {serial}: {why}{(why.EndsWith('?') ? "" : ".")} The Actions of "
            + $"the item are those that the user may take.")
    {
        Statement = "2.9";
        Serial = serial;
        User = user;
        Action = action;
    }

    /// <summary>The serial number.</summary>
    public SerialNumber Serial { get; }

    /// <summary>The user.</summary>
    public string User { get; }

    /// <summary>The action.</summary>
    public string Action { get; }
}
