using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;

namespace Workflow.Core.Scheduling.Operations;

/// <summary>Runs the destination rule. All destinations exist before the first event of any of them (statement 3.12); without a slot the activity is
/// completed at once (statement 4.13). When members of roles are wanted, or the answer to a question by name, the shell asks the resolver. The plan is made
/// when it has answered (statements 4.8 and 4.8b). A task that nobody could act on is up to the activity's policy (statements 4.12 and 4.13).</summary>
internal static class PlanDestinations
{
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
            ForSlots(episode, definition, activity);
            return;
        }

        var (wanted, asked) = DestinationQuestions.Wanted(definition, activity);
        var leftOut = DestinationQuestions.LeftOut(definition, activity);
        if (asked is not null || wanted.Exists(item => item.IsResolved))
        {
            activity.Planning.AwaitMembers(wanted, leftOut, asked);
            episode.Process.Plan(PlannedCall.OfMembers(activity));
            return;
        }

        ForDestinations(episode, activity, wanted, [], leftOut, ResolverAnswers.None);
    }

    /// <summary>The resolver has answered. A failure from here on is repeated from the destination rule on, the question included (statement 4.12).</summary>
    public static void WithMembers(Episode episode, ActivityInstance activity)
    {
        var question = activity.MemberQuestion!;
        var answers = episode.Answers!;
        activity.Planning.MembersKnown();
        var definition = episode.DefinitionOf(activity);
        if (question.List is not null)
        {
            Carry(episode, activity, Plan(episode, definition, activity, [], answers.List));
            return;
        }

        // An earlier version of the library has asked without storing whom the rule leaves out.
        var leftOut = question.LeftOut ?? DestinationQuestions.LeftOut(definition, activity);
        ForDestinations(episode, activity, question.Wanted, question.Asked, leftOut, answers);
    }

    /// <summary>Plans slots, for nobody. Their data may be the answer to a question (statement 4.7).</summary>
    private static void ForSlots(Episode episode, ActivityDefinition definition, ActivityInstance activity)
    {
        if (definition.DestinationRule.Slots.Question is { } question)
        {
            activity.Planning.AwaitList(DestinationQuestions.List(definition, activity, question));
            episode.Process.Plan(PlannedCall.OfMembers(activity));
            return;
        }

        Carry(episode, activity, Plan(episode, definition, activity, [], FieldValue.Null));
    }

    private static void ForDestinations(
        Episode episode,
        ActivityInstance activity,
        IReadOnlyList<WantedDestination> fixedOnes,
        IReadOnlyList<AskedQuestion> asked,
        IReadOnlyList<LeftOut>? leftOut,
        ResolverAnswers answers)
    {
        var definition = episode.DefinitionOf(activity);
        var (wanted, members) = (answers.InPlace(fixedOnes, asked), answers.Members);
        var destinations = DestinationSets.Resolve(definition.DestinationRule, wanted, leftOut, members);
        var exclusions = definition.DestinationRule.IsKeptSynchronized && asked.Count > 0
            ? FollowedExclusions.Of(definition.DestinationRule, wanted, leftOut)
            : DestinationSets.Exclusions(definition.DestinationRule, wanted, leftOut, members);
        if (destinations.Count > 0 || !definition.NeedsSomebody)
        {
            var plan = Plan(episode, definition, activity, destinations, FieldValue.Null);
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
                activity.Planning.Follow(fixedOnes, asked, DestinationSets.Followed(wanted, members, activity.Planning));
                RoleTimer.Arm(episode, activity);
            }

            return;
        }

        NobodyThere.Apply(episode, activity, wanted, asked, members);
    }

    private static DestinationPlan Plan(
        Episode episode, ActivityDefinition definition, ActivityInstance activity, IReadOnlyList<Destination> destinations, in FieldValue list)
    {
        var plan = DestinationQuestions.Plan(definition, activity, destinations, list, episode.Limits.Slots);
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
