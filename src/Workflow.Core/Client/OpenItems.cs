using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <summary>Finds the events of an instance that wait for somebody or something.</summary>
internal static class OpenItems
{
    /// <summary>Everything that waits, by activity instance and destination.</summary>
    /// <param name="process">The instance.</param>
    /// <param name="definition">The version on which it runs.</param>
    /// <param name="readAt">When it is read, which tells how late tasks are.</param>
    public static IReadOnlyList<OpenItem> Of(ProcessInstance process, ProcessDefinition definition, DateTimeOffset readAt) =>
        [.. process.ActivityList.SelectMany(activity => activity.Destinations).Select(destination => Of(destination, definition, readAt)).OfType<OpenItem>()];

    private static OpenItem? Of(ActivityInstanceDestination destination, ProcessDefinition definition, DateTimeOffset readAt)
    {
        if (destination is not { Status: DestinationStatus.Active, Event: { } current } || KindOf(destination, current, definition) is not { } kind)
        {
            return null;
        }

        return new OpenItem(
            kind,
            destination.Serial,
            destination.Activity.Name,
            current.Name,
            current.StartedAt,
            OpenTask.Of(definition, destination) is { } task ? [.. TaskEntries.Of(task, readAt)] : [],
            current.CorrelationKey,
            current.SubProcess?.Id);
    }

    /// <summary>The kind of a destination's event; null when it does not wait for anybody or anything outside of the engine.</summary>
    private static OpenItemKind? KindOf(ActivityInstanceDestination destination, EventInstance current, ProcessDefinition definition)
    {
        if (destination.WorklistHeader is { IsOpen: true })
        {
            return OpenItemKind.Task;
        }

        return current.Status is not EventInstanceStatus.Waiting
            ? null
            : definition.ActivityArray[destination.Activity.Ordinal].EventArray[current.Position] switch
            {
                ServerEventDefinition => OpenItemKind.ServerItem,
                IpcEventDefinition => OpenItemKind.SubProcess,
                SignalEventDefinition => OpenItemKind.Signal,
                _ => null,
            };
    }
}
