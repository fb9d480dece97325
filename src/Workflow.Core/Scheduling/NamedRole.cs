using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>A role or group whose members may act on a task.</summary>
/// <param name="Activity">The number of the activity instance.</param>
/// <param name="Name">The name of the activity.</param>
/// <param name="Role">The role or group.</param>
/// <param name="LeftOut">How many users the activity leaves out: if the role has more members, somebody may act.</param>
internal readonly record struct NamedRole(int Activity, string Name, Destination Role, int LeftOut)
{
    public static NamedRole Of(ActivityInstance activity, in Destination role) =>
        new(activity.Id, activity.Name, role, activity.PlanningOrNull?.Exclusions?.Count ?? 0);

    /// <summary>The roles of all tasks that are loaded of an instance, that are open or still to come, without those that were reported.</summary>
    /// <returns>Null for none.</returns>
    public static List<NamedRole>? Of(ProcessInstance process, ProcessDefinition definition)
    {
        List<NamedRole>? roles = null;
        foreach (var activity in process.LoadedActivities)
        {
            var loaded = activity.UnloadedDestinations == 0 ? activity.LaterThanEnded() : activity.LoadedDestinations;
            AddOf(activity, loaded, definition.ActivityArray[activity.Ordinal], ref roles);
            roles?.RemoveAll(named => named.Activity == activity.Id && activity.IsReported(named.Role));
        }

        return roles is { Count: > 0 } ? roles : null;
    }

    /// <summary>Whether a task of an activity is for a role or group now: it may have ended, or been redirected.</summary>
    public static bool IsFor(ActivityInstance activity, ActivityDefinition definition, Destination role)
    {
        List<NamedRole>? roles = null;
        AddOf(activity, activity.LaterThanEnded(), definition, ref roles);
        return roles is not null && roles.Exists(named => named.Role == role);
    }

    /// <summary>Whether anybody gets a task of an activity.</summary>
    public static bool HasTask(ActivityDefinition definition) => HasTask(definition, from: 0);

    /// <summary>The destinations, those whose turn is still to come, and those to whom a task is delegated.</summary>
    private static void AddOf(
        ActivityInstance activity, ReadOnlySpan<ActivityInstanceDestination> destinations, ActivityDefinition definition, ref List<NamedRole>? roles)
    {
        if (activity.Status is not ActivityInstanceStatus.Active || !HasTask(definition))
        {
            return;
        }

        foreach (var destination in destinations)
        {
            if (destination.Status is not DestinationStatus.Active || !HasTask(definition, destination.Event?.Position ?? 0))
            {
                continue;
            }

            if (destination.IsForRoles)
            {
                Add(activity, destination.People, ref roles);
            }

            if (destination.WorklistHeader is { Delegations.Count: > 0 } header)
            {
                Add(activity, header.Delegations.Select(delegation => delegation.To), ref roles);
            }
        }

        if (activity.Turns is { } turns)
        {
            Add(activity, turns.Remaining, ref roles);
        }
    }

    private static bool HasTask(ActivityDefinition definition, int from)
    {
        for (var position = from; position < definition.EventArray.Length; position++)
        {
            if (definition.EventArray[position] is ClientEventDefinition)
            {
                return true;
            }
        }

        return false;
    }

    private static void Add(ActivityInstance activity, IEnumerable<Destination> destinations, ref List<NamedRole>? roles)
    {
        foreach (var destination in destinations)
        {
            if (destination.Kind is not DestinationKind.User)
            {
                (roles ??= []).Add(Of(activity, destination));
            }
        }
    }
}
