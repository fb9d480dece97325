using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Migration;
using Workflow.Core.Instances;
using Workflow.Core.Records;

namespace Workflow.Core.Scheduling;

/// <summary>Lets an instance go on in another version of its definition. Nothing of it ends, begins or is asked again: each element goes on as its successor
/// (statements 8.8 to 8.8c).</summary>
internal static class VersionChange
{
    /// <summary>Changes the version.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="succession">The successors of all elements; it has no obstacles.</param>
    public static void Run(Episode episode, Succession succession)
    {
        Invariant.Holds(succession.Obstacles.Count == 0 && episode.PlannedSteps == 0);
        var process = episode.Process;
        var fields = SucceedingFields.Of(process.Fields, succession.To.ProcessFields, succession.Fields);
        process.ChangeVersion(succession.To.Version, fields, succession.ActivityOf, position => succession.Activities[position]!.To.Ordinal);

        // Timers and firings name their elements, so their elements are found as long as these have their old places.
        TimersInVersion.Change(process, succession);
        foreach (var activity in process.ActivityList)
        {
            Activity(activity, succession);
        }

        process.FamilyOrNull?.ChangeVersion(field => SucceedingFields.NameOfProcessField(field, succession));
        JoinsInVersion.Change(episode, succession);
        WaitsInVersion.Change(process, succession);
        SignalsInVersion.Change(process, succession);
        process.ChangeVersionOfHalt(new ElementWords(succession).Of, step => Step(step, succession));
        episode.ChangeDefinition(succession.To);
        TellStore(episode, succession);
        BeginAgain(episode);
    }

    private static void Activity(ActivityInstance activity, Succession succession)
    {
        var change = succession.Activities[activity.Ordinal]!;
        if (activity.PlanningOrNull is { SharedTaken: not null } sharing)
        {
            sharing.MoveShared(position => change.Events[position]!.Position);
            GiveBackShared(activity, sharing, change);
        }

        if (activity.PlanningOrNull is { Followed: not null, Exclusions: null } planning && !change.From.DestinationRule.LeavesOut)
        {
            // The destination rule of the new version leaves out nobody whom it was not asked about.
            planning.LeaveOut([]);
        }

        if (activity.PlanningOrNull is { FollowedQuestions.Count: > 0, Exclusions.Count: > 0 } following)
        {
            following.MoveSets(position => PositionOf(position, change.From.DestinationRule.Sets, change.To.DestinationRule.Sets));
        }

        foreach (var destination in activity.DestinationSpan)
        {
            Destination(destination, change, succession);
        }

        var fields = SucceedingFields.Of(activity.Fields, change.To.ActivityFields, change.SharedFields);
        SucceedingFields.Rename(fields, change.To.OutcomeOrdinal, name => change.Outcomes.GetValueOrDefault(name, name));
        activity.ChangeVersion(change.To.Name, change.To.Ordinal, activity.Line is { } line ? succession.LineOf(line.Name) : null, fields);
    }

    /// <summary>The position of a destination set of the same name; one behind all sets when there is none.</summary>
    private static int PositionOf(int position, IReadOnlyList<DestinationSet> from, IReadOnlyList<DestinationSet> to)
    {
        for (var index = 0; position < from.Count && index < to.Count; index++)
        {
            if (string.Equals(to[index].Name, from[position].Name, StringComparison.Ordinal))
            {
                return index;
            }
        }

        return to.Count + position;
    }

    /// <summary>A task that comes again for a destination has its slot once more: the destination gives back the shared slot that it took the first
    /// time. A slot that somebody has now stays taken.</summary>
    private static void GiveBackShared(ActivityInstance activity, DestinationPlanning planning, ActivitySuccession change)
    {
        foreach (var position in EventsAgain.Of(activity, change))
        {
            var used = 0;
            foreach (var destination in activity.DestinationSpan)
            {
                if (destination.Event is { } current && change.Events[current.Position]!.Position == position)
                {
                    used += destination.SlotList?.Count ?? 0;
                }
            }

            if (planning.TakenOf(position) > used)
            {
                planning.TakeShared(position, -1);
            }
        }
    }

    private static void Destination(ActivityInstanceDestination destination, ActivitySuccession change, Succession succession)
    {
        var task = TaskOf(destination, change.From);
        destination.WorklistHeader?.ChangeVersion(
            action => change.ActionOf(task, action),
            slot => slot.HasCopy ? OwnFields(slot.Fields, change, task) : change.To.DestinationFields.InitialFields);
        if (destination.Event is { } current)
        {
            var before = current.Position;
            var now = change.Events[before]!;
            destination.ChangeVersionOfEvent(
                now.Definition.Name, now.Position, field => SucceedingFields.NameOf(field, change, succession), answer => change.ActionOf(before, answer));
        }

        // It goes on behind the event that it had begun last (statement 8.8b).
        var next = destination.NextEvent == 0 ? 0 : change.Events[destination.NextEvent - 1]!.Position + 1;
        destination.ChangeVersion(OwnFields(destination.Fields, change, task), next);
    }

