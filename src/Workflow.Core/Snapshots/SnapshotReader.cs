using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>Reads the parts that <see cref="SnapshotWriter"/> wrote, and binds the names in them to a definition.</summary>
internal static class SnapshotReader
{
    /// <summary>Which definition, in which version, an instance needs, so that the rest can be read with it.</summary>
    public static (string Definition, int Version) DefinitionOf(ReadOnlySpan<byte> header, ProcessInstanceId id)
    {
        var reader = new PartReader(header, PartKind.Header, new PartPlace(id.Value), $"process instance {id}");
        return (reader.Text(), reader.Integer());
    }

    public static ProcessInstance Header(
        ReadOnlySpan<byte> header, ProcessInstanceId id, long version, long journalCount, ProcessDefinition definition, OwnerClaims claims)
    {
        var reader = new PartReader(header, PartKind.Header, new PartPlace(id.Value), $"process instance {id}");
        var name = reader.Text();
        var definitionVersion = reader.Integer();
        var folio = reader.Text();
        var originator = reader.Text();
        var startedAt = reader.Instant();
        var status = reader.Choice<ProcessInstanceStatus>();
        if (status is ProcessInstanceStatus.Running)
        {
            throw reader.Refuse("its status is Running, which is never stored");
        }

        var endedAt = reader.OptionalInstant(startedAt);
        var automaticSteps = reader.Integer();
        var lastIds = (Activity: reader.Integer(), Destination: reader.Integer(), Event: reader.Integer(), Line: reader.Integer());
        var isCounted = reader.Version >= PartFormat.Counted;
        var (activities, sum) = isCounted ? (reader.Number(), reader.Number()) : default;
        var (error, suspended, skipped, details) = ErrorReader.Read(ref reader, status, startedAt);
        var fields = Fields(ref reader, definition.ProcessFields);
        claims.Process = isCounted ? new OwnerClaims.OfProcess((int)(activities >> 1), sum, (activities & 1) != 0, details) : null;

        var process = new ProcessInstance(id, name, definitionVersion, folio, originator, fields, startedAt);
        process.Restore(
            new StoredHeader
            {
                Status = status,
                EndedAt = endedAt,
                Error = error,
                Suspended = suspended,
                AutomaticSteps = automaticSteps,
                JournalCount = journalCount,
                LastActivityId = lastIds.Activity,
                LastDestinationId = lastIds.Destination,
                LastEventId = lastIds.Event,
                LastLineId = lastIds.Line,
                Version = version,
            },
            fields);
        process.RestoreSkipped(skipped);
        TimerReader.Read(ref reader, process, TimerOwner.Process, isAtWork: !status.HasEnded());
        if (reader.Version >= PartFormat.WithProcessStarts)
        {
            process.BeginsAt = reader.Instant(startedAt);
        }

        RunReader.Read(ref reader, process, definition, isCounted ? (int)(activities >> 1) : null);
        JoinReader.Joins(ref reader, process, definition);
        WaitReader.Read(ref reader, process, definition);
        SignalReader.Signals(ref reader, process);
        FamilyReader.Read(ref reader, process);
        reader.End();
        return process;
    }

    /// <returns>The number of the destination that ended the activity, or 0; it is put back when the destinations are.</returns>
    public static int Activity(ReadOnlySpan<byte> part, int id, ProcessInstance process, ProcessDefinition definition, OwnerClaims claims)
    {
        var place = new PartPlace(process.Id.Value, id);
        var reader = new PartReader(part, PartKind.Activity, place, $"activity instance {id.Invariant()} of process instance {process.Id}");
        var since = process.StartedAt;
        var name = reader.Text();
        var activityDefinition = definition.Find(name)
            ?? throw reader.Refuse($"version {definition.Version.Invariant()} of '{definition.Name}' has no activity '{name}'");
        var line = Line(ref reader);
        var status = reader.Choice<ActivityInstanceStatus>();
        var startedAt = reader.Instant(since);
        var endedAt = reader.OptionalInstant(since);
        var slotTotal = reader.Integer();
        var completedSlots = reader.Integer();
        var completedBy = reader.Integer();
        var isCounted = reader.Version >= PartFormat.Counted;
        var (destinations, sum) = isCounted ? (reader.Integer(), reader.Number()) : default;
        var fields = Fields(ref reader, activityDefinition.ActivityFields);
        var isJustOnce = reader.Flag();
        var activity = new ActivityInstance(process, id, activityDefinition.Name, activityDefinition.Ordinal, line, fields, startedAt);
        var isAtWork = status is ActivityInstanceStatus.Active;
        var (planning, lists) = reader.Flag() ? PlanningReader.Planning(ref reader, activity, isAtWork) : default;
        TimerReader.Read(ref reader, process, TimerOwner.Of(activity), isAtWork);
        var counts = CountsReader.Read(ref reader, activityDefinition, destinations);
        var branches = JoinReader.BranchesIfAny(ref reader);
        var rest = reader.Version >= PartFormat.WithRests ? Rest(ref reader) : RestStatus.None;
        reader.End();
        claims.Activity = isCounted ? new OwnerClaims.OfActivity(destinations, sum, lists, counts) : null;
        activity.Restore(status, endedAt, slotTotal, completedSlots, isJustOnce, fields, planning);
        activity.Restore(rest);
        process.Restore(activity);
        if (branches is not null)
        {
            process.Joined.SetBranches(id, branches);
        }

        return completedBy;
    }

