using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;
using Workflow.Core.Records;

namespace Workflow.Core.Scheduling;

/// <summary>Adds destinations and slots to an activity instance that is active, as its plan says (statement 4.16).</summary>
internal static class Additions
{
    public const string Statement = "4.16";

    /// <summary>Why destinations cannot be added; null when they can.</summary>
    public static Refusal? WhyNot(Episode episode, ActivityInstance activity, ManagementRequest.AddDestinations request)
    {
        var definition = episode.DefinitionOf(activity);
        if (activity.DestinationSpan[0].People.Count == 0)
        {
            return Refusal.State(Statement, $"the plan of its activity '{activity.Name}' has no destinations. Add slots, if it is planned per slot.");
        }

        if (definition.DestinationRule.Treatment is not RoleTreatment.Unresolved && Destination.AreRolesAmong(request.Destinations))
        {
            return Refusal.State(
                Statement, $"its activity '{activity.Name}' puts the members in the place of roles and groups, so only users can be added. Name the users.");
        }

        foreach (var added in request.Destinations)
        {
            if (WhyNot(activity, definition, added, request) is { } refusal)
            {
                return refusal;
            }
        }

        var slots = request.Destinations.Count * SlotsWith(activity, definition);
        return (activity.IsJustOnce ? WhyTaskIsOver(activity) : null) ?? WhyNoRoom(episode, activity, request.Destinations.Count, slots);
    }

    /// <summary>Adds destinations, after <see cref="WhyNot(Episode, ActivityInstance, ManagementRequest.AddDestinations)"/>.</summary>
    public static void Add(Episode episode, ActivityInstance activity, IReadOnlyList<Destination> added)
    {
        var definition = episode.DefinitionOf(activity);
        var first = activity.DestinationSpan[0];
        episode.Record(JournalKind.Added, activity, string.Join(", ", added));
        foreach (var who in added)
        {
            Reassignment.WarnOfNameOfRole(episode, first, who);
            if (who.Kind is not DestinationKind.User && NamedRole.HasTask(definition))
            {
                episode.NameRole(activity, who);
            }
        }

        if (activity.IsJustOnce)
        {
            AddToOne(episode, first, definition, added);
            return;
        }

        if (!activity.SharesSlots)
        {
            activity.SetSlotTotal(activity.SlotTotal + added.Count);
        }

        if (activity.Turns is { } turns)
        {
            activity.Planning.ReplaceTurns([.. turns.Remaining, .. added]);
            BeginTurn(episode, activity);
            return;
        }

        Begin(episode, [.. added.Select(who => NewDestination.Add(episode, activity, definition, [who], slots: 1, FieldValue.Null))]);
    }

    /// <summary>Why slots cannot be added; null when they can.</summary>
    public static Refusal? WhyNot(Episode episode, ActivityInstance activity, ManagementRequest.AddSlots request)
    {
        var definition = episode.DefinitionOf(activity);
        var isPerSlot = !activity.IsJustOnce && activity.DestinationSpan[0].People.Count == 0;
        if (request.Data.Count > 0 && WhyNoData(activity, definition, isPerSlot, request.Data) is { } noData)
        {
            return noData;
        }

        if (isPerSlot)
        {
            return WhyNoRoom(episode, activity, request.Count, request.Count);
        }

        if (activity.IsJustOnce ? definition.DestinationRule.Slots is SlotAllocation.EachDestination : !activity.SharesSlots)
        {
            return Refusal.State(Statement, $"its activity '{activity.Name}' has a slot for each destination. Add destinations.");
        }

        if (activity.IsJustOnce && !definition.DestinationRule.IsForTask)
        {
            return Refusal.State(
                Statement, $"its activity '{activity.Name}' has no task, so its slots are completed all at once and more of them change nothing.");
        }

        return (activity.IsJustOnce ? WhyTaskIsOver(activity) : null) ?? WhyNoRoom(episode, activity, 0, request.Count);
    }

    /// <summary>Adds slots, after <see cref="WhyNot(Episode, ActivityInstance, ManagementRequest.AddSlots)"/>.</summary>
    public static void Add(Episode episode, ActivityInstance activity, ManagementRequest.AddSlots request)
    {
        var first = activity.DestinationSpan[0];
        var isPerSlot = !activity.IsJustOnce && first.People.Count == 0;
        episode.Record(JournalKind.Added, activity, request.Count == 1 ? "1 slot" : $"{request.Count.Invariant()} slots");
        activity.SetSlotTotal(activity.SlotTotal + request.Count);
        if (activity.IsJustOnce)
        {
            first.SetSlotCount(first.SlotCount + request.Count);
            Resume(first);
        }
        else if (isPerSlot)
        {
            var definition = episode.DefinitionOf(activity);
            Begin(episode, [.. Enumerable.Range(0, request.Count).Select(position => NewDestination.Add(
                episode, activity, definition, [], slots: 1, position < request.Data.Count ? request.Data[position] : FieldValue.Null))]);
        }
        else
        {
            BeginTurn(episode, activity);
        }
    }

