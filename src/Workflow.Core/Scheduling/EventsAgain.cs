using Workflow.Core.Definitions.Migration;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Finds the events that come once more in another version: a destination has done them, and the new version has them behind the event that the
/// destination began last (statement 8.8b).</summary>
internal static class EventsAgain
{
    /// <summary>Finds those of an activity.</summary>
    /// <param name="activity">The activity, in the old version.</param>
    /// <param name="change">The activity with its parts, and their successors.</param>
    /// <returns>The positions of the events in the new version, once for each destination that comes to them.</returns>
    public static IEnumerable<int> Of(ActivityInstance activity, ActivitySuccession change)
    {
        foreach (var destination in activity.Destinations)
        {
            if (destination.Status is not DestinationStatus.Active || destination.NextEvent < 2)
            {
                continue;
            }

            var begunLast = change.Events[destination.NextEvent - 1]!.Position;
            for (var done = 0; done < destination.NextEvent - 1; done++)
            {
                if (change.Events[done]!.Position > begunLast)
                {
                    yield return change.Events[done]!.Position;
                }
            }
        }
    }

    /// <summary>Finds those of an instance.</summary>
    /// <param name="process">The instance, in the old version.</param>
    /// <param name="succession">The successors of all elements.</param>
    /// <returns>Each in words, once.</returns>
    public static IReadOnlyList<string> Of(ProcessInstance process, Succession succession)
    {
        var found = new List<string>();
        foreach (var activity in process.ActivityList.Where(activity => activity.Status is ActivityInstanceStatus.Active))
        {
            var change = succession.Activities[activity.Ordinal]!;
            found.AddRange(Of(activity, change).Order()
                .Select(position => Rename.Words(ElementKind.Event, [change.To.Name], change.To.EventArray[position].Name)));
        }

        return [.. found.Distinct(StringComparer.Ordinal)];
    }
}
