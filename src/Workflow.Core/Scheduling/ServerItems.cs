using Workflow.Core.Instances;
using Workflow.Core.Records;

namespace Workflow.Core.Scheduling;

/// <summary>Makes the records under which server items are found (statement 7.2).</summary>
internal static class ServerItems
{
    public static ServerItemRecord Waiting(Episode episode, ActivityInstanceDestination destination) =>
        Record(episode, destination, ServerItemStatus.Waiting, endedBy: null);

    public static ServerItemRecord Finished(Episode episode, ActivityInstanceDestination destination, string user) =>
        Record(episode, destination, ServerItemStatus.Finished, user);

    public static ServerItemRecord Expired(Episode episode, ActivityInstanceDestination destination) =>
        Record(episode, destination, ServerItemStatus.Expired, endedBy: null);

    private static ServerItemRecord Record(Episode episode, ActivityInstanceDestination destination, ServerItemStatus status, string? endedBy) => new()
    {
        Serial = destination.Serial,
        Definition = episode.Process.Definition,
        Activity = destination.Activity.Name,
        Event = destination.Event!.Name,
        CorrelationKey = destination.Event.CorrelationKey,
        Status = status,
        StartedAt = destination.Event.StartedAt,
        EndedAt = status is ServerItemStatus.Waiting ? null : episode.Now,
        EndedBy = endedBy,
    };
}
