using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Takes a process instance out of Error or Stopped. A failed step is taken again, and those behind it follow (statements 8.2 and 8.6).</summary>
internal static class Continuation
{
    /// <summary>Does everything again that has failed, and all that has waited.</summary>
    public static void OfEverything(Episode episode) => Continue(episode, episode.Process.LeaveHalt());

    /// <summary>The instance goes on without the failed step. An event has completed without results, the action of an escalation is done, and a rule is false
    /// (statement 8.2b).</summary>
    public static void WithoutTheFailed(Episode episode, ProcessError error)
    {
        var process = episode.Process;
        var steps = process.LeaveHalt();
        if (FailedElement.Event(process, error) is { } failed)
        {
            WithoutEvent(episode, failed, "An administrator skipped the event.");
        }
        else if (FailedElement.Escalation(process, error) is { } firing)
        {
            process.Timers.End(firing);
        }
        else
        {
            process.Skip(error.Element);
        }

        Continue(episode, steps);
    }

    /// <summary>An event whose code has failed is completed without results, and the next one begins.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="failed">The destination of the event.</param>
    /// <param name="why">The reason for which a finish that was kept is dropped.</param>
    public static void WithoutEvent(Episode episode, ActivityInstanceDestination failed, string why)
    {
        if (failed.Event!.ParkedFinish is not null)
        {
            Expiry.OfParkedFinish(episode, failed, why);
            episode.ServerItems.Add(ServerItems.Expired(episode, failed));
        }

        failed.SkipEvent();
        failed.CompleteEvent();
        episode.Plan(Verb.StartEvent, failed);
    }

    private static void Continue(Episode episode, IReadOnlyList<SuspendedStep> steps)
    {
        var process = episode.Process;
        foreach (var activity in process.ActivityList)
        {
            foreach (var destination in activity.Destinations)
            {
                if (destination is { Status: DestinationStatus.Active, Event.Status: EventInstanceStatus.Failed })
                {
                    destination.RetryEvent();
                    process.PlanAgain(PlannedCall.OfEvent(destination));
                }
                else if (destination is { Status: DestinationStatus.Active, Event.Run.End: not null })
                {
                    episode.Plan(Verb.SubProcessEnded, destination);
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
            if (IsLeft(process, step) && SuspendedSteps.Read(episode.Definition, process, step) is { } operation)
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
        var steps = process.LeaveHalt();
        var only = request.Expiring == Expiring.Everything ? null : request.Expiring.Activity;

        // Their lines are not followed, whether they had ended before or end now.
        Branches? on = null;
        foreach (var ended in process.ActivityList.FindAll(activity =>
            activity.Status is not ActivityInstanceStatus.Active && (only is null || activity.Name == only)))
        {
            on = only is null ? null : Branches.Union([on, BranchKeeping.Of(episode, ended)]);
            ActivityEnd.Forget(episode, ended);
        }

        if (only is not null)
        {
            Gotos.Run(episode, request, own: null, leaving: null, on);

            // A target that waited already starts once.
            Continue(episode, request.IfActive is ActiveTarget.Keep
                ? [.. steps.Where(step => (step.Verb, step.Element) != (nameof(Verb.GotoActivity), request.Activity))]
                : steps);
            return;
        }

        if (steps.Any(step => step.Verb == nameof(Verb.LeaveStart)))
        {
            Escalations.RecordNotArmed(episode, TimerOwner.Process, episode.Definition.EscalationArray);
        }

        process.EndSkips();
        process.TimersOrNull?.FiringsOrNull?.DropFailed();
        Gotos.Run(episode, request, own: null, leaving: null);
        process.TimersOrNull?.ReleaseHeld();
    }

    /// <summary>Goes to another activity of a stopped instance: activities expire now, and the target starts when it is resumed (statement 8.6).</summary>
    public static void ElsewhereOnResume(Episode episode, GotoRequest request)
    {
        var process = episode.Process;
        if (request.Expiring == Expiring.Everything)
        {
            process.DropSuspended();
        }

        Gotos.Run(episode, request, own: null, leaving: null);
        while (episode.TryNext(out var operation))
        {
            process.Suspend(SuspendedSteps.Of(episode.Definition, operation));
        }
    }

    /// <summary>Whether the activity instance of a step is still there. A step behind a line that was followed has left its own.</summary>
    private static bool IsLeft(ProcessInstance process, in SuspendedStep step) =>
        step.ActivityInstance == 0 || step.Verb == nameof(Verb.EnterActivity) || process.FindActivity(step.ActivityInstance) is not null;
}
