using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Analysis;

/// <summary>Makes activity instances that nobody stores, with answers as an analysis wants them, so that it can ask the same rules as the engine
/// does.</summary>
internal static class TrialInstance
{
    public static ActivityInstance WithoutAnswers(ProcessDefinition definition, ActivityDefinition activity)
    {
        var fields = DataFields.InitialOf(definition.ProcessFields);
        var process = new ProcessInstance(
            new ProcessInstanceId(1), definition.Name, definition.Version, folio: "", originator: "", fields, DateTimeOffset.UnixEpoch);
        return process.AddActivity(
            activity.Name, activity.Ordinal, line: null, DataFields.InitialOf(activity.ActivityFields), DateTimeOffset.UnixEpoch);
    }

    /// <summary>An activity instance with a task for some users. The first of them have answered.</summary>
    /// <param name="definition">The process.</param>
    /// <param name="activity">The activity, with one client event.</param>
    /// <param name="slots">How many slots there are.</param>
    /// <param name="users">How many users there are; as many as there are answers at least.</param>
    /// <param name="answers">The actions, in the order in which they were taken; at least one.</param>
    /// <param name="areDestinationsSeen">Whether a rule looks at the destinations; if none does, all slots are put into one, which is quicker.</param>
    /// <returns>The destination of the last answer.</returns>
    public static ActivityInstanceDestination WithAnswers(
        ProcessDefinition definition, ActivityDefinition activity, int slots, int users, IReadOnlyList<string> answers, bool areDestinationsSeen)
    {
        var instance = WithoutAnswers(definition, activity);
        var people = Enumerable.Range(1, users).Select(number => Destination.User($"user {number.Invariant()}")).ToList();
        var isJustOnce = !areDestinationsSeen || activity.DestinationRule.Plan is PlanOption.JustOnce;
        instance.PlanSlots(slots, isJustOnce ? 1 : users, isJustOnce);
        if (isJustOnce)
        {
            Begin(activity, instance, people, slots);
        }
        else
        {
            people.ForEach(user => Begin(activity, instance, [user], slots: 1));
        }

        for (var index = 0; index < answers.Count; index++)
        {
            Answer(activity, instance.DestinationSpan[isJustOnce ? 0 : index], people[index], answers[index]);
        }

        return instance.DestinationSpan[isJustOnce ? 0 : answers.Count - 1];
    }

    private static void Begin(ActivityDefinition activity, ActivityInstance instance, IReadOnlyList<Destination> people, int slots)
    {
        var destination = instance.AddDestination(people, slots, FieldValue.Null, DataFields.InitialOf(activity.DestinationFields), DateTimeOffset.UnixEpoch);
        destination.StartEvent("", startsProcess: false, DateTimeOffset.UnixEpoch);
        destination.OpenTask(data: null);
    }

    private static void Answer(ActivityDefinition activity, ActivityInstanceDestination destination, Destination user, string action)
    {
        destination.Set(activity.ActionResultOrdinal, FieldValue.From(action));
        var slot = destination.WorklistHeader!.Take(user.Name, user.Name, user);
        destination.WorklistHeader.Complete(slot, action, destination.Fields.Copy(), DateTimeOffset.UnixEpoch);
        destination.Activity.CompleteSlot(slot);
    }
}
