using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;
using Workflow.Core.Rules;

namespace Workflow.Core.Scheduling.Operations;

/// <summary>Asks the activity's succeeding rule after a destination has completed; without one it is true (statement 0.2).</summary>
/// <remarks>When it is true, the other destinations expire before the engine checks the lines (statement 3.1). So no line rule sees a destination that can no
/// longer answer. An activity that keeps the rest lets them go on instead (statement 13.1l).</remarks>
internal static class SucceedActivity
{
    public static void Run(Episode episode, ActivityInstanceDestination completed)
    {
        var activity = completed.Activity;
        if (activity.Status is not ActivityInstanceStatus.Active)
        {
            return;
        }

        if (activity.IsRestGoingOn)
        {
            // The rule was true, and is not asked again (statement 13.1l).
            if (!RestOfActivity.IsThere(completed))
            {
                RestOfActivity.End(episode, activity);
            }

            return;
        }

        var definition = episode.DefinitionOf(activity);
        if (Question.OfActivity(definition, completed).IsTrue(out var outcome))
        {
            if (outcome is not null)
            {
                FieldWriter.Write(episode, completed, [new FieldWrite(FieldScope.Activity, definition.OutcomeOrdinal, FieldValue.From(outcome.Name))]);
            }

            if (definition.KeepsRest && RestOfActivity.IsThere(completed))
            {
                RestOfActivity.Keep(episode, activity, completed);
                return;
            }

            Expiry.OfDestinations(episode, activity, ExpiryReason.SucceedingRuleTrue);
            ActivityEnd.Complete(episode, activity, completed);
        }
        else if (!Unresolved.IsAnotherAtWork(completed))
        {
            var byPlan = activity.ActiveDestinations == 0 ? WhenUnresolved.Complete : WhenUnresolved.Wait;
            Unresolved.Apply(episode, completed, Unresolved.Policy(episode, activity, byPlan), Verb.SucceedActivity);
        }
    }
}
