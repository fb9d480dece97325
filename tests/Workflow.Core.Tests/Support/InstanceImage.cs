using System.Globalization;
using System.Text;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Tests.Support;

/// <summary>Everything that an instance in memory knows, as text to compare. Positions within a definition appear as the names they stand for.</summary>
internal static class InstanceImage
{
    public static string Of(ProcessInstance process, ProcessDefinition definition)
    {
        var text = new StringBuilder();
        Add(
            text,
            $"{process.Id} {process.Definition} {process.DefinitionVersion} '{process.Folio}' {process.Originator} {process.StoredStatus} {process.Status}");
        Add(text, $"{Time(process.StartedAt)} {Time(process.BeginsAt)} {Time(process.EndedAt)}");
        Add(text, $"v{process.Version} steps {process.AutomaticSteps} facts {process.JournalCount}");
        Add(text, $"last {process.LastActivityId} {process.LastDestinationId} {process.LastEventId} {process.LastLineId}");
        Add(text, $"error {process.Error} suspended {string.Join(';', process.Suspended)} skipped {string.Join(';', process.Skipped)}");
        AddFields(text, process.Fields);
        Add(text, $"holding {string.Join(' ', process.WaitsOrNull?.Holding ?? [])}");
        Add(text, $"waiting {string.Join(' ', (process.WaitsOrNull?.Waiting ?? []).Select(Wait))}");
        AddTimers(text, process, TimerOwner.Process);
        foreach (var activity in process.Activities)
        {
            AddActivity(text, activity, definition.Activities[activity.Ordinal]);
        }

        Add(text, $"next call {process.NextPlannedCall().Kind} {process.NextPlannedCall().Number}");
        return text.ToString();
    }

    private static void AddActivity(StringBuilder text, ActivityInstance activity, ActivityDefinition definition)
    {
        Add(
            text,
            $"activity {activity.Id} {activity.Name} {definition.Name} {activity.Status} {activity.Line} {Time(activity.StartedAt)} {Time(activity.EndedAt)}");
        Add(text, $"  slots {activity.CompletedSlots} of {activity.SlotTotal}, at work {activity.ActiveDestinations}, ended by {activity.CompletedBy?.Id}");
        AddQuestion(text, activity.MemberQuestion);
        Add(text, $"  exclusions {string.Join("; ", (activity.PlanningOrNull?.Exclusions ?? []).Select(Exclusion))}");
        Add(text, $"  follows {string.Join(", ", activity.PlanningOrNull?.Followed ?? [])}");
        Add(text, $"  follows the answers to {string.Join(", ", (activity.PlanningOrNull?.FollowedQuestions ?? []).Select(Asked))}");
        Add(text, $"  unknown {string.Join(", ", activity.PlanningOrNull?.Reported ?? [])}");
        AddFields(text, activity.Fields);
        AddTimers(text, activity.Process, TimerOwner.Of(activity));
        foreach (var destination in activity.Destinations)
        {
            var next = destination.NextEvent < definition.Events.Count ? definition.Events[destination.NextEvent].Name : "";
            Add(text, $"  destination {destination.Serial} {destination.Status} {Time(destination.StartedAt)} {Time(destination.EndedAt)}");
            Add(text, $"    slots {destination.OwnCompletedSlots} of {destination.SlotCount} data {Value(destination.InstanceData)} next '{next}'");
            AddFields(text, destination.Fields);
            Add(text, $"    for {string.Join(", ", destination.Destinations)} apart {destination.StoresPeopleApart}");
            AddTimers(text, activity.Process, TimerOwner.Of(destination));
            AddHeader(text, destination.WorklistHeader);
            AddEvent(text, destination.Event, definition);
            if (destination.Event is not null)
            {
                AddTimers(text, activity.Process, TimerOwner.OfEvent(destination));
            }

            foreach (var slot in destination.Slots)
            {
                Add(text, $"    slot {slot.Id} {slot.User} {slot.Party} {slot.Entry} {slot.HasCopy} {slot.Status} {slot.Action} {Time(slot.CompletedAt)}");
                AddFields(text, slot.Fields);
            }
        }
    }

    private static string Wait(WaitingActivity wait) => $"{wait.Number.Invariant()} {wait.AwaitsMilestone} {wait.AwaitsGroup}";

