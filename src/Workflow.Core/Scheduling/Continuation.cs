using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Takes a process instance out of Error. The failed step is taken again, and those behind it follow (statement 8.2).</summary>
internal static class Continuation
{
    /// <summary>Does everything again that has failed, and all that waits for the end of the error.</summary>
    public static void OfEverything(Episode episode)
    {
        var process = episode.Process;
        var steps = process.LeaveError();
        foreach (var activity in process.ActivityList)
        {
            foreach (var destination in activity.Destinations)
            {
                if (destination is { Status: DestinationStatus.Active, Event.Status: EventInstanceStatus.Failed })
                {
                    destination.RetryEvent();
                    process.PlanAgain(PlannedCall.OfEvent(destination));
                }
            }
        }

        foreach (var firing in process.TimersOrNull?.FiringsOrNull?.Open ?? [])
        {
            if (firing.Status is FiringStatus.Failed)
            {
                episode.Plan(new Operation(Verb.RepeatEscalation, firing));
            }
        }

        foreach (var step in steps)
        {
            if (SuspendedSteps.Read(episode.Definition, process, step) is { } operation && !IsExpired(operation))
            {
                episode.Plan(operation);
            }
        }

        process.TimersOrNull?.ReleaseHeld();
    }

    /// <summary>Goes to another activity. A step that failed in an activity that ends for it is not taken again; one that failed elsewhere is (statement
    /// 8.9).</summary>
    public static void Elsewhere(Episode episode, GotoRequest request)
    {
        var process = episode.Process;
        if (request.Expiring != Expiring.Everything)
        {
            Gotos.Run(episode, request, own: null, leaving: null);
            OfEverything(episode);
            return;
        }

        process.LeaveError();
        foreach (var ended in process.ActivityList.FindAll(activity => activity.Status is not ActivityInstanceStatus.Active))
        {
            ActivityEnd.Forget(episode, ended);
        }

        process.TimersOrNull?.FiringsOrNull?.DropFailed();
        Gotos.Run(episode, request, own: null, leaving: null);
        process.TimersOrNull?.ReleaseHeld();
    }

    /// <summary>Whether a step belongs to an activity that a goto has ended.</summary>
    private static bool IsExpired(in Operation operation)
    {
        var activity = operation.Target switch
        {
            ActivityInstance one => one,
            ActivityInstanceDestination destination => destination.Activity,
            _ => null,
        };
        return activity is { Status: ActivityInstanceStatus.Expired } && operation.Verb is not (Verb.Leave or Verb.FollowLine or Verb.ForgetActivity);
    }
}
