using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Records;

namespace Workflow.Core.Scheduling;

/// <summary>The effect on each plan when somebody joins or leaves a role (statement 4.9).</summary>
internal static class FollowingRoles
{
    /// <summary>How many more destinations are active when the activity has followed its roles.</summary>
    public static int Growth(ActivityInstance activity, RoleChange change)
    {
        if (activity.IsJustOnce)
        {
            return 0;
        }

        var joining = change.Joiners.Count(joiner => !TakesPart(activity, joiner));
        var leaving = change.Leavers.Count(leaver => IsLeaving(activity, leaver));
        if (activity.Turns is not { } turns)
        {
            return joining - leaving;
        }

        var waiting = turns.Remaining.Count(next => !change.Leavers.Contains(next)) + joining;
        return activity.ActiveDestinations == leaving ? Math.Min(waiting, 1) - leaving : -leaving;
    }

    /// <summary>Plan just once: the destinations follow, and so do the slots when there is one for each.</summary>
    public static void JustOnce(Episode episode, ActivityInstance activity, ActivityDefinition definition, RoleChange change)
    {
        var destination = activity.DestinationSpan[0];
        var left = change.Leavers.Where(leaver => destination.IsFor(leaver) && !HasAnswered(destination, leaver) && !IsInherited(destination, leaver)).ToList();
        var joined = change.Joiners.Where(joiner => !destination.IsFor(joiner)).ToList();
        destination.SetPeople([.. destination.People.Where(entry => !left.Contains(entry)), .. joined]);
        var isOpen = destination.WorklistHeader is { IsOpen: true };
        foreach (var leaver in left)
        {
            if (isOpen)
            {
                Leave(episode, destination, leaver);
            }
        }

        foreach (var joiner in joined)
        {
            if (isOpen)
            {
                episode.Worklist.Add(new WorklistChange.EntryAdded(destination.Serial, joiner));
            }
        }

        if (isOpen || destination.WorklistHeader is null)
        {
            AdjustOne(destination, definition);
        }

        if (isOpen && left.Count > 0 && destination.WorklistHeader!.CompletedSlots > 0)
        {
            episode.Plan(Verb.AnswerGiven, destination);
        }
    }

    /// <summary>Plan just once with a slot for each destination: as many slots as there are destinations now. Where the task is over, its answers stand as they
    /// are; the next one begins with the right number.</summary>
    public static void AdjustOne(ActivityInstanceDestination destination, ActivityDefinition definition)
    {
        if (definition.DestinationRule.Slots is not SlotAllocation.EachDestination || destination.Activity is not { IsJustOnce: true, FollowsRoles: true })
        {
            return;
        }

        // A user who got the task from a member of a role is there beside the role, without a slot of their own. Slots that are taken stay.
        var count = destination.People.Count - (destination.WorklistHeader?.Excluded.Count ?? 0);
        if (destination.WorklistHeader is { IsOpen: true } header)
        {
            count = Math.Max(count, header.SlotList.Count);
        }

        if (count != destination.SlotCount)
        {
            destination.SetSlotCount(count);
            destination.Activity.SetSlotTotal(count);
        }
    }

    /// <summary>Plan per destination: joiners get an activity instance destination each, those of leavers expire.</summary>
    public static void AllAtOnce(Episode episode, ActivityInstance activity, ActivityDefinition definition, RoleChange change)
    {
        var expired = Expire(episode, activity, change);
        var added = new List<ActivityInstanceDestination>();
        foreach (var joiner in change.Joiners.Where(joiner => !TakesPart(activity, joiner)))
        {
            added.Add(NewDestination.Add(episode, activity, definition, [joiner], slots: 1, FieldValue.Null));
        }

        Adjust(activity, added.Count - expired);
        added.ForEach(destination => episode.Plan(Verb.StartEvent, destination));
        if (expired > 0 && activity.CompletedSlots > 0 && activity.LastAnswered() is { } answered)
        {
            episode.Plan(Verb.SucceedActivity, answered);
        }
    }

    /// <summary>Plan per destination in turn: joiners come last, and leavers who have not had their turn are dropped. When it is a leaver's turn, the next
    /// one's begins.</summary>
    public static void InTurn(Episode episode, ActivityInstance activity, RoleChange change)
    {
        var before = activity.Turns!.Remaining.ToList();
        var kept = before.Where(next => !change.Leavers.Contains(next)).ToList();
        var expired = Expire(episode, activity, change);
        var joiners = change.Joiners.Where(joiner => !TakesPart(activity, joiner)).ToList();
        activity.Planning.ReplaceTurns([.. kept, .. joiners]);
        Adjust(activity, joiners.Count - (before.Count - kept.Count) - expired);
        if (activity.ActiveDestinations > 0)
        {
            return;
        }

        if (NextTurn.IsThere(activity))
        {
            NextTurn.Begin(episode, activity);
        }
        else if (activity.LastAnswered() is { } answered)
        {
            episode.Plan(Verb.SucceedActivity, answered);
        }
    }

    private static bool HasAnswered(ActivityInstanceDestination destination, in Destination leaver) =>
        destination.WorklistHeader?.SlotOf(leaver.Name) is { Status: SlotStatus.Completed };

    /// <summary>A task that somebody got by a redirect is theirs, whatever roles they belong to.</summary>
    private static bool IsInherited(ActivityInstanceDestination destination, Destination user) =>
        destination.WorklistHeader?.Inheritances.Any(inheritance => Names.Same(inheritance.User, user.Name)) ?? false;

    /// <summary>An open slot of a leaver is given up, and the task is no longer theirs.</summary>
    private static void Leave(Episode episode, ActivityInstanceDestination destination, in Destination leaver)
    {
        Tasks.ForgetParty(episode, destination, leaver.Name);
        if (destination.WorklistHeader!.SlotOf(leaver.Name) is { } slot)
        {
            episode.RecordItem(JournalKind.SlotExpired, destination, destination.Event!.Name, slot.User, slot.Party);
            destination.Activity.PlanningOrNull?.TakeShared(destination.Event.Position, -1);
            destination.WorklistHeader.Release(slot);
        }

        Tasks.RemoveEntry(episode, destination, leaver);
    }

    private static int Expire(Episode episode, ActivityInstance activity, RoleChange change)
    {
        var expired = 0;
        foreach (var leaver in change.Leavers)
        {
            if (IsLeaving(activity, leaver))
            {
                Expiry.OfDestination(episode, FindActive(activity, leaver)!, ExpiryReason.LeftRole);
                expired++;
            }
        }

        return expired;
    }

    private static bool IsLeaving(ActivityInstance activity, in Destination leaver) =>
        FindActive(activity, leaver) is { } destination && !HasAnswered(destination, leaver);

    private static ActivityInstanceDestination? FindActive(ActivityInstance activity, in Destination user)
    {
        foreach (var destination in activity.DestinationSpan)
        {
            if (destination.Status is DestinationStatus.Active && destination.IsFor(user) && !IsInherited(destination, user))
            {
                return destination;
            }
        }

        return null;
    }

    /// <summary>Somebody who comes back after they have answered has had their part.</summary>
    private static bool TakesPart(ActivityInstance activity, in Destination user)
    {
        foreach (var destination in activity.DestinationSpan)
        {
            if ((destination.Status is DestinationStatus.Active || destination.HasAnswered) && destination.IsFor(user))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Slots that all share do not change in number, and each destination has one otherwise.</summary>
    private static void Adjust(ActivityInstance activity, int change)
    {
        if (!activity.SharesSlots)
        {
            activity.SetSlotTotal(activity.SlotTotal + change);
        }
    }
}
