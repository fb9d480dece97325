using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>Writes the parts of an instance. They are its header, one for each activity instance that has not ended, and one for each destination with its
/// event and slots. Elements of the definition are named, never numbered (statement 13.8).</summary>
internal static class SnapshotWriter
{
    public static Range Header(PartWriter writer, ProcessInstance process, ProcessDefinition definition)
    {
        writer.Begin(PartKind.Header, PartFormat.Counted);
        JoinWriter.Raise(writer, process);
        WaitWriter.Raise(writer, process);
        FamilyWriter.Raise(writer, process);
        SignalWriter.Raise(writer, process);
        writer.Text(process.Definition);
        writer.Number(process.DefinitionVersion);
        writer.Text(process.Folio);
        writer.Text(process.Originator);
        writer.Instant(process.StartedAt);
        writer.Choice(process.StoredStatus);
        writer.OptionalInstant(process.EndedAt, process.StartedAt);
        writer.Number(process.AutomaticSteps);
        writer.Number(process.LastActivityId);
        writer.Number(process.LastDestinationId);
        writer.Number(process.LastEventId);
        writer.Number(process.LastLineId);
        writer.Number(((ulong)process.ActivityCount << 1) | (process.HasActorNotes ? 1UL : 0UL));
        writer.Number(process.ActivitySum);
        ErrorWriter.Write(writer, process);
        Fields(writer, process.Fields);
        if (process.BeginsAt != process.StartedAt)
        {
            writer.Raise(PartFormat.WithProcessStarts);
        }

        if (RunWriter.IsNeeded(process, definition))
        {
            writer.Raise(PartFormat.WithRuns);
        }

        TimerWriter.Write(writer, process, TimerOwner.Process);
        if (writer.Version >= PartFormat.WithProcessStarts)
        {
            writer.Instant(process.BeginsAt, process.StartedAt);
        }

        RunWriter.Write(writer, process, definition);
        JoinWriter.Joins(writer, process);
        WaitWriter.Write(writer, process, definition);
        SignalWriter.Signals(writer, process);
        FamilyWriter.Write(writer, process);
        return writer.End(PartPlace.Of(process));
    }

    public static Range Activity(PartWriter writer, ActivityInstance activity)
    {
        var since = activity.Process.StartedAt;
        writer.Begin(PartKind.Activity, activity.SeveralDestinations is null ? PartFormat.Counted : PartFormat.WithCounts);
        JoinWriter.Raise(writer, activity);
        if (activity.Rest is not RestStatus.None)
        {
            writer.Raise(PartFormat.WithRests);
        }

        writer.Text(activity.Name);
        Line(writer, activity.Line);
        writer.Choice(activity.Status);
        writer.Instant(activity.StartedAt, since);
        writer.OptionalInstant(activity.EndedAt, since);
        writer.Number(activity.SlotTotal);
        writer.Number(activity.CompletedSlots);
        writer.Number(activity.CompletedBy?.Id ?? 0);
        writer.Number(activity.DestinationCount);
        writer.Number(activity.DestinationSum);
        Fields(writer, activity.Fields);
        writer.Flag(activity.IsJustOnce);
        PlanningWriter.Planning(writer, activity.PlanningOrNull);
        TimerWriter.Write(writer, activity.Process, TimerOwner.Of(activity));
        CountsWriter.Write(writer, activity);
        JoinWriter.BranchesOf(writer, activity);
        if (writer.Version >= PartFormat.WithRests)
        {
            writer.Number((byte)activity.Rest);
        }

        return writer.End(PartPlace.Of(activity));
    }

    /// <summary>The users who have acted in each activity.</summary>
    public static Range Actors(PartWriter writer, ProcessInstance process)
    {
        var actors = process.ActorNotes!.All;
        writer.Begin(PartKind.Actors);
        writer.Number(actors.Count);
        foreach (var item in actors)
        {
            writer.Text(item.Activity);
            writer.Number(item.Run);
            TaskWriter.Texts(writer, item.Users);
        }

        return writer.End(PartPlace.Of(process));
    }

