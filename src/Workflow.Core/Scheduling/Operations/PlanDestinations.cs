using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling.Operations;

/// <summary>Runs the destination rule. All destinations exist before the first event of any of them (statement 3.12); without a slot the activity is
/// completed at once (statement 4.13).</summary>
internal static class PlanDestinations
{
    public static void Run(Episode episode, ActivityInstance activity)
    {
        var definition = episode.DefinitionOf(activity);
        var plan = Ask.Plan(episode, definition, activity);
        activity.PlanSlots(plan.SlotTotal, plan.Destinations);
        if (plan.Destinations == 0)
        {
            activity.Complete(by: null, episode.Now);
            episode.Record(JournalKind.ActivityCompleted, activity);
            episode.Plan(Verb.Leave, activity);
            return;
        }

        for (var position = 0; position < plan.Destinations; position++)
        {
            var fields = DataFields.InitialOf(definition.DestinationFields);
            var destination = activity.AddDestination(plan.SlotsEach, plan.DataOf(position), fields, episode.Now);
            episode.Record(JournalKind.DestinationCreated, destination);
        }

        foreach (var destination in activity.DestinationSpan)
        {
            episode.Plan(Verb.StartEvent, destination);
        }
    }
}
