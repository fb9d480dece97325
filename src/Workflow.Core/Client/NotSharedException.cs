namespace Workflow.Core.Client;

/// <summary>A user wanted to act for another user who is not out of office, or does not share this task with them (statement 9.4). Nothing was
/// changed.</summary>
public sealed class NotSharedException : WorkflowException
{
    internal NotSharedException(string user, string absent)
        : base($"'{user}' may not act for '{absent}': '{absent}' is not out of office, or does not share this task with '{user}'. '{absent}', their manager "
            + $"or the host can share it.")
    {
        Statement = "9.4";
        User = user;
        Absent = absent;
    }

    /// <summary>The user who asked.</summary>
    public string User { get; }

    /// <summary>The user on whose behalf the caller wanted to act.</summary>
    public string Absent { get; }
}
