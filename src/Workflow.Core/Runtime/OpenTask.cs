using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;

namespace Workflow.Core.Runtime;

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

    /// <summary>The task in a standing of a user.</summary>
    public ItemView View(in Standing standing, Actor actor, DateTimeOffset readAt) => new(Destination, Activity, Task, standing, actor, readAt);

    /// <summary>The task as a user sees it who has opened it; null when they have no standing any more.</summary>
    public ItemView? SeenBy(Actor actor, DateTimeOffset readAt) =>
        Standing.Find(Destination, actor, Task.AllowsAnyUser) is { } standing ? View(standing, actor, readAt) : null;
}
