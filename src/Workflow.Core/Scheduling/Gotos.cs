using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Goes to an activity without a line: activities expire, and the target starts (statements 10.10 to 10.10d).</summary>
internal static class Gotos
{
    /// <summary>Whether the target is still active, so that nothing happens at all (statement 10.10d).</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="request">The goto.</param>
    /// <param name="own">The activity instance from which it comes; null for the process.</param>
    public static bool IsRefused(Episode episode, GotoRequest request, ActivityInstance? own) =>
        request.IfActive is ActiveTarget.Refuse && IsStillActive(episode, request, own);

    /// <summary>Why a goto is refused; null when it is not.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="request">The goto.</param>
    /// <param name="own">The activity instance from which it comes; null for the process.</param>
    public static Refusal? WhyNot(Episode episode, GotoRequest request, ActivityInstance? own)
    {
        foreach (var name in request.Activities)
        {
            if (Refusal.NoActivity(episode.Definition, name) is { } missing)
            {
                return missing;
            }
        }

        if (IsRefused(episode, request, own))
        {
            return Refusal.State("10.10d", $"its activity '{request.Activity}' is still active, and the goto is refused then.");
        }

        return null;
    }

    /// <summary>Whether a goto ends the activity instance from which it comes.</summary>
    public static bool Ends(GotoRequest request, ActivityInstance own) => Expires(request, own, own);

    /// <summary>Tells of a goto that did not happen.</summary>
    public static void RecordRefused(Episode episode, GotoRequest request)
    {
        episode.Record(JournalKind.GotoRefused, request.Activity);
        episode.Alarms.Add(new Alarm(AlarmKind.GotoRefused, request.Activity, Message: ""));
    }

    /// <summary>Goes there.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="request">The goto, which is not refused.</param>
    /// <param name="own">The activity instance from which it comes; null for the process.</param>
    /// <param name="leaving">The activity instance whose lines are followed all the same; null for none (statement 7.6).</param>
    /// <param name="on">The branches of an activity that has ended already, and in whose place the target starts; null for none.</param>
    public static void Run(Episode episode, GotoRequest request, ActivityInstance? own, ActivityInstance? leaving, Branches? on = null)
    {
        var isKept = request.IfActive is ActiveTarget.Keep && IsStillActive(episode, request, own);
        episode.Record(JournalKind.Goto, request.Activity, isKept ? "It is active already." : null);
        if (!isKept)
        {
            episode.Plan(new Operation(Verb.GotoActivity, BranchesOf(episode, request, own, on), episode.Definition.Find(request.Activity)!.Ordinal));
        }

        if (request.Expiring == Expiring.Everything)
        {
            episode.Process.JoinedOrNull?.ClearArrivals();
        }

        foreach (var activity in episode.Process.ActivityList.ToList())
        {
            if (activity.Status is not ActivityInstanceStatus.Active || !Expires(request, activity, own))
            {
                continue;
            }

            Expiry.OfActivity(episode, activity, ExpiryReason.Goto);
            if (activity == leaving)
            {
                ActivityEnd.Leave(episode, activity);
            }
            else
            {
                ActivityEnd.Forget(episode, activity);
            }
        }
    }

    /// <summary>The target goes on on the branches of the activities in whose place it starts, unless everything expires. So a join that waits for a branch
    /// still waits for it (statement 10.10b).</summary>
    private static Branches? BranchesOf(Episode episode, GotoRequest request, ActivityInstance? own, Branches? before) =>
        episode.Process.JoinedOrNull is null || request.Expiring == Expiring.Everything
            ? null
            : Branches.Union(
            [
                before,
                .. episode.Process.ActivityList
                    .Where(activity => activity.Status is ActivityInstanceStatus.Active && Expires(request, activity, own))
                    .Select(activity => BranchKeeping.Of(episode, activity)),
            ]);

    /// <summary>A target that starts as soon as the instance moves again counts as active.</summary>
    private static bool IsStillActive(Episode episode, GotoRequest request, ActivityInstance? own) =>
        episode.Process.ActivityList.Exists(activity =>
            activity.Status is ActivityInstanceStatus.Active && activity.Name == request.Activity && !Expires(request, activity, own))
        || (request.Expiring != Expiring.Everything
            && episode.Process.Suspended.Any(step => step.Verb == nameof(Verb.GotoActivity) && step.Element == request.Activity));

    private static bool Expires(GotoRequest request, ActivityInstance activity, ActivityInstance? own) =>
        request.Expiring == Expiring.Everything || activity.Name == (request.Expiring == Expiring.OwnActivity ? own!.Name : request.Expiring.Activity);
}
