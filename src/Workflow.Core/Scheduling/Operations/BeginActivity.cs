using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling.Operations;

/// <summary>The start rule lets an activity instance begin: its escalations are armed, and then its destinations are planned (statement 6.2).</summary>
internal static class BeginActivity
{
    public static void Run(Episode episode, ActivityInstance activity)
    {
        var escalations = episode.DefinitionOf(activity).EscalationArray;
        var due = Escalations.DueOf(episode, escalations, activity);
        Escalations.Arm(episode, TimerOwner.Of(activity), escalations, due);
        episode.Plan(Verb.PlanDestinations, activity);
    }
}
