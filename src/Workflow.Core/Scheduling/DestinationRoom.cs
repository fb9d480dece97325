using System.Globalization;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;

namespace Workflow.Core.Scheduling;

/// <summary>How many destinations may be active in a process instance at once (statement 4.4).</summary>
internal static class DestinationRoom
{
    /// <summary>Sees to it that there is room for the destinations that an activity is about to get.</summary>
    /// <exception cref="RuleFailure">More would be active at once than may be.</exception>
    public static void Check(Episode episode, ActivityDefinition definition, ActivityInstance activity, int added)
    {
        var active = episode.Process.ActiveDestinations + added;
        if (added > 0 && active > episode.Limits.Destinations)
        {
            throw Question.OfDestinations(definition, activity).Failure(new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"With it, {active} destinations would be active at once in this process instance, and the limit is {episode.Limits.Destinations}. Divide "
                    + $"the work, or raise WorkflowOptions.DestinationLimit.")));
        }
    }
}
