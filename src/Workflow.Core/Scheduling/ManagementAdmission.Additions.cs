using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <content>Destinations and slots that are added (statement 4.16).</content>
internal static partial class ManagementAdmission
{
    private static Refusal? Add(Episode episode, ManagementRequest.AddDestinations request, Input.OfManagement input) => Add(
        episode, request.To, input, activity => Additions.WhyNot(episode, activity, request),
        activity => Additions.Add(episode, activity, request.Destinations));

    private static Refusal? Add(Episode episode, ManagementRequest.AddSlots request, Input.OfManagement input) => Add(
        episode, request.To, input, activity => Additions.WhyNot(episode, activity, request), activity => Additions.Add(episode, activity, request));

    private static Refusal? Add(
        Episode episode, ManagementRequest.RunOfActivity to, Input.OfManagement input, Func<ActivityInstance, Refusal?> whyNot, Action<ActivityInstance> add)
    {
        if ((WhyNotFound(episode, to, out var activity) ?? whyNot(activity!)) is { } refusal)
        {
            return refusal;
        }

        Record(episode, JournalKind.AdditionOrdered, activity!.Name, input);
        episode.Process.MovedFromOutside();
        add(activity);
        return null;
    }

    /// <summary>Finds the activity instance that gets something.</summary>
    /// <returns>Why there is none; null where there is one.</returns>
    private static Refusal? WhyNotFound(Episode episode, ManagementRequest.RunOfActivity to, out ActivityInstance? activity)
    {
        activity = null;
        if ((Refusal.NoActivity(episode.Definition, to.Activity) ?? WhyHalted(episode.Process)) is { } refusal)
        {
            return refusal;
        }

        var active = episode.Process.ActivityList.FindAll(item =>
            item.Status is ActivityInstanceStatus.Active && item.Name == to.Activity && (to.Number is null || item.Id == to.Number));
        if (active.Count > 1)
        {
            var numbers = string.Join(", ", active.Select(item => item.Id.Invariant()));
            return Refusal.State(
                Additions.Statement, $"its activity '{to.Activity}' is active more than once. Say with activityInstance which one: {numbers}.");
        }

        activity = active.FirstOrDefault();
        return activity switch
        {
            null when to.Number is { } number => Refusal.State(
                Additions.Statement, $"its activity '{to.Activity}' is not active as activity instance {number.Invariant()}."),
            null => Refusal.State(Additions.Statement, $"its activity '{to.Activity}' is not active."),
            { IsPlanned: false } => Refusal.State(
                Additions.Statement, $"its activity '{to.Activity}' has no destinations yet. Wait until its destination rule was asked."),
            _ => null,
        };
    }
}
