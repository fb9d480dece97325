using Workflow.Core.Instances;

namespace Workflow.Core.Client;

/// <summary>A user asked for a worklist item that neither is nor ever was for them (statement 1.8), or that leaves them out (statement 4.10). Nothing was
/// changed.</summary>
public sealed class WorklistAccessDeniedException : WorkflowException
{
    /// <summary>The number under which K2 reports it.</summary>
    public const int Number = 24411;

    internal WorklistAccessDeniedException(SerialNumber serial, string user, string? actingFor)
        : base($"{Number.Invariant()}: '{user}' has no access to worklist item {serial}{(actingFor is null ? "" : $" on behalf of '{actingFor}'")}: "
            + "they are not a destination of it, belong to no role or group that is, and nobody has shared, delegated or redirected it to them. "
            + "Ask a destination or an administrator to redirect it.")
    {
        Statement = "1.8";
        Serial = serial;
        User = user;
        ActingFor = actingFor;
    }

    internal WorklistAccessDeniedException(SerialNumber serial, string user, string? actingFor, Exclusion exclusion, string words)
        : base($"{Number.Invariant()}: '{user}' has no access to worklist item {serial}{(actingFor is null ? "" : $" on behalf of '{actingFor}'")}: {words}. "
            + "A user whom it does not leave out must act.")
    {
        Statement = "4.10";
        Serial = serial;
        User = user;
        ActingFor = actingFor;
        ExcludedUser = exclusion.User;
        ExcludingSet = exclusion.Set;
    }

    /// <summary>The serial number.</summary>
    public SerialNumber Serial { get; }

    /// <summary>The user who asked.</summary>
    public string User { get; }

    /// <summary>The user on whose behalf the caller wanted to act; null when they acted for themselves.</summary>
    public string? ActingFor { get; }

    /// <summary>The user whom the destination rule leaves out: <see cref="User"/>, or the one for whom they act (statement 4.10); null where that is not the
    /// reason.</summary>
    public string? ExcludedUser { get; }

    /// <summary>The name of the destination set that leaves them out; null where that is not the reason.</summary>
    public string? ExcludingSet { get; }
}
