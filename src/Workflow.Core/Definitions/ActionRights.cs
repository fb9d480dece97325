namespace Workflow.Core.Definitions;

/// <summary>The rights to take an action (statement 2.9). Without an entry, everybody who may act on the task has them. With entries that allow, only those
/// have them. With entries that only deny, everybody but those has them. A denied user is denied, even when another entry allows them.</summary>
public sealed class ActionRights
{
    internal ActionRights(IReadOnlyList<Destination> allowed, IReadOnlyList<Destination> denied)
    {
        Allowed = allowed;
        Denied = denied;
    }

    /// <summary>The users, groups and roles that are allowed; empty for no restriction.</summary>
    public IReadOnlyList<Destination> Allowed { get; }

    /// <summary>The users, groups and roles that are denied.</summary>
    public IReadOnlyList<Destination> Denied { get; }

    /// <summary>Whether roles or groups are named, so that somebody's membership decides.</summary>
    internal bool NamesRoles => Allowed.Any(entry => entry.Kind is not DestinationKind.User) || Denied.Any(entry => entry.Kind is not DestinationKind.User);
}
