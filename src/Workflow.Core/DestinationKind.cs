namespace Workflow.Core;

/// <summary>What a <see cref="Destination"/> names (statement 4.1).</summary>
public enum DestinationKind
{
    /// <summary>One person.</summary>
    User = 1,

    /// <summary>A group of the identity store.</summary>
    Group = 2,

    /// <summary>A role.</summary>
    Role = 3,
}
