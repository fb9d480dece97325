namespace Workflow.Core;

/// <summary>The kind of name that a <see cref="Destination"/> holds (statement 4.1).</summary>
public enum DestinationKind
{
    /// <summary>One person.</summary>
    User = 1,

    /// <summary>A group of the identity store.</summary>
    Group = 2,

    /// <summary>A role.</summary>
    Role = 3,
}