    private static void AddQuestion(StringBuilder text, MemberQuestion? question)
    {
        if (question is not null)
        {
            Add(text, $"  asks {question.Number} for {string.Join(", ", question.Wanted)}");
            Add(text, $"  and asks {string.Join(", ", question.Asked.Select(Asked))} {(question.List is { } list ? Named(list) : "no list")}");
            Add(text, $"  without {(question.LeftOut is { } leftOut ? string.Join("; ", leftOut.Select(LeftOut)) : "saying whom")}");
        }
    }

    private static string Asked(AskedQuestion asked) =>
        $"{Named(asked.Question)} of set {asked.Set.Invariant()} at {asked.Before.Invariant()} {asked.IsResolved}";

    private static string Named(NamedQuestion question) => $"{question}({string.Join(", ", question.Arguments.Select(value => Value(value)))})";

    private static string LeftOut(LeftOut leftOut) => $"{string.Join(", ", leftOut.Users)} by set {leftOut.Set.Invariant()}";

    private static string Exclusion(Exclusion exclusion) => $"{exclusion.User} by {exclusion.Set} through {string.Join(", ", exclusion.Through)}";

    private static void AddHeader(StringBuilder text, WorklistHeader? header)
    {
        if (header is null)
        {
            return;
        }

        Add(text, $"    header {header.IsOpen} '{header.Data}' last {header.LastSlotId} completed {header.CompletedSlots} apart {header.StoresSlotsApart}");
        Add(text, $"      excluded {string.Join(", ", header.Excluded)}, inherited {string.Join(", ", header.Inheritances)}");
        foreach (var sleep in header.Sleeps)
        {
            Add(text, $"      sleep {sleep.User} {sleep.Party} {Time(sleep.Until)} {sleep.Timer}");
        }

        foreach (var delegation in header.Delegations)
        {
            Add(text, $"      delegation {delegation.By} {delegation.Entry} {delegation.To} {string.Join(", ", delegation.Actions ?? [])}");
        }

        Add(text, $"      rights {string.Join(", ", header.ActionRights)}");
    }

    private static void AddEvent(StringBuilder text, EventInstance? current, ActivityDefinition definition)
    {
        if (current is not null)
        {
            Add(text, $"    event {current.Id} {current.Name} {definition.Events[current.Position].Name} {current.Status} {Time(current.StartedAt)}");
            Add(
                text,
                $"      attempts {current.Attempts} cut short {current.CutShort} key '{current.CorrelationKey}' parked {current.ParkedFinish?.User}");
            Add(text, $"      {Time(current.ParkedFinish?.At)}");
            foreach (var change in current.ParkedFinish?.Changes ?? [])
            {
                Add(text, $"        {change.Name} = {Value(change.Value)}");
            }
        }
    }

    private static void AddTimers(StringBuilder text, ProcessInstance process, TimerOwner owner)
    {
        foreach (var timer in process.TimersOrNull?.Of(owner) ?? default)
        {
            Add(text, $"      timer {timer.Number} {timer.Kind} {timer.Element} {timer.Occurrence} {Time(timer.DueAt)} of {owner}");
        }

        foreach (var firing in process.TimersOrNull?.FiringsOrNull?.Of(owner) ?? [])
        {
            Add(text, $"    fired {firing.Number} {firing.Escalation} {firing.Occurrence} {Time(firing.DueAt)} for {firing.StandsFor}");
            Add(text, $"      {firing.Status} over {firing.IsOver} attempts {firing.Attempts} cut short {firing.CutShort} to {firing.Receiver}");
        }

        var held = (process.TimersOrNull?.Of(owner) ?? default).Where(timer => process.Timers.IsHeld(timer)).Select(timer => timer.Number);
        Add(text, $"    held {string.Join(' ', held)}");
    }

    private static void AddFields(StringBuilder text, DataFields fields)
    {
        foreach (var name in fields.Names.Order(StringComparer.Ordinal))
        {
            Add(text, $"      {name} = {Value(fields[name])}");
        }
    }

    private static string Value(FieldValue value) => Convert.ToHexString(Piece.OfValue(value));

    private static string Time(DateTimeOffset? time) => time?.UtcTicks.ToString(CultureInfo.InvariantCulture) ?? "-";

    private static void Add(StringBuilder text, FormattableString line) => text.Append(FormattableString.Invariant(line)).Append('\n');
}
