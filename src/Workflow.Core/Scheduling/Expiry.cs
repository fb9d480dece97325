using System.Diagnostics;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Ends what can no longer complete: events, server items, destinations (statement 3.12).</summary>
internal static class Expiry
{
    public static void OfDestinations(Episode episode, ActivityInstance activity, ExpiryReason reason)
    {
        if (activity.ActiveDestinations == 0)
        {
            return;
        }

        foreach (var destination in activity.DestinationSpan)
        {
            if (destination.Status is DestinationStatus.Active)
            {
                OfDestination(episode, destination, reason);
            }
        }
    }

    public static void OfActivity(Episode episode, ActivityInstance activity, ExpiryReason reason)
    {
        OfDestinations(episode, activity, reason);
        activity.Expire(episode.Now);
        episode.Record(JournalKind.ActivityExpired, activity, Text(reason));
    }

    /// <summary>Ends all that is active, or has ended and is still to follow its lines. No line is followed.</summary>
    public static void OfEverything(Episode episode, ExpiryReason reason) => OfAllBut(episode, stays: null, reason);

    /// <summary>As <see cref="OfEverything"/>, but for one activity instance that has ended (statement 13.1g). Nothing that was still to come comes.</summary>
    public static void OfAllBut(Episode episode, ActivityInstance? stays, ExpiryReason reason)
    {
        End(episode, activity => activity != stays, reason);
        episode.Process.JoinedOrNull?.ClearArrivals();
        episode.Drop(_ => true);
    }

    /// <summary>Ends what is active, or is still to come, on other lines of a split. None of its lines is followed (statements 10.1b and 13.1e).</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="split">The number of the activity instance that was the split.</param>
    /// <param name="lines">The lines that stay.</param>
    public static void OfOthers(Episode episode, int split, IReadOnlyList<string> lines)
    {
        var joins = episode.Process.JoinedOrNull!;
        End(episode, activity => IsOther(joins.BranchesOf(activity.Id)), ExpiryReason.JoinPassed);
        episode.Drop(IsOther);
        joins.RemoveKept(IsOther);

        // An activity that has come through a join of several branches goes on if one of them stays.
        bool IsOther(Branches? on)
        {
            var isOfSplit = false;
            foreach (var branch in on?.All ?? [])
            {
                if (branch.Split == split)
                {
                    isOfSplit = true;
                    if (lines.Contains(branch.Line, StringComparer.Ordinal))
                    {
                        return false;
                    }
                }
            }

            return isOfSplit;
        }
    }

    /// <summary>Ends some of the activity instances, also those that have ended and are still to follow their lines.</summary>
    private static void End(Episode episode, Predicate<ActivityInstance> isEnded, ExpiryReason reason)
    {
        foreach (var activity in episode.Process.ActivityList.FindAll(isEnded))
        {
            if (activity.Status is ActivityInstanceStatus.Active)
            {
                OfActivity(episode, activity, reason);
            }

            ActivityEnd.Forget(episode, activity);
        }
    }

    /// <summary>A finish that was stored for later is dropped, and the history says so (statement 7.1).</summary>
    public static void OfParkedFinish(Episode episode, ActivityInstanceDestination destination, string why)
    {
        if (destination.Event!.ParkedFinish is { } dropped)
        {
            destination.DropParkedFinish();
            episode.RecordEvent(JournalKind.FinishDropped, destination, why, dropped.User);
        }
    }

    public static void OfDestination(Episode episode, ActivityInstanceDestination destination, ExpiryReason reason)
    {
        if (destination.Event is not null)
        {
            OfEvent(episode, destination, reason);
        }

        destination.Expire(episode.Now);
        destination.Activity.DestinationEnded();
        episode.Record(JournalKind.DestinationExpired, destination, Text(reason));
    }

    /// <summary>Ends the event that is at work in a destination.</summary>
    public static void OfEvent(Episode episode, ActivityInstanceDestination destination, ExpiryReason reason)
    {
        var current = destination.Event!;
        if (current.StartsProcess)
        {
            SubProcesses.RecordIgnored(episode, destination);
        }
        else if (destination.WaitsAsServerItem || current.ParkedFinish is not null)
        {
            OfParkedFinish(episode, destination, Text(reason));
            episode.ServerItems.Add(ServerItems.Expired(episode, destination));
        }

        if (destination.WorklistHeader is { IsOpen: true })
        {
            Tasks.End(episode, destination, WorklistItemEnd.Expired);
        }

        episode.RecordEvent(JournalKind.EventExpired, destination, Text(reason));
        destination.ExpireEvent();
    }

    /// <summary>The name of a reason, as the history has it.</summary>
    public static string Text(ExpiryReason reason) => reason switch
    {
        ExpiryReason.PrecedingRuleFalse => nameof(ExpiryReason.PrecedingRuleFalse),
        ExpiryReason.SucceedingRuleTrue => nameof(ExpiryReason.SucceedingRuleTrue),
        ExpiryReason.LeftRole => nameof(ExpiryReason.LeftRole),
        ExpiryReason.Unresolved => nameof(ExpiryReason.Unresolved),
        ExpiryReason.Escalation => nameof(ExpiryReason.Escalation),
        ExpiryReason.Goto => nameof(ExpiryReason.Goto),
        ExpiryReason.ServerEvent => nameof(ExpiryReason.ServerEvent),
        ExpiryReason.Administrator => nameof(ExpiryReason.Administrator),
        ExpiryReason.Deleted => nameof(ExpiryReason.Deleted),
        ExpiryReason.Withdrawn => nameof(ExpiryReason.Withdrawn),
        ExpiryReason.ArrivalKept => nameof(ExpiryReason.ArrivalKept),
        ExpiryReason.ArrivalDropped => nameof(ExpiryReason.ArrivalDropped),
        ExpiryReason.JoinPassed => nameof(ExpiryReason.JoinPassed),
        ExpiryReason.ProcessEnded => nameof(ExpiryReason.ProcessEnded),
        ExpiryReason.MilestoneOver => nameof(ExpiryReason.MilestoneOver),
        ExpiryReason.ParentEnded => nameof(ExpiryReason.ParentEnded),
        _ => throw new UnreachableException(),
    };
}
