using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Planning;

/// <summary>Decides whether somebody may take an action (statement 2.9). The rights in the definition and those on the task must both let them through; denied
/// beats allowed. A delegate needs the right of the one for whom they act, and a delegation of the action.</summary>
internal static class ActionCheck
{
    /// <returns>The reason why not, in words; null when they may.</returns>
    public static string? WhyNot(
        ClientEventDefinition task, ActionDefinition action, ActivityInstanceDestination destination, in Standing standing, Actor actor)
    {
        var header = destination.WorklistHeader!;
        if (standing.Delegation is { } delegation && !delegation.Allows(action.Name))
        {
            return $"'{delegation.By}' has not delegated it";
        }

        var rights = action.Rights;
        if (Denied(With(rights.Denied, rights.DeniedByData, destination), standing, actor) is { } denied)
        {
            return $"the definition denies it to {Words(denied)}";
        }

        if (rights.Allowed.Count + rights.AllowedByData.Count > 0
            && With(rights.Allowed, rights.AllowedByData, destination) is var allowed && !Allows(allowed, header, standing, actor))
        {
            return $"the definition allows it to {Others(allowed, standing, actor)}";
        }

        return task.AllowsAnyUser ? null : WhyNotHere(action, header, standing, actor);
    }

    /// <summary>The entries that are written in the definition, and those whom the instance names now.</summary>
    private static IReadOnlyList<Destination> With(
        IReadOnlyList<Destination> written, IReadOnlyList<DestinationSource> byData, ActivityInstanceDestination destination) =>
        byData.Count == 0 ? written : [.. written, .. Named(byData, destination.Activity)];

    /// <summary>A method of its own: the closure would be made for each answer otherwise.</summary>
    private static IEnumerable<Destination> Named(IReadOnlyList<DestinationSource> byData, ActivityInstance activity) =>
        byData.SelectMany(source => source.NamedIn(activity));

    private static string? WhyNotHere(ActionDefinition action, WorklistHeader header, in Standing standing, Actor actor)
    {
        List<Destination>? allowed = null;
        var isAllowed = false;
        foreach (var right in header.ActionRights)
        {
            if (!string.Equals(right.Action, action.Name, StringComparison.Ordinal))
            {
                continue;
            }

            if (!right.IsAllowed)
            {
                if (Denied([right.Who], standing, actor) is { } denied)
                {
                    return $"it is denied to {Words(denied)} on this task";
                }

                continue;
            }

            (allowed ??= []).Add(right.Who);
            isAllowed |= Allows([right.Who], header, standing, actor);
        }

        return allowed is not null && !isAllowed ? $"on this task it is allowed to {Others(allowed, standing, actor)}" : null;
    }

    /// <summary>The rights of the participant count, as a user or through a role. Those of the user from whom they got the task count too (statements 1.11 and
    /// 1.12).</summary>
    private static bool Allows(IReadOnlyList<Destination> allowed, WorklistHeader header, in Standing standing, Actor actor)
    {
        foreach (var entry in allowed)
        {
            if (entry == standing.Entry || actor.Means(entry, standing.Party))
            {
                return true;
            }

            foreach (var inherited in header.InheritedBy(standing.Party))
            {
                if (entry == inherited || (inherited.Kind is DestinationKind.User && actor.Means(entry, inherited.Name)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The first entry that denies it. Both the actor and the user they act for count.</summary>
    private static Destination? Denied(IReadOnlyList<Destination> denied, in Standing standing, Actor actor)
    {
        foreach (var entry in denied)
        {
            if (entry == standing.Entry || entry == Destination.Known(actor.User)
                || actor.Means(entry, standing.Party) || actor.Means(entry, actor.StandingUser))
            {
                return entry;
            }
        }

        return null;
    }

    private static string Words(in Destination entry) => entry.Kind is DestinationKind.User ? $"'{entry.Name}'" : $"members of the {entry}";

    /// <summary>If a group's right is missing, the message names the user who is in none of the groups. That is the participant, even if somebody else acts for
    /// them.</summary>
    private static string Others(IReadOnlyList<Destination> allowed, in Standing standing, Actor actor)
    {
        var party = Names.Same(standing.Party, actor.User) ? "the user" : $"'{standing.Party}'";
        var roles = allowed.Where(entry => entry.Kind is not DestinationKind.User).ToList();
        return roles.Count switch
        {
            0 when allowed.Count == 0 => "nobody at present, because the data that name them are empty",
            0 => "others only",
            1 => $"members of the {roles[0]}{(allowed.Count > 1 ? " and some users" : "")} only, and {party} does not belong to it",
            _ => $"members of {DestinationWords.Of(roles)}{(allowed.Count > roles.Count ? " and some users" : "")} only, and {party} belongs to none of them",
        };
    }
}