    /// <param name="writer">The writer.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="nextEvent">The name of the event that comes next; empty after the last.</param>
    public static Range Destination(PartWriter writer, ActivityInstanceDestination destination, string nextEvent)
    {
        var since = destination.Activity.Process.StartedAt;
        writer.Begin(PartKind.Destination);

        // The version decides how the event is written, and comes before it.
        writer.Raise(TimerWriter.VersionFor(destination));
        if (destination.Event is { ParkedFinish.Answer: not null })
        {
            writer.Raise(PartFormat.WithAnswers);
        }
        else if (destination.Event is { Run: not null })
        {
            writer.Raise(PartFormat.WithSubProcesses);
        }
        else if (destination.Event is { Failures: > 0 })
        {
            writer.Raise(PartFormat.WithRetries);
        }
        else if (destination.Event is { CutShort: > 0 })
        {
            writer.Raise(PartFormat.WithStops);
        }

        writer.Choice(destination.Status);
        writer.Instant(destination.StartedAt, since);
        writer.OptionalInstant(destination.EndedAt, since);
        writer.Flag(destination.StoresPeopleApart);
        if (destination.Apart is { } apart)
        {
            writer.Raise(PartFormat.Counted);
            writer.Checksum(apart.Checksum);
        }
        else
        {
            Destinations(writer, destination.People);
        }

        writer.Number(destination.SlotCount);
        writer.Number(destination.OwnCompletedSlots);
        writer.Value(destination.InstanceData);
        writer.Text(nextEvent);
        Fields(writer, destination.Fields);
        Event(writer, destination.Event, since);
        TaskWriter.Header(writer, destination, since);
        Timers(writer, destination);
        return writer.End(PartPlace.Of(destination));
    }

    /// <summary>The users, groups and roles that a destination is for, where they are stored by themselves.</summary>
    public static Range People(PartWriter writer, ActivityInstanceDestination destination)
    {
        writer.Begin(PartKind.People);
        Destinations(writer, destination.People);
        var piece = writer.End(PartPlace.Of(destination));
        destination.Apart!.Checksum = writer.ChecksumOf(piece);
        return piece;
    }

    /// <summary>One slot, where each is stored for itself.</summary>
    public static Range Slot(PartWriter writer, Slot slot, ActivityInstanceDestination destination)
    {
        writer.Begin(PartKind.Slot);
        TaskWriter.Slot(writer, slot, destination.Activity.Process.StartedAt);
        var piece = writer.End(PartPlace.Of(destination, slot.Id));
        destination.WorklistHeader!.Sum(slot, writer.ChecksumOf(piece));
        return piece;
    }

    internal static void Destinations(PartWriter writer, IReadOnlyList<Destination> destinations)
    {
        writer.Number(destinations.Count);
        for (var index = 0; index < destinations.Count; index++)
        {
            Destination(writer, destinations[index]);
        }
    }

    internal static void Destination(PartWriter writer, in Destination destination)
    {
        writer.Choice(destination.Kind);
        writer.Text(destination.Name);
    }

    /// <summary>The timers of the destination, and behind them those of the event that is at work.</summary>
    private static void Timers(PartWriter writer, ActivityInstanceDestination destination)
    {
        var process = destination.Activity.Process;
        if (destination.Event is null)
        {
            TimerWriter.Write(writer, process, TimerOwner.Of(destination));
        }
        else
        {
            TimerWriter.Write(writer, process, TimerOwner.Of(destination), TimerOwner.OfEvent(destination));
        }
    }

    private static void Line(PartWriter writer, LineInstance? line)
    {
        writer.Flag(line is not null);
        if (line is { } instance)
        {
            writer.Number(instance.Id);
            writer.Text(instance.Name);
            writer.Number(instance.FromActivityInstance);
        }
    }

    /// <summary>Fields that have no value and start without one are left out.</summary>
    internal static void Fields(PartWriter writer, DataFields fields)
    {
        var table = fields.Table;
        var count = 0;
        for (var ordinal = 0; ordinal < table.Count; ordinal++)
        {
            count += IsWritten(fields, ordinal) ? 1 : 0;
        }

        writer.Number(count);
        for (var ordinal = 0; count > 0 && ordinal < table.Count; ordinal++)
        {
            if (IsWritten(fields, ordinal))
            {
                writer.Text(table.Names[ordinal]);
                writer.Value(fields[ordinal]);
            }
        }
    }

    private static bool IsWritten(DataFields fields, int ordinal) => !fields[ordinal].IsNull || !fields.Table.Initial[ordinal].IsNull;

    private static void Event(PartWriter writer, EventInstance? current, DateTimeOffset since)
    {
        writer.Flag(current is not null);
        if (current is null)
        {
            return;
        }

        writer.Number(current.Id);
        writer.Text(current.Name);
        writer.Choice(current.Status);
        writer.Instant(current.StartedAt, since);
        writer.Number(current.Attempts);
        if (writer.Version >= PartFormat.WithStops)
        {
            writer.Number(current.CutShort);
        }

        if (writer.Version >= PartFormat.WithRetries)
        {
            writer.Number(current.Failures);
        }

        writer.OptionalText(current.CorrelationKey);
        writer.Flag(current.ParkedFinish is not null);
        if (current.ParkedFinish is { } finish)
        {
            SignalWriter.Values(writer, finish.User, finish.At, finish.Changes, since);
            if (writer.Version >= PartFormat.WithAnswers)
            {
                writer.OptionalText(finish.Answer);
            }
        }

        if (writer.Version >= PartFormat.WithSubProcesses)
        {
            MessageWriter.Run(writer, current.Run);
        }
    }
}
