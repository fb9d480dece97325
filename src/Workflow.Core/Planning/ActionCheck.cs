using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Planning;

/// <summary>Whether somebody may take an action (statement 2.9): the rights in the definition and those on the task must both let him through; denied beats
/// allowed. A delegate needs what the one for whom he acts may, and that it is delegated to him.</summary>
internal static class ActionCheck
{
    /// <returns>Why not, in words; null when he may.</returns>
    public static string? WhyNot(ClientEventDefinition task, ActionDefinition action, WorklistHeader header, in Standing standing, Actor actor)
    {
        if (standing.Delegation is { } delegation && !delegation.Allows(action.Name))
        {
            return $"'{delegation.By}' has not delegated it";
        }

        var rights = action.Rights;
        if (IsDenied(rights.Denied, standing, actor))
        {
            return "the definition denies it to him";
        }

        if (rights.Allowed.Count > 0 && !Allows(rights.Allowed, header, standing, actor))
        {
            return "the definition allows it to others only";
        }

        return task.AllowsAnyUser ? null : WhyNotHere(action, header, standing, actor);
    }

    private static string? WhyNotHere(ActionDefinition action, WorklistHeader header, in Standing standing, Actor actor)
    {
        var hasAllowed = false;
        var isAllowed = false;
        foreach (var right in header.ActionRights)
        {
            if (!string.Equals(right.Action, action.Name, StringComparison.Ordinal))
            {
                continue;
            }

            if (!right.IsAllowed && IsDenied([right.Who], standing, actor))
            {
                return "it is denied to him on this task";
            }

            hasAllowed |= right.IsAllowed;
            isAllowed |= right.IsAllowed && Allows([right.Who], header, standing, actor);
        }

        return hasAllowed && !isAllowed ? "it is allowed to others only on this task" : null;
    }

    /// <summary>What counts is the one who takes part, by himself or through his role, and from whom he got the task (statements 1.11 and 1.12).</summary>
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

    /// <summary>It counts who acts, and for whom.</summary>
    private static bool IsDenied(IReadOnlyList<Destination> denied, in Standing standing, Actor actor)
    {
        foreach (var entry in denied)
        {
            if (entry == standing.Entry || entry == Destination.Known(actor.User) || actor.Means(entry, standing.Party) || actor.Means(entry, actor.StandingUser))
            {
                return true;
            }
        }

        return false;
    }
}
