using System.Diagnostics;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>A succeeding rule is false and no answer is left that could make it true: the activity's policy decides (statement 0.3).</summary>
internal static class Unresolved
{
    private const string Stalled = "The succeeding rule is false and no answer is left that could make it true.";

    /// <summary>Whether another destination of the activity can still answer, and so end the activity: one that is active and not stalled.</summary>
    public static bool IsAnotherAtWork(ActivityInstanceDestination destination) => WorkOfDestination.IsElsewhere(destination);

    /// <summary>Whether no further answer can make the engine check a client event's rule again (statements 0.3 and 4.14). All slots are completed, or nobody
    /// is left to take one. The members of a role are not known here, so a role may always bring somebody.</summary>
    public static bool IsUsedUp(ActivityInstanceDestination destination, ClientEventDefinition task)
    {
        var header = destination.WorklistHeader!;
        if (header.OpenSlots > 0)
        {
            return false;
        }

        return header.CompletedSlots >= destination.SlotCount || (!task.AllowsAnyUser && !destination.IsForRoles && IsEverybodyDone(destination, header));
    }

    /// <summary>A task begins when others have taken all slots, and nobody is left who could end the activity (statement 0.3).</summary>
    public static void WhenNoSlotIsLeft(Episode episode, ActivityInstanceDestination destination)
    {
        var activity = destination.Activity;
        if (destination.FreeSlots > 0 || IsAnotherAtWork(destination) || activity.LastAnswered() is not { } answered)
        {
            return;
        }

        Apply(episode, answered, Policy(episode, activity, byPlan: WhenUnresolved.Wait), Verb.SucceedActivity);
    }

    /// <summary>An event's rule is false and no answer to it is left. The event is stalled while another destination can still end the activity. When none can,
    /// the activity's policy applies (statement 0.3).</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="destination">The destination whose event it is.</param>
    /// <param name="asked">The operation that asked the rule, which a retry runs again.</param>
    public static void OfEvent(Episode episode, ActivityInstanceDestination destination, Verb asked)
    {
        if (IsAnotherAtWork(destination))
        {
            Stall(episode, destination);
            return;
        }

        Apply(episode, destination, Policy(episode, destination.Activity, byPlan: WhenUnresolved.Wait), asked);
    }

    /// <summary>The policy of an activity, or the default of its plan.</summary>
    public static WhenUnresolved Policy(Episode episode, ActivityInstance activity, WhenUnresolved byPlan)
    {
        var policy = episode.DefinitionOf(activity).WhenUnresolved;
        return policy is WhenUnresolved.ByPlan ? byPlan : policy;
    }

    /// <summary>Reports that the destination, or the whole activity, waits for something that will not come by itself.</summary>
    public static void Stall(Episode episode, ActivityInstanceDestination destination)
    {
        if (destination.Event is not null)
        {
            destination.StallEvent();
        }

        episode.Record(JournalKind.ActivityStalled, destination.Activity, Stalled);
        episode.Alarms.Add(new Alarm(AlarmKind.Stalled, destination.Activity.Name, Stalled));
    }

    /// <summary>Each of them takes part with a slot of their own, so fewer slots than people cannot be everybody's. Then there is no need to look for anybody
    /// (statement 14.6).</summary>
    private static bool IsEverybodyDone(ActivityInstanceDestination destination, WorklistHeader header)
    {
        if (destination.FewestPeople > header.SlotList.Count)
        {
            return false;
        }

        foreach (var entry in destination.People)
        {
            if (header.SlotOf(entry.Name) is null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Does what the policy says. Where only the rest has gone on, it ends, since the succeeding rule was true (statement 13.1l).</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="destination">The destination whose answer was the last.</param>
    /// <param name="policy">The policy to follow.</param>
    /// <param name="asked">The operation that asked the rule, which a retry runs again.</param>
    public static void Apply(Episode episode, ActivityInstanceDestination destination, WhenUnresolved policy, Verb asked)
    {
        var activity = destination.Activity;
        if (activity.IsRestGoingOn)
        {
            RestOfActivity.End(episode, activity);
            return;
        }

        switch (policy)
        {
            case WhenUnresolved.Wait:
                Stall(episode, destination);
                break;
            case WhenUnresolved.Complete:
                Expiry.OfDestinations(episode, activity, ExpiryReason.Unresolved);
                ActivityEnd.Complete(episode, activity, destination.Status is DestinationStatus.Completed ? destination : null);
                break;
            case WhenUnresolved.Expire:
                Expiry.OfActivity(episode, activity, ExpiryReason.Unresolved);
                ActivityEnd.Leave(episode, activity);
                break;
            case WhenUnresolved.Fail:
                Failure.OfUnresolved(episode, destination, asked);
                break;
            default:
                throw new UnreachableException();
        }
    }
}
