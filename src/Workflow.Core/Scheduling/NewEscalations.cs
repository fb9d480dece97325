using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Migration;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Finds the escalations that another version adds to something that is active: those are not armed by the change of the version (statement
/// 8.8b).</summary>
internal static class NewEscalations
{
    /// <summary>Finds them.</summary>
    /// <param name="process">The instance, in the old version.</param>
    /// <param name="succession">The successors of all elements.</param>
    /// <returns>Each in words, once.</returns>
    public static IReadOnlyList<string> Of(ProcessInstance process, Succession succession)
    {
        var found = new List<string>();
        if (process.StartsAt is null && !IsSuspended(process, 0, Verb.LeaveStart))
        {
            Add(found, [], succession.From.EscalationArray, succession.To.EscalationArray, succession.Escalations);
        }

        foreach (var activity in process.ActivityList.Where(activity => activity.Status is ActivityInstanceStatus.Active))
        {
            var change = succession.Activities[activity.Ordinal]!;
            if (WaitsInVersion.HasBegun(process, activity) && !IsSuspended(process, activity.Id, Verb.BeginActivity))
            {
                Add(found, [change.To.Name], change.From.EscalationArray, change.To.EscalationArray, change.Escalations);
            }

            foreach (var destination in activity.DestinationSpan)
            {
                if (destination.Event is { } current)
                {
                    var (before, now) = (change.From.EventArray[current.Position], change.Events[current.Position]!);
                    Add(
                        found, [change.To.Name, now.Definition.Name], before.EscalationArray, now.Definition.EscalationArray, now.Escalations);
                }
            }
        }

        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    private static void Add(
        List<string> found, IReadOnlyList<string> within, EscalationDefinition[] olds, EscalationDefinition[] news,
        IReadOnlyDictionary<string, string> successors)
    {
        string[] known = [.. olds.Select(escalation => successors[escalation.Name])];
        found.AddRange(news.Where(escalation => !known.Contains(escalation.Name, StringComparer.Ordinal))
            .Select(escalation => Rename.Words(ElementKind.Escalation, within, escalation.Name)));
    }

    private static bool IsSuspended(ProcessInstance process, int activity, Verb verb) =>
        process.Suspended.Any(step => step.ActivityInstance == activity && step.Verb == verb.ToString());
}
