namespace Workflow.Core.Instances;

/// <summary>A destination that a destination rule came to, before roles and groups are resolved.</summary>
/// <param name="Destination">The user, group or role.</param>
/// <param name="Set">The position of its set in the destination rule.</param>
/// <param name="IsResolved">Whether its members are wanted instead of itself.</param>
internal readonly record struct WantedDestination(Destination Destination, int Set, bool IsResolved);
