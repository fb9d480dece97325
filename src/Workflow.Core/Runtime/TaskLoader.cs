using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Snapshots;

namespace Workflow.Core.Runtime;

/// <summary>Makes an instance of the parts that an answer to one task needs (statement 14.6). These are the header, the activity instance with its counts, and
/// the destination. It refuses to show any other part: see <see cref="PartNotLoadedException"/>.</summary>
internal static class TaskLoader
{
    /// <returns>The instance; null when the whole of it has to be loaded. The store or an older version of the stored form may not say enough. Something else
    /// may be under way in the instance. Or something about the parts is wrong, and the load of the whole then says what.</returns>
    public static (ProcessInstance Process, ProcessDefinition Definition)? TryLoad(SerialNumber task, StoredProcess stored, Deployments deployments)
    {
        if (stored.HasPendingCall || stored.Parts.Count < 3 || stored.Parts[0].Key != PartKey.Header)
        {
            return null;
        }

        try
        {
            return Load(task, stored, deployments);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return null;
        }
    }

    private static (ProcessInstance Process, ProcessDefinition Definition)? Load(SerialNumber task, StoredProcess stored, Deployments deployments)
    {
        var claims = new OwnerClaims();
        var (process, definition) = InstanceLoader.LoadTask(task.ProcessInstance, stored, deployments, claims);
        if (process.StoredStatus is not ProcessInstanceStatus.Active
            || claims.Process is not { } ofProcess
            || claims.Compared is not { } ofActivity
            || process.LoadedActivities is not [{ Status: ActivityInstanceStatus.Active, MemberQuestion: null } activity]
            || activity.LoadedDestinations is not [var destination]
            || destination.Id != task.Destination
            || destination.Event is { NeedsCall: true }
            || !TryRestoreCounts(activity, destination, ofActivity))
        {
            return null;
        }

        var unloaded = new UnloadedParts(ofProcess.Activities - 1, ofProcess.Sum - process.ActivitySum, ofProcess.HasActors);
        if (unloaded.Activities < 0 || (unloaded.Activities == 0) != (unloaded.Sum == 0))
        {
            return null;
        }

        if (unloaded is not { Activities: 0, Actors: false } || activity.UnloadedDestinations > 0)
        {
            process.RestoreWithout(unloaded);
        }

        return (process, definition);
    }

    /// <summary>Puts back what is kept of the other destinations.</summary>
    /// <returns>False when it is not said, or does not fit the one that is loaded.</returns>
    private static bool TryRestoreCounts(ActivityInstance activity, ActivityInstanceDestination destination, in OwnerClaims.OfActivity claim)
    {
        if (claim.Destinations == 1)
        {
            return claim.Sum == activity.DestinationSum;
        }

        if (claim.Counts is not { } counts || (counts.NeedSharedSlot > 0 && !activity.SharesSlots))
        {
            return false;
        }

        destination.CountedWork = WorkOfDestination.Of(destination);
        activity.RestoreCounts(
            new ManyDestinations
            {
                All = [destination],
                Sum = claim.Sum,
                Unloaded = claim.Destinations - 1,
                AtWork = counts.AtWork,
                NeedSharedSlot = counts.NeedSharedSlot,
                Answers = counts.Answers,
            },
            counts.Active);
        return AreEnough(activity, destination, counts);
    }

    /// <summary>Whether the destination that is loaded can be one of those that were counted.</summary>
    private static bool AreEnough(ActivityInstance activity, ActivityInstanceDestination destination, in OwnerClaims.OfDestinations counts)
    {
        var (atWork, needSharedSlot) = activity.SeveralDestinations!.CountUnloaded(activity.LoadedDestinations);
        if (atWork < 0 || needSharedSlot < 0 || counts.Active < (destination.Status is DestinationStatus.Active ? 1 : 0))
        {
            return false;
        }

        foreach (ref readonly var answer in counts.Answers is { } answers ? answers.All : [])
        {
            if (answer.Slots < AnswerCounts.CountIn(answer.Ordinal, answer.Text, activity.LoadedDestinations))
            {
                return false;
            }
        }

        return true;
    }
}
