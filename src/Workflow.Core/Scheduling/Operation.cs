using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>One planned step.</summary>
/// <param name="Verb">The step to take.</param>
/// <param name="Target">The activity instance, the destination or the firing concerned; null where the process itself is. Where an activity is entered, the
/// branches on which that happens, or null.</param>
/// <param name="Ordinal">The position of the line or activity concerned, if one is.</param>
/// <param name="From">The number of the activity instance that was left, where an activity is entered along a line; where a join is asked, the split whose
/// lines it counts.</param>
internal readonly record struct Operation(Verb Verb, object? Target = null, int Ordinal = 0, int From = 0)
{
    public ActivityInstance Activity => (ActivityInstance)Target!;

    public ActivityInstanceDestination Destination => (ActivityInstanceDestination)Target!;

    public Firing Firing => (Firing)Target!;

    public Branches? On => (Branches?)Target;
}