    public static void Destination(ReadOnlySpan<byte> part, int id, ActivityInstance activity, ActivityDefinition definition, OwnerClaims claims)
    {
        var place = new PartPlace(activity.Process.Id.Value, activity.Id, id);
        var reader = new PartReader(part, PartKind.Destination, place, $"destination {activity.Process.Id}_{id.Invariant()}");
        var since = activity.Process.StartedAt;
        var status = reader.Choice<DestinationStatus>();
        var startedAt = reader.Instant(since);
        var endedAt = reader.OptionalInstant(since);
        var areApart = reader.Flag();
        uint? people = areApart && reader.Version >= PartFormat.Counted ? reader.Checksum() : null;
        Destination[] destinations = areApart ? [] : Destinations(ref reader);
        var slotCount = reader.Integer();
        var ownCompletedSlots = reader.Integer();
        var instanceData = reader.Value();
        var nextEvent = reader.Text();
        var fields = Fields(ref reader, definition.DestinationFields);
        var next = nextEvent.Length == 0 ? definition.Events.Count : Position(ref reader, definition, nextEvent);
        var current = Event(ref reader, definition, since);
        var destination = new ActivityInstanceDestination(activity, id, destinations, slotCount, instanceData, fields, startedAt);
        var (header, slots) = TaskReader.Header(ref reader, destination, definition, since);
        destination.Restore(status, endedAt, next, ownCompletedSlots, fields, current, header);
        Timers(ref reader, destination);
        reader.End();
        activity.Restore(destination);
        claims.Destination = new OwnerClaims.OfDestination(areApart, people, slots);
    }

    /// <summary>The users, groups and roles that a destination is for, where they are stored by themselves.</summary>
    public static void People(ReadOnlySpan<byte> part, ActivityInstanceDestination destination)
    {
        var reader = new PartReader(part, PartKind.People, PartPlace.Of(destination), $"people of destination {destination.Serial}");
        destination.RestorePeople(Destinations(ref reader));
        destination.Apart!.Checksum = PartFormat.ChecksumOf(part);
        reader.End();
    }

    /// <summary>A slot, where each is stored for itself.</summary>
    public static void Slot(ReadOnlySpan<byte> part, int number, ActivityInstanceDestination destination, ActivityDefinition definition)
    {
        var reader = new PartReader(part, PartKind.Slot, PartPlace.Of(destination, number), $"slot of destination {destination.Serial}");
        var slot = TaskReader.Slot(ref reader, definition, destination.Activity.Process.StartedAt);
        reader.End();
        if (slot.Id != number)
        {
            throw reader.Refuse($"it is slot {slot.Id.Invariant()} and stored as slot {number.Invariant()}");
        }

        if (destination.WorklistHeader is not { StoresSlotsApart: true } header)
        {
            throw reader.Refuse("its destination has no slots that are stored for themselves");
        }

        header.Restore(slot);
        header.Sum(slot, PartFormat.ChecksumOf(part));
    }

    /// <summary>The users who have acted in each activity.</summary>
    public static void Actors(ReadOnlySpan<byte> part, ProcessInstance process)
    {
        var reader = new PartReader(part, PartKind.Actors, PartPlace.Of(process), $"actors of process instance {process.Id}");
        for (var left = reader.Count(); left > 0; left--)
        {
            process.Restore(new ActivityActors(reader.Text(), reader.Integer(), TaskReader.Texts(ref reader)));
        }

        reader.End();
    }

