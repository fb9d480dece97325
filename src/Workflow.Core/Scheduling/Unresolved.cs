using System.Diagnostics;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Scheduling.Operations;

namespace Workflow.Core.Scheduling;

/// <summary>A succeeding rule is false and no answer is left that could make it true: the activity's policy decides (statement 0.3).</summary>
internal static class Unresolved
{
    private const string Stalled = "The succeeding rule is false and no answer is left that could make it true.";

    /// <summary>Whether another destination of the activity can still answer, and so end the activity: one that is active and not stalled.</summary>
    public static bool IsAnotherAtWork(ActivityInstanceDestination destination)
    {
        if (destination.Activity.ActiveDestinations == 0)
        {
            return false;
        }

        foreach (var other in destination.Activity.DestinationSpan)
        {
            if (other != destination && other is { Status: DestinationStatus.Active, Event.Status: not EventInstanceStatus.Stalled })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reports that the destination, or with it the whole activity, waits for something that will not come by itself.</summary>
    public static void Stall(Episode episode, ActivityInstanceDestination destination)
    {
        if (destination.Event is not null)
        {
            destination.StallEvent();
        }

        episode.Record(JournalKind.ActivityStalled, destination.Activity, Stalled);
        episode.Alarms.Add(new Alarm(IsError: false, destination.Activity.Name, Stalled));
    }

    /// <summary>Does what the policy says.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="destination">The destination whose answer was the last.</param>
    /// <param name="policy">What to do.</param>
    /// <param name="asked">The operation that asked the rule, which a retry runs again.</param>
    public static void Apply(Episode episode, ActivityInstanceDestination destination, WhenUnresolved policy, Verb asked)
    {
        var activity = destination.Activity;
        switch (policy)
        {
            case WhenUnresolved.Wait:
                Stall(episode, destination);
                break;
            case WhenUnresolved.Complete:
                Expiry.OfDestinations(episode, activity, ExpiryReason.Unresolved);
                SucceedActivity.Complete(episode, activity, destination.Status is DestinationStatus.Completed ? destination : null);
                break;
            case WhenUnresolved.Expire:
                Expiry.OfActivity(episode, activity, ExpiryReason.Unresolved);
                episode.Plan(Verb.Leave, activity);
                break;
            case WhenUnresolved.Fail:
                Failure.OfUnresolved(episode, destination, asked);
                break;
            default:
                throw new UnreachableException();
        }
    }
}
