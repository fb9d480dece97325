namespace Workflow.Core.Instances;

/// <summary>Looks up activity instances in a list. There are few, and the look-up is on the way of every command, so it makes no closure.</summary>
internal static class ActivityLists
{
    public static ActivityInstance? OfNumber(this List<ActivityInstance> activities, int number)
    {
        foreach (var activity in activities)
        {
            if (activity.Id == number)
            {
                return activity;
            }
        }

        return null;
    }
}
