using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Makes the activity instance destination whose turn it is and starts its events (statement 4.5, plan per destination in turn).</summary>
internal static class NextTurn
{
    /// <summary>Whether another destination gets its turn: one is left, and so is a slot (statement 4.6).</summary>
    public static bool IsThere(ActivityInstance activity) => activity.Turns is { Count: > 0 } && activity.CompletedSlots < activity.SlotTotal;

    public static void Begin(Episode episode, ActivityInstance activity)
    {
        var next = activity.Planning.TakeTurn();
        Invariant.Holds(next is not null);
        var destination = NewDestination.Add(episode, activity, episode.DefinitionOf(activity), [next.Value], slots: 1, FieldValue.Null);
        episode.Plan(Verb.StartEvent, destination);
    }
}
