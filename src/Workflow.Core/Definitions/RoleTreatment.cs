namespace Workflow.Core.Definitions;

/// <summary>The treatment of the roles and groups of a destination rule (statement 4.8).</summary>
public enum RoleTreatment
{
    /// <summary>The role or group itself is the destination; whoever belongs to it may act.</summary>
    Unresolved = 1,

    /// <summary>Each member becomes a destination when the activity is planned; who joins or leaves later changes nothing.</summary>
    ResolvedToUsers = 2,

    /// <summary>Each member becomes a destination; who joins later is added, and who leaves is taken away (statement 4.9).</summary>
    KeptSynchronized = 3,
}
