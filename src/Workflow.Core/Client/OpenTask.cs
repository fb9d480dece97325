using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Client;

/// <summary>A task that is open, with what the definition says of it.</summary>
/// <param name="Destination">The destination whose task it is.</param>
/// <param name="Activity">The definition of its activity.</param>
/// <param name="Task">The definition of its client event.</param>
internal readonly record struct OpenTask(ActivityInstanceDestination Destination, ActivityDefinition Activity, ClientEventDefinition Task)
{
    /// <summary>The task that is open in a destination; null when there is none.</summary>
    public static OpenTask? Of(ProcessDefinition definition, ActivityInstanceDestination destination) => definition.OpenTaskOf(destination) is { } task
        ? new OpenTask(destination, definition.ActivityArray[destination.Activity.Ordinal], task)
        : null;
}
