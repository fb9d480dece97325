namespace Workflow.Core.Definitions;

/// <summary>The treatment of the roles and groups of a destination rule (statement 4.8).</summary>
public enum RoleTreatment
{
    /// <summary>The role or group itself is the destination; its members may act.</summary>
    Unresolved = 1,

    /// <summary>Each member becomes a destination when the activity is planned. Later changes of the membership change nothing.</summary>
    ResolvedToUsers = 2,

    /// <summary>Each member becomes a destination. A member who joins later is added, and one who leaves is taken away (statement 4.9).</summary>
    KeptSynchronized = 3,
}
