using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;

namespace Workflow.Core.Scheduling.Operations;

/// <summary>Runs the destination rule. All destinations exist before the first event of any of them (statement 3.12); without a slot the activity is
/// completed at once (statement 4.13). When members of roles are wanted the shell asks the resolver, and the plan is made when it has answered
/// (statement 4.8). A task that nobody could act on is up to the activity's policy (statements 4.12 and 4.13).</summary>
internal static class PlanDestinations
{
    private static readonly Dictionary<Destination, IReadOnlyList<string>> NoMembers = [];

    public static void Run(Episode episode, ActivityInstance activity)
    {
        var definition = episode.DefinitionOf(activity);
        if (definition.DestinationRule.IsOneForNobody)
        {
            Carry(episode, activity, DestinationPlan.OneForNobody);
            return;
        }

        if (definition.DestinationRule is { Plan: PlanOption.PerSlot } or { Sets.Count: 0 })
        {
            Carry(episode, activity, Plan(episode, definition, activity, []));
            return;
        }

        var wanted = DestinationQuestions.Wanted(definition, activity);
        var leftOut = DestinationQuestions.LeftOut(definition, activity);
        if (wanted.Exists(item => item.IsResolved))
        {
            activity.Planning.AwaitMembers(wanted, leftOut);
            episode.Process.Plan(PlannedCall.OfMembers(activity));
            return;
        }

        ForDestinations(episode, activity, wanted, leftOut, NoMembers);
    }

    /// <summary>The resolver has answered. A failure from here on is repeated from the destination rule on, the question included (statement 4.12).</summary>
    public static void WithMembers(Episode episode, ActivityInstance activity)
    {
        var (_, wanted, leftOut) = activity.MemberQuestion!;
        activity.Planning.MembersKnown();

        // An earlier version of the library has asked without storing whom the rule leaves out.
        leftOut ??= DestinationQuestions.LeftOut(episode.DefinitionOf(activity), activity);
        ForDestinations(episode, activity, wanted, leftOut, episode.Members!);
    }

    private static void ForDestinations(
        Episode episode,
        ActivityInstance activity,
        IReadOnlyList<WantedDestination> wanted,
        IReadOnlyList<LeftOut>? leftOut,
        IReadOnlyDictionary<Destination, IReadOnlyList<string>> members)
    {
        var definition = episode.DefinitionOf(activity);
        var destinations = DestinationSets.Resolve(definition.DestinationRule, wanted, leftOut, members);
        var exclusions = DestinationSets.Exclusions(definition.DestinationRule, wanted, leftOut, members);
        if (destinations.Count > 0 || !definition.NeedsSomebody)
        {
            var plan = Plan(episode, definition, activity, destinations);
            if (plan.SlotTotal == 0 && definition.DestinationRule.IsForTask)
            {
                NobodyThere.Apply(episode, activity, NobodyFoundException.WithoutSlot(definition));
                return;
            }

            if (exclusions is not null)
            {
                activity.Planning.LeaveOut(exclusions);
            }

            NameRoles(episode, activity, destinations);
            Carry(episode, activity, plan);
            if (definition.DestinationRule.IsKeptSynchronized && activity.Status is ActivityInstanceStatus.Active)
            {
                activity.Planning.Follow(wanted, DestinationSets.Followed(wanted, members, activity.Planning));
                RoleTimer.Arm(episode, activity);
            }

            return;
        }

        NobodyThere.Apply(episode, activity, wanted, members);
    }

    private static DestinationPlan Plan(Episode episode, ActivityDefinition definition, ActivityInstance activity, IReadOnlyList<Destination> destinations)
    {
        var plan = DestinationQuestions.Plan(definition, activity, destinations, episode.Limits.Slots);
        DestinationRoom.Check(episode, definition, activity, plan.ActiveAtOnce);
        return plan;
    }

    /// <summary>Whether the resolver knows a role that stays one decides nothing, so it is asked after the commit (statements 4.8b and 4.12).</summary>
    private static void NameRoles(Episode episode, ActivityInstance activity, List<Destination> destinations)
    {
        foreach (var destination in destinations)
        {
            if (destination.Kind is not DestinationKind.User && NamedRole.HasTask(episode.DefinitionOf(activity)))
            {
                episode.NameRole(activity, destination);
            }
        }
    }

    private static void Carry(Episode episode, ActivityInstance activity, DestinationPlan plan)
    {
        if (plan.SlotTotal == 0)
        {
            ActivityEnd.Complete(episode, activity, by: null);
            return;
        }

        var count = plan.Destinations.Count;
        var definition = episode.DefinitionOf(activity);
        activity.PlanSlots(plan.SlotTotal, plan.IsInTurn ? 1 : count, definition.DestinationRule.Plan is PlanOption.JustOnce);
        if (definition.DestinationRule.SharesSlots)
        {
            activity.Planning.ShareSlots();
        }

        if (plan.IsInTurn)
        {
            activity.Planning.PlanTurns([.. plan.Destinations.Select(single => single[0])]);
            NextTurn.Begin(episode, activity);
            return;
        }

        for (var position = 0; position < count; position++)
        {
            NewDestination.Add(episode, activity, definition, plan.Destinations[position], plan.SlotsEach, plan.DataOf(position));
        }

        foreach (var destination in activity.DestinationSpan)
        {
            episode.Plan(Verb.StartEvent, destination);
        }
    }
}
