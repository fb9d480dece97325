using Workflow.Core.Instances;

namespace Workflow.Core.Planning;

/// <summary>The reason why somebody may act on a task (statements 1.8, 1.12, 1.15 and 2.10). They are one of its destinations, a member of a role or group that
/// is one, or a delegate. Or anyone may act.</summary>
/// <param name="Party">The user who takes part: the actor, or the one for whom the actor acts.</param>
/// <param name="Entry">The destination through which the party takes part.</param>
/// <param name="Delegation">The delegation that lets the actor act for the party; null when the actor needs none.</param>
/// <param name="IsAnyone">Whether the actor may act only because anyone may.</param>
internal readonly record struct Standing(string Party, Destination Entry, Delegation? Delegation = null, bool IsAnyone = false)
{
    /// <summary>Finds the standing in which somebody can act; when they can no longer act, the first that they have.</summary>
    /// <returns>Null when they have none.</returns>
    public static Standing? Find(ActivityInstanceDestination destination, Actor actor, bool allowsAnyUser)
    {
        if (actor.For.Kind is not ActsForKind.Delegator
            && Own(destination, actor) is { } own && (!IsDone(destination, own) || destination.WorklistHeader!.Delegations.Count == 0))
        {
            return own;
        }

        Standing? first = null;
        foreach (var standing in All(destination, actor))
        {
            if (!IsDone(destination, standing))
            {
                return standing;
            }

            first ??= standing;
        }

        return first ?? (allowsAnyUser && actor.For.Kind is ActsForKind.Self && !IsLeftOut(destination, actor)
            ? new Standing(actor.User, Destination.Known(actor.User), IsAnyone: true)
            : null);
    }

    /// <summary>All standings that somebody has by being named: their own first, then those of the users who have delegated to them, in order.</summary>
    public static IEnumerable<Standing> All(ActivityInstanceDestination destination, Actor actor)
    {
        if (actor.For.Kind is not ActsForKind.Delegator && Own(destination, actor) is { } own)
        {
            yield return own;
        }

        if (actor.For.Kind is ActsForKind.Absent or ActsForKind.Managed || destination.WorklistHeader!.Delegations.Count == 0 || IsLeftOut(destination, actor))
        {
            yield break;
        }

        foreach (var by in destination.WorklistHeader!.Delegations.Where(delegation => IsMeant(destination.Activity, delegation, actor))
            .GroupBy(delegation => delegation.By, NameComparer.Default))
        {
            var first = by.First();
            var actions = by.Any(delegation => delegation.Actions is null)
                ? null
                : by.SelectMany(delegation => delegation.Actions!).Distinct(StringComparer.Ordinal).ToList();
            yield return new Standing(first.By, first.Entry, first with { Actions = actions });
        }
    }

    /// <summary>A delegation holds as long as the user who delegated has the standing. A member of a role takes it with them when they leave the role. So does
    /// a user whom an exclusion binds again.</summary>
    private static bool IsMeant(ActivityInstance activity, Delegation delegation, Actor actor) =>
        (actor.For.Kind is ActsForKind.Self || Names.Same(delegation.By, actor.For.User!)) && actor.Is(delegation.To) && !Names.Same(delegation.By, actor.User)
        && (delegation.Entry.Kind is DestinationKind.User || actor.Means(delegation.Entry, delegation.By))
        && ExclusionCheck.Of(activity, delegation.By, actor.MembershipsOf(delegation.By)) is null;

    /// <summary>The user for whom the actor acts in this standing, so that a later command means the same one.</summary>
    public ActsFor ActsFor(Actor actor) => Delegation is null ? actor.For : Planning.ActsFor.Delegator(Party);

    private static bool IsDone(ActivityInstanceDestination destination, in Standing standing) =>
        destination.WorklistHeader!.SlotOf(standing.Party) is { Status: SlotStatus.Completed };

    /// <summary>The exclusion that leaves the actor out, or the one whose standing they want; null for none (statement 4.10).</summary>
    public static Exclusion? WhatLeavesOut(ActivityInstanceDestination destination, Actor actor) =>
        ExclusionCheck.Of(destination.Activity, actor.User, actor.MembershipsOf(actor.User))
        ?? ExclusionCheck.Of(destination.Activity, actor.StandingUser, actor.Memberships);

    private static bool IsLeftOut(ActivityInstanceDestination destination, Actor actor) =>
        ExclusionCheck.Of(destination.Activity, actor.User, actor.MembershipsOf(actor.User)) is not null;

    /// <summary>The actor takes part as a destination by name. Otherwise they take part as a member of one of their roles and groups. It is the first that is a
    /// destination and does not leave them out. An exclusion holds for everybody who acts: for a representative too (statement 4.10).</summary>
    private static Standing? Own(ActivityInstanceDestination destination, Actor actor)
    {
        if (actor.For.Kind is ActsForKind.Absent or ActsForKind.Managed && IsLeftOut(destination, actor))
        {
            return null;
        }

        var user = Destination.Known(actor.StandingUser);
        if (destination.IsFor(user))
        {
            // A user who was given the task while a role of another set freed them is bound again when they leave the role.
            return ExclusionCheck.Of(destination.Activity, actor.StandingUser, actor.Memberships) is null ? new Standing(actor.StandingUser, user) : null;
        }

        if (actor.Memberships is null || !destination.NamesRoles || destination.WorklistHeader!.IsExcluded(actor.StandingUser))
        {
            return null;
        }

        var exclusion = destination.Activity.ExclusionOf(actor.StandingUser);
        foreach (var entry in destination.People)
        {
            if (entry.Kind is not DestinationKind.User && actor.Memberships.Contains(entry) && (exclusion is null || exclusion.Through.Contains(entry)))
            {
                return new Standing(actor.StandingUser, entry);
            }
        }

        return null;
    }
}