    internal static Destination[] Destinations(ref PartReader reader)
    {
        var destinations = new Destination[reader.Count()];
        for (var index = 0; index < destinations.Length; index++)
        {
            destinations[index] = Destination(ref reader);
        }

        return destinations;
    }

    internal static Destination Destination(ref PartReader reader)
    {
        var kind = reader.Choice<DestinationKind>();
        var name = reader.Text();
        return Names.Problem(name) is { } problem
            ? throw reader.Refuse($"the name of a destination cannot be one: {problem}")
            : Workflow.Core.Destination.Stored(kind, name);
    }

    private static void Timers(ref PartReader reader, ActivityInstanceDestination destination)
    {
        var process = destination.Activity.Process;
        var isAtWork = destination.Status is DestinationStatus.Active;
        TimerReader.Read(ref reader, process, TimerOwner.Of(destination), isAtWork);
        if (destination.Event is not null)
        {
            TimerReader.Read(ref reader, process, TimerOwner.OfEvent(destination), isAtWork);
            TimerReader.OfSleeps(reader, destination);
        }
    }

    private static RestStatus Rest(ref PartReader reader)
    {
        var rest = reader.Integer();
        return rest <= (int)RestStatus.Left
            ? (RestStatus)rest
            : throw reader.Refuse($"{rest.Invariant()} does not say how far it is with its lines");
    }

    private static LineInstance? Line(ref PartReader reader) =>
        reader.Flag() ? new LineInstance(reader.Integer(), reader.Text(), reader.Integer()) : null;

    internal static DataFields Fields(ref PartReader reader, FieldTable table)
    {
        var count = reader.Count();
        if (count == 0 && table.Count == 0)
        {
            return table.InitialFields;
        }

        var fields = new DataFields(table);
        for (var index = 0; index < count; index++)
        {
            var name = reader.Text();
            var value = reader.Value();
            var ordinal = table.OrdinalOf(name);
            if (ordinal < 0 || !value.Fits(table.Shapes[ordinal]))
            {
                throw reader.Refuse($"{table.Owner} has no data field '{name}' that could hold the stored value");
            }

            fields.Set(ordinal, value);
        }

        return fields;
    }

    private static EventInstance? Event(ref PartReader reader, ActivityDefinition definition, DateTimeOffset since)
    {
        if (!reader.Flag())
        {
            return null;
        }

        var id = reader.Integer();
        var name = reader.Text();
        var status = reader.Choice<EventInstanceStatus>();
        var startedAt = reader.Instant(since);
        var attempts = reader.Integer();
        var cutShort = reader.Version >= PartFormat.WithStops ? reader.Integer() : TimerReader.CutShort(status is EventInstanceStatus.Calling, attempts);
        var failures = reader.Version >= PartFormat.WithRetries ? reader.Integer() : 0;
        var correlationKey = reader.OptionalText();
        var parkedFinish = reader.Flag() ? Finish(ref reader, since) : null;
        var run = reader.Version >= PartFormat.WithSubProcesses ? MessageReader.Run(ref reader) : null;
        var position = Position(ref reader, definition, name);
        var item = definition.EventArray[position];
        if (run is not null && (item is not IpcEventDefinition || parkedFinish is not null))
        {
            throw reader.Refuse($"the event '{name}' has a sub-process, which it cannot have");
        }

        var instance = new EventInstance(id, item.Name, position, startedAt, item is IpcEventDefinition);
        instance.Restore(status, attempts, cutShort, failures, correlationKey, (object?)parkedFinish ?? run);
        return instance;
    }

    private static ParkedFinish Finish(ref PartReader reader, DateTimeOffset since)
    {
        var (user, at, changes) = SignalReader.Values(ref reader, since);
        return new ParkedFinish(user, at, changes, reader.Version >= PartFormat.WithAnswers ? reader.OptionalText() : null);
    }

    private static int Position(ref PartReader reader, ActivityDefinition definition, string name)
    {
        for (var position = 0; position < definition.Events.Count; position++)
        {
            if (string.Equals(definition.Events[position].Name, name, StringComparison.Ordinal))
            {
                return position;
            }
        }

        throw reader.Refuse($"the activity '{definition.Name}' has no event '{name}'");
    }
}
