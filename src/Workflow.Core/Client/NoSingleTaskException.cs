namespace Workflow.Core.Client;

/// <summary>A user was expected to have exactly one task, and has none, or several. Nothing was changed.</summary>
public sealed class NoSingleTaskException : WorkflowException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="user">The user.</param>
    /// <param name="reason">Why there is not exactly one.</param>
    /// <param name="found">The serial numbers of tasks that the user has.</param>
    /// <param name="message">The finding, and what to do about it.</param>
    public NoSingleTaskException(string user, NoSingleTaskReason reason, IReadOnlyList<SerialNumber> found, string message)
        : base(message)
    {
        Statement = "1.8";
        User = user;
        Reason = reason;
        Found = found;
    }

    /// <summary>The user.</summary>
    public string User { get; }

    /// <summary>Why there is not exactly one.</summary>
    public NoSingleTaskReason Reason { get; }

    /// <summary>The serial numbers of tasks that the user has, also of those that they cannot open now; empty for none. Of many there are only some.</summary>
    public IReadOnlyList<SerialNumber> Found { get; }
}
