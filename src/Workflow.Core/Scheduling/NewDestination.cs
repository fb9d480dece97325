using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Adds destinations to an activity instance.</summary>
internal static class NewDestination
{
    /// <summary>Makes one activity instance destination.</summary>
    public static ActivityInstanceDestination Add(
        Episode episode, ActivityInstance activity, ActivityDefinition definition, IReadOnlyList<Destination> destinations, int slots, in FieldValue data)
    {
        var fields = DataFields.InitialOf(definition.DestinationFields);
        var destination = activity.AddDestination(destinations, slots, data, fields, episode.Now);
        episode.Record(JournalKind.DestinationCreated, destination, Shown(destinations));
        return destination;
    }

    private static string? Shown(IReadOnlyList<Destination> destinations) => destinations.Count switch
    {
        0 => null,
        1 => destinations[0].ToString(),
        _ => string.Join(", ", destinations),
    };
}
