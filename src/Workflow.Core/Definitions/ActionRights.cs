namespace Workflow.Core.Definitions;

/// <summary>The rights to take an action (statement 2.9). Without an entry, everybody who may act on the task has them. With entries that allow, only those
/// have them. With entries that only deny, everybody but those has them. A denied user is denied, even when another entry allows them.</summary>
public sealed class ActionRights
{
    internal ActionRights(
        IReadOnlyList<Destination> allowed, IReadOnlyList<Destination> denied, IReadOnlyList<DestinationSource> allowedByData,
        IReadOnlyList<DestinationSource> deniedByData)
    {
        Allowed = allowed;
        Denied = denied;
        AllowedByData = allowedByData;
        DeniedByData = deniedByData;
    }

    /// <summary>The users, groups and roles that are allowed; empty for no restriction.</summary>
    public IReadOnlyList<Destination> Allowed { get; }

    /// <summary>The users, groups and roles that are denied.</summary>
    public IReadOnlyList<Destination> Denied { get; }

    /// <summary>Those besides who are allowed, and whom the instance names: its originator, or what a data field names at the moment. An entry that names
    /// nobody allows nobody, and is an entry all the same.</summary>
    public IReadOnlyList<DestinationSource> AllowedByData { get; }

    /// <summary>Those besides who are denied, and whom the instance names: its originator, or what a data field names at the moment.</summary>
    public IReadOnlyList<DestinationSource> DeniedByData { get; }

    /// <summary>Whether not everybody who has the task may take the action.</summary>
    internal bool AreRestricted => Allowed.Count + Denied.Count + AllowedByData.Count + DeniedByData.Count > 0;

    /// <summary>Whether roles or groups are named, so that somebody's membership decides.</summary>
    internal bool NamesRoles => Allowed.Any(entry => entry.Kind is not DestinationKind.User)
        || Denied.Any(entry => entry.Kind is not DestinationKind.User)
        || AllowedByData.Any(source => source.NamesRoles())
        || DeniedByData.Any(source => source.NamesRoles());
}
