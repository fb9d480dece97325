using Workflow.Core.Definitions.Migration;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Lets the activity instances that hold exclusive groups, or wait for them or for a milestone, go on in another version (statement 8.8b). One that
/// has begun goes on, and holds the groups that the new version gives it, also where two exclude each other there. One that waits keeps its place.</summary>
internal static class WaitsInVersion
{
    /// <summary>Changes them.</summary>
    /// <param name="process">The instance, whose activity instances have their places in the new version already.</param>
    /// <param name="succession">The successors of all elements.</param>
    public static void Change(ProcessInstance process, Succession succession)
    {
        var now = succession.To;
        if (process.WaitsOrNull is null && now.ExclusiveGroups.Count == 0)
        {
            return;
        }

        var waits = process.WaitsFor(now.Groups);
        var asked = succession.Activities.Where(change => change!.To.Milestone is not null && waits.IsMilestoneToAsk(change.From.Ordinal));
        waits.ChangeVersion(
            now.Groups, process.ActivityList.Where(activity => HasBegun(process, activity)), [.. asked.Select(change => change!.To.Ordinal)]);
    }

    /// <summary>Whether an activity instance is at work: it waits neither for its start rule nor for its group, and no rule before that has failed.</summary>
    public static bool HasBegun(ProcessInstance process, ActivityInstance activity) =>
        activity.Status is ActivityInstanceStatus.Active && activity.StartsAt is null && process.WaitsOrNull?.IsWaiting(activity) is not true
        && !process.Suspended.Any(step => step.ActivityInstance == activity.Id && step.Verb is nameof(Verb.AwaitStart) or nameof(Verb.AwaitTurn));

    /// <summary>The activities that go on otherwise than before, each in words: they wait no longer, or are active at once though they exclude each
    /// other.</summary>
    /// <param name="process">The instance, in the old version.</param>
    /// <param name="succession">The successors of all elements.</param>
    public static IReadOnlyList<string> Changes(ProcessInstance process, Succession succession)
    {
        var changes = new List<string>();
        var groups = succession.To.Groups;
        var begun = process.ActivityList.FindAll(activity => HasBegun(process, activity));
        var before = begun.ConvertAll(PositionOf);
        foreach (var wait in process.WaitsOrNull?.Waiting ?? [])
        {
            var activity = process.FindActivity(wait.Number)!;
            var now = PositionOf(activity);
            if (succession.Activities[activity.Ordinal]!.To.Milestone is not null)
            {
                continue;
            }

            if (!before.Exists(other => groups.Exclude(other, now)))
            {
                changes.Add($"activity '{NameOf(activity)}' need not wait any more");
            }

            // It begins, or keeps its place: it is before those that have come later.
            before.Add(now);
        }

        for (var one = 0; one < begun.Count; one++)
        {
            changes.AddRange(begun.Skip(one + 1)
                .Where(other => groups.Exclude(PositionOf(begun[one]), PositionOf(other)))
                .Select(other => $"activities '{NameOf(begun[one])}' and '{NameOf(other)}' are both active, and exclude each other"));
        }

        return changes;

        int PositionOf(ActivityInstance activity) => succession.Activities[activity.Ordinal]!.To.Ordinal;
        string NameOf(ActivityInstance activity) => succession.Activities[activity.Ordinal]!.To.Name;
    }
}