    private static Refusal? WhyNot(
        ActivityInstance activity, ActivityDefinition definition, in Destination added, ManagementRequest.AddDestinations request)
    {
        // In turn somebody may have several turns (statement 4.11).
        if (activity.Turns is null && TakesPart(activity, added))
        {
            return Refusal.State(Statement, $"the {added} is a destination of its activity '{activity.Name}' already. Name another.");
        }

        return added.Kind is DestinationKind.User && ExclusionCheck.Of(activity, added.Name, request.MembershipsOf(added.Name)) is { } exclusion
            ? Refusal.State("4.10", $"'{added.Name}' cannot be added: {ExclusionCheck.Words(definition, exclusion)}. Name another user.")
            : null;
    }

    /// <summary>Whether somebody is a destination, or has done their part of a task.</summary>
    private static bool TakesPart(ActivityInstance activity, in Destination who)
    {
        foreach (var destination in activity.DestinationSpan)
        {
            if ((destination.Status is DestinationStatus.Active || destination.HasAnswered)
                && (destination.IsFor(who)
                    || (who.Kind is DestinationKind.User && destination.WorklistHeader?.SlotOf(who.Name) is { Status: SlotStatus.Completed })))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>In plan just once all have one task. Its answers stand as they are when it is over.</summary>
    private static Refusal? WhyTaskIsOver(ActivityInstance activity) =>
        activity.DestinationSpan[0] is { Status: DestinationStatus.Active, WorklistHeader: null or { IsOpen: true } }
            ? null
            : Refusal.State(Statement, $"the task of its activity '{activity.Name}' is over, and its answers stand as they are.");

    private static Refusal? WhyNoData(ActivityInstance activity, ActivityDefinition definition, bool isPerSlot, IReadOnlyList<FieldValue> data)
    {
        if (!isPerSlot || definition.DestinationRule.Slots.Source is not { } source)
        {
            return Refusal.State(Statement, $"the slots of its activity '{activity.Name}' have no instance data. Leave the data out.");
        }

        var shape = source.Shape with { IsList = false };
        return data.All(value => value.IsNull || value.Fits(shape))
            ? null
            : Refusal.State(Statement, $"the slots of its activity '{activity.Name}' have instance data of the type {shape.Type}. Give data of that type.");
    }

    /// <summary>How many slots one more destination brings.</summary>
    private static int SlotsWith(ActivityInstance activity, ActivityDefinition definition) =>
        activity.SharesSlots || (activity.IsJustOnce && definition.DestinationRule.Slots is not SlotAllocation.EachDestination) ? 0 : 1;

    private static Refusal? WhyNoRoom(Episode episode, ActivityInstance activity, int destinations, int slots)
    {
        var people = activity.IsJustOnce ? activity.DestinationSpan[0].People.Count : activity.DestinationCount + (activity.Turns?.Count ?? 0);
        var most = Math.Max((long)people + destinations, (long)activity.SlotTotal + slots);
        if (most > episode.Limits.Slots)
        {
            return Refusal.State(
                "4.4", $"its activity '{activity.Name}' would have {most.Invariant()} slots or destinations, and the limit is "
                    + $"{episode.Limits.Slots.Invariant()}. Raise WorkflowOptions.SlotLimit.");
        }

        var active = (long)episode.Process.ActiveDestinations + (activity.IsJustOnce || activity.Turns is not null ? 0 : destinations);
        return active > episode.Limits.Destinations
            ? Refusal.State(
                "4.4", $"{active.Invariant()} destinations would be active at once in it, and the limit is {episode.Limits.Destinations.Invariant()}. Raise "
                    + "WorkflowOptions.DestinationLimit.")
            : null;
    }

    private static void AddToOne(Episode episode, ActivityInstanceDestination destination, ActivityDefinition definition, IReadOnlyList<Destination> added)
    {
        destination.SetPeople([.. destination.People, .. added]);
        if (definition.DestinationRule.Slots is SlotAllocation.EachDestination)
        {
            destination.SetSlotCount(destination.SlotCount + added.Count);
            destination.Activity.SetSlotTotal(destination.Activity.SlotTotal + added.Count);
        }

        if (destination.WorklistHeader is { IsOpen: true })
        {
            foreach (var who in added)
            {
                episode.Worklist.Add(new WorklistChange.EntryAdded(destination.Serial, who));
            }
        }

        Resume(destination);
    }

    /// <summary>A task that was stalled can be answered again.</summary>
    private static void Resume(ActivityInstanceDestination destination)
    {
        if (destination is { Event.Status: EventInstanceStatus.Stalled, WorklistHeader.IsOpen: true })
        {
            destination.ResumeEvent();
        }
    }

    private static void Begin(Episode episode, List<ActivityInstanceDestination> added) =>
        added.ForEach(destination => episode.Plan(Verb.StartEvent, destination));

    /// <summary>Nobody had a turn left, and the activity has waited for an answer that could not come.</summary>
    private static void BeginTurn(Episode episode, ActivityInstance activity)
    {
        if (activity is { Turns: not null, ActiveDestinations: 0 } && NextTurn.IsThere(activity))
        {
            NextTurn.Begin(episode, activity);
        }
    }
}
