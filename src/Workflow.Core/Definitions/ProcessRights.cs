using System.Collections.Frozen;

namespace Workflow.Core.Definitions;

/// <summary>The rights to the instances of a process. No entry is no right, and nothing takes a right away (statement 9.1). The rights of the default version
/// hold for the instances of all versions (statement 8.7b).</summary>
public sealed class ProcessRights
{
    private readonly FrozenDictionary<Destination, ProcessRight> _granted;
    private readonly ProcessGrant[] _ofRoles;
    private readonly ProcessRight _everyone;

    internal ProcessRights(IReadOnlyList<ProcessGrant> granted, ProcessRight everyone)
    {
        _granted = granted.ToFrozenDictionary(grant => grant.Who, grant => grant.Right);
        _everyone = everyone;
        Granted = granted;
        _ofRoles = [.. granted.Where(grant => grant.Who.Kind is not DestinationKind.User)];
    }

    /// <summary>The grants by name, in the order in which the names were first given.</summary>
    internal IReadOnlyList<ProcessGrant> Granted { get; }

    /// <summary>The rights that everyone has.</summary>
    internal ProcessRight Everyone => _everyone;

    /// <summary>The roles and groups that have a right, by itself or as administrators, in the order in which they were first named.</summary>
    internal IReadOnlyList<Destination> RolesWith(ProcessRight right) =>
        [.. _ofRoles.Where(grant => IsEnough(grant.Right, right)).Select(grant => grant.Who)];

    /// <summary>Whether roles or groups have a right, so that it may matter to which of them a user belongs.</summary>
    internal bool HaveRoles(ProcessRight right) => Array.Exists(_ofRoles, grant => IsEnough(grant.Right, right));

    /// <summary>Whether one of the roles and groups of a user has a right. The holders are few and are looked up among the memberships, which may be
    /// thousands.</summary>
    internal bool AllowAny(IReadOnlyList<Destination> memberships, ProcessRight right) =>
        Array.Exists(_ofRoles, grant => IsEnough(grant.Right, right) && memberships.Contains(grant.Who));

    /// <summary>The rights of a user, or of a role or group, those of everyone included.</summary>
    /// <param name="who">The user, role or group.</param>
    /// <returns>The rights; <see cref="ProcessRight.Admin"/> is not spelled out into the others.</returns>
    public ProcessRight Of(Destination who) => _granted.TryGetValue(who, out var own) ? own | _everyone : _everyone;

    /// <summary>Whether a user, or a role or group, has a right, by itself or as an administrator.</summary>
    /// <param name="who">The user, role or group.</param>
    /// <param name="right">The right.</param>
    /// <returns>Whether it has it.</returns>
    public bool Allow(Destination who, ProcessRight right) => IsEnough(Of(who), right);

    private static bool IsEnough(ProcessRight held, ProcessRight right) => (held & (right | ProcessRight.Admin)) != 0;
}
