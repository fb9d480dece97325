using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;

namespace Workflow.Core.Scheduling.Operations;

/// <summary>Lets the destinations of an activity follow its roles and the answers to its questions (statement 4.9). A user who has joined
/// becomes a destination, and one who has left ceases to be one. The slots stay in step. An answer that a leaver has given stays.</summary>
internal static class SynchronizeRoles
{
    /// <summary>Asks the resolver for the members, and its questions by name with the arguments of planning; it answers with an input.</summary>
    public static void PlanQuestion(Episode episode, ActivityInstance activity)
    {
        activity.Planning.AwaitMembers(activity.Planning.Followed!, leftOut: null, activity.Planning.FollowedQuestions);
        episode.Process.Plan(PlannedCall.OfMembers(activity));
    }

    /// <summary>The resolver has answered. A failure from here on is repeated from the question on.</summary>
    public static void Run(Episode episode, ActivityInstance activity)
    {
        var definition = episode.DefinitionOf(activity);
        var planning = activity.Planning;
        planning.MembersKnown();
        FixExclusions(episode, activity, definition);
        var answers = episode.Answers!;
        var wanted = answers.InPlace(planning.Followed!, planning.FollowedQuestions);
        if (planning is { FollowedQuestions.Count: > 0, Exclusions: { Count: > 0 } kept })
        {
            planning.LeaveOut(FollowedExclusions.Anew(definition.DestinationRule, wanted, kept));
        }

        var members = DestinationSets.Followed(wanted, answers.Members, planning);
        var change = new RoleChange(
            [.. members.Where(member => !planning.KnownMembers.Contains(member))],
            [.. planning.KnownMembers.Where(known => !members.Contains(known))]);
        if (!change.IsNone && definition.DestinationRule.WhenNobody is not NoDestinations.WaitForRole && IsNobodyLeft(activity, change))
        {
            NobodyThere.Apply(episode, activity, wanted, planning.FollowedQuestions, answers.Members);
            return;
        }

        DestinationRoom.Check(episode, definition, activity, FollowingRoles.Growth(activity, change));
        RoleTimer.Arm(episode, activity);
        planning.Follow(planning.Followed!, planning.FollowedQuestions, members);
        if (change.IsNone)
        {
            return;
        }

        episode.Record(JournalKind.RolesSynchronized, activity, change.ToString());
        if (activity.IsJustOnce)
        {
            FollowingRoles.JustOnce(episode, activity, definition, change);
        }
        else if (activity.Turns is null)
        {
            FollowingRoles.AllAtOnce(episode, activity, definition, change);
        }
        else
        {
            FollowingRoles.InTurn(episode, activity, change);
        }
    }

    /// <summary>An activity that an earlier version of the library has planned does not say yet whom it leaves out.</summary>
    private static void FixExclusions(Episode episode, ActivityInstance activity, ActivityDefinition definition)
    {
        if (activity.Planning.Exclusions is null && DestinationQuestions.LeftOut(definition, activity) is { } leftOut)
        {
            activity.Planning.LeaveOut(
                DestinationSets.Exclusions(definition.DestinationRule, activity.Planning.Followed!, leftOut, episode.Answers!.Members)!);
        }
    }

    /// <summary>Everybody has left, nobody comes, and nothing has been answered.</summary>
    private static bool IsNobodyLeft(ActivityInstance activity, RoleChange change)
    {
        if (change.Joiners.Count > 0 || activity.CompletedSlots > 0
            || activity.Turns is { } turns && turns.Remaining.Any(next => !change.Leavers.Contains(next)))
        {
            return false;
        }

        foreach (var destination in activity.DestinationSpan)
        {
            if (destination.Status is DestinationStatus.Completed
                || (destination.Status is DestinationStatus.Active && destination.People.Any(entry => !change.Leavers.Contains(entry))))
            {
                return false;
            }
        }

        return true;
    }
}
