namespace Workflow.Core.Instances;

/// <summary>A delegation: others may act on a destination's behalf (statement 1.12).</summary>
/// <param name="By">The user who delegated.</param>
/// <param name="Entry">The destination through which the delegating user takes part: the user, or a role or group of theirs.</param>
/// <param name="To">The user, group or role that may act for them.</param>
/// <param name="Actions">The actions that may be taken; null for all that the delegating user may take.</param>
internal sealed record Delegation(string By, Destination Entry, Destination To, IReadOnlyList<string>? Actions)
{
    /// <summary>The delegations by those who still have the task themselves. A role that has left the destination passes nothing on. Nor does a role's member
    /// who has given the task away.</summary>
    public static IEnumerable<Delegation> InForce(ActivityInstanceDestination destination) =>
        (destination.WorklistHeader?.Delegations ?? []).Where(delegation => destination.IsFor(delegation.Entry)
            && (delegation.Entry.Kind is DestinationKind.User || !destination.WorklistHeader!.IsExcluded(delegation.By)));

    public bool Allows(string action) => Actions is null || Actions.Contains(action, StringComparer.Ordinal);
}