    private static DataFields OwnFields(DataFields fields, ActivitySuccession change, int task)
    {
        var own = SucceedingFields.Of(fields, change.To.DestinationFields, change.OwnFields);
        SucceedingFields.Rename(own, change.To.ActionResultOrdinal, action => change.ActionOf(task, action));
        return own;
    }

    /// <summary>The position of the event with answers that a destination began last; negative for none.</summary>
    private static int TaskOf(ActivityInstanceDestination destination, ActivityDefinition activity) => destination.NextEvent == 0
        ? -1
        : Array.FindLastIndex(activity.EventArray, destination.NextEvent - 1, destination.NextEvent, item => item.TakesAnswers);

    private static SuspendedStep Step(in SuspendedStep step, Succession succession) => step.Verb switch
    {
        nameof(Verb.EnterActivity) or nameof(Verb.FollowLine) =>
            step with { Element = succession.LineOf(step.Element), On = JoinsInVersion.Rename(step.On, succession) },
        nameof(Verb.GotoActivity) or nameof(Verb.AskJoin) =>
            step with { Element = succession.ActivityOf(step.Element), On = JoinsInVersion.Rename(step.On, succession) },
        _ => step,
    };

    /// <summary>The store finds tasks and server items by their names.</summary>
    private static void TellStore(Episode episode, Succession succession)
    {
        foreach (var activity in episode.Process.ActivityList)
        {
            var change = succession.Activities.First(item => item!.To.Ordinal == activity.Ordinal)!;
            var eventsBefore = EventsBefore(change);
            foreach (var destination in activity.DestinationSpan)
            {
                if (destination.Event is not { } current)
                {
                    continue;
                }

                var before = eventsBefore[current.Position]!;
                var isRenamed = (change.From.Name, before.Name) != (activity.Name, current.Name);
                if (destination.WorklistHeader is { IsOpen: true } header && (isRenamed || change.From.Priority != change.To.Priority))
                {
                    var entries = destination.People.Concat(header.Delegations.Select(delegation => delegation.To)).Distinct();
                    episode.Rename(new WorklistChange.Opened(Tasks.HeaderOf(episode, destination), [.. entries]));
                }
                else if (isRenamed && destination.WaitsAsServerItem)
                {
                    episode.ServerItems.Add(ServerItems.Waiting(episode, destination));
                }
            }
        }
    }

    /// <summary>The events of the old version by their positions in the new one; null for an event that is new.</summary>
    private static EventDefinition?[] EventsBefore(ActivitySuccession change)
    {
        var before = new EventDefinition?[change.To.EventArray.Length];
        for (var position = 0; position < change.Events.Count; position++)
        {
            before[change.Events[position]!.Position] = change.From.EventArray[position];
        }

        return before;
    }

    /// <summary>A question to the outside that the new version would understand otherwise is asked again.</summary>
    private static void BeginAgain(Episode episode)
    {
        var process = episode.Process;
        foreach (var activity in process.ActivityList)
        {
            // The answer would be read with the destination rule of the old version.
            if (activity is { Status: ActivityInstanceStatus.Active, MemberQuestion: not null, IsPlanned: false })
            {
                activity.Planning.MembersKnown();
                Plan(episode, new Operation(Verb.PlanDestinations, activity));
            }
        }

        foreach (var firing in process.TimersOrNull?.FiringsOrNull?.Open ?? [])
        {
            if (firing.WantsCall && !IsCallOf(firing, Escalations.DefinitionOf(episode, firing).Action))
            {
                // A firing that has failed is done again when the instance moves.
                firing.Fail();
                if (process.StoredStatus is ProcessInstanceStatus.Active)
                {
                    episode.Plan(new Operation(Verb.RepeatEscalation, firing));
                }
            }
        }
    }

    private static bool IsCallOf(Firing firing, EscalationAction action) => firing switch
    {
        { Status: not FiringStatus.WantsPeople } => action is EscalationAction.Run,
        { Receiver: null } => action is EscalationAction.RedirectToManager,
        _ => action is EscalationAction.Redirect,
    };

    private static void Plan(Episode episode, Operation operation)
    {
        if (episode.Process.StoredStatus is ProcessInstanceStatus.Active)
        {
            episode.Plan(operation);
        }
        else
        {
            episode.Process.Suspend(SuspendedSteps.Of(episode.Definition, operation));
        }
    }
}
