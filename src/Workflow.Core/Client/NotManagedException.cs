namespace Workflow.Core.Client;

/// <summary>A user wanted to act for another user whom they do not manage, as far as the identity store knows (statement 9.5). Nothing was changed.</summary>
public sealed class NotManagedException : WorkflowException
{
    internal NotManagedException(string user, string managed)
        : base($"'{user}' may not act for '{managed}': the resolver does not name them as the manager of '{managed}'. "
            + "Correct the identity store and set "
            + $"WorkflowOptions.DestinationResolver to a resolver that reads it, or let '{managed}' delegate.")
    {
        Statement = "9.5";
        User = user;
        Managed = managed;
    }

    /// <summary>The user who asked.</summary>
    public string User { get; }

    /// <summary>The user on whose behalf the caller wanted to act.</summary>
    public string Managed { get; }
}
