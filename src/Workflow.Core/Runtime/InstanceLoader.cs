using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Snapshots;

namespace Workflow.Core.Runtime;

/// <summary>Makes a process instance of its stored parts.</summary>
internal static class InstanceLoader
{
    /// <exception cref="StoredFormatException">The stored form cannot be read, for any reason.</exception>
    /// <exception cref="ProcessDefinitionNotFoundException">The definition it runs on is not deployed.</exception>
    /// <param name="id">The instance.</param>
    /// <param name="stored">Its parts.</param>
    /// <param name="deployments">Where its definition is.</param>
    /// <param name="isWhole">Whether these are all parts, or those of one destination only.</param>
    public static (ProcessInstance Process, ProcessDefinition Definition) Load(
        ProcessInstanceId id, StoredProcess stored, Deployments deployments, bool isWhole = true)
    {
        try
        {
            return LoadParts(id, stored, deployments, isWhole);
        }
        catch (Exception exception) when (
            exception is not (StoredFormatException { IsFromNewerVersion: true } or ProcessDefinitionNotFoundException or OutOfMemoryException)
            && FindNewer(id, stored) is { } newer)
        {
            throw newer;
        }
        catch (Exception exception) when (exception is not (StoredFormatException or ProcessDefinitionNotFoundException or OutOfMemoryException))
        {
            throw new StoredFormatException(
                $"The stored process instance {id} cannot be read: its parts do not fit together ({exception.GetType().Name}). It was left as it is.",
                exception);
        }
    }

    /// <summary>Loads the parts of one task, as they are.</summary>
    /// <param name="id">The instance.</param>
    /// <param name="stored">The parts.</param>
    /// <param name="deployments">Where its definition is.</param>
    /// <param name="claims">Takes what the owners of the parts say of all their parts.</param>
    public static (ProcessInstance Process, ProcessDefinition Definition) LoadTask(
        ProcessInstanceId id, StoredProcess stored, Deployments deployments, OwnerClaims claims)
    {
        var (process, definition) = LoadHeader(id, stored, deployments, claims);
        AddParts(process, definition, stored.Parts, claims, isWhole: false);
        return (process, definition);
    }

    /// <summary>The name of the definition that an instance runs on; null when its header cannot be read.</summary>
    public static string? TryReadDefinition(ProcessInstanceId id, StoredProcess stored)
    {
        try
        {
            return stored.Parts is [{ } first, ..] && first.Key == PartKey.Header ? SnapshotReader.DefinitionOf(first.Content.Span, id).Definition : null;
        }
        catch (StoredFormatException)
        {
            return null;
        }
    }

    /// <summary>A newer version may write the other parts in another form too. So no part of such an instance counts as damaged.</summary>
    private static StoredFormatException? FindNewer(ProcessInstanceId id, StoredProcess stored)
    {
        foreach (var part in stored.Parts)
        {
            var place = new PartPlace(id.Value, part.Key.ActivityInstance, part.Key.Destination, part.Key.Number);
            if (PartFormat.IsSound(part.Content.Span, place) && PartFormat.IsNewer(part.Content.Span))
            {
                return PartReader.Newer(part.Content.Span, $"process instance {id}");
            }
        }

        return null;
    }

    private static (ProcessInstance Process, ProcessDefinition Definition) LoadParts(
        ProcessInstanceId id, StoredProcess stored, Deployments deployments, bool isWhole)
    {
        if (stored.Parts.Count == 0 || stored.Parts[0].Key != PartKey.Header)
        {
            throw new StoredFormatException($"The stored process instance {id} cannot be read: it has no header. It was left as it is.");
        }

        var claims = new OwnerClaims();
        var (process, definition) = LoadHeader(id, stored, deployments, claims);
        AddParts(process, definition, stored.Parts, claims, isWhole);
        PlanCalls(process);
        return (process, definition);
    }

    private static (ProcessInstance Process, ProcessDefinition Definition) LoadHeader(
        ProcessInstanceId id, StoredProcess stored, Deployments deployments, OwnerClaims claims)
    {
        var header = stored.Parts[0].Content.Span;
        var (name, version) = SnapshotReader.DefinitionOf(header, id);
        var definition = deployments.Get(name, version);
        return (SnapshotReader.Header(header, id, stored.Version, stored.JournalCount, definition, claims), definition);
    }

    /// <summary>Plans the stored steps of the instance again, in the same order.</summary>
    private static void PlanCalls(ProcessInstance process)
    {
        var planned = new SortedDictionary<int, PlannedCall>();
        foreach (var activity in process.ActivityList)
        {
            if (activity.MemberQuestion is not null)
            {
                Add(PlannedCall.OfMembers(activity));
            }

            foreach (var destination in activity.Destinations)
            {
                if (destination.Event is { NeedsCall: true })
                {
                    Add(PlannedCall.OfEvent(destination));
                }
            }
        }

        foreach (var firing in process.TimersOrNull?.FiringsOrNull?.Open ?? [])
        {
            if (firing.WantsCall)
            {
                Add(PlannedCall.OfFiring(firing));
            }
        }

        foreach (var call in planned.Values)
        {
            process.Plan(call);
        }

        void Add(in PlannedCall call)
        {
            if (!planned.TryAdd(call.Number, call))
            {
                throw Misfit(process, $"two calls have the number {call.Number.Invariant()}");
            }
        }
    }

    private static void AddParts(ProcessInstance process, ProcessDefinition definition, IReadOnlyList<StoredPart> parts, OwnerClaims claims, bool isWhole)
    {
        var completedBy = 0;
        for (var index = 1; index < parts.Count; index++)
        {
            var (key, content) = parts[index];
            switch (key)
            {
                case { ActivityInstance: 0, Destination: 0, Kind: DetailKind.Actors, Number: 0 }:
                    SnapshotReader.Actors(content.Span, process);
                    break;
                case { ActivityInstance: 0, Destination: 0, Kind: DetailKind.ErrorDetails, Number: 0 }:
                    ErrorReader.Details(content.Span, process);
                    break;
                case { ActivityInstance: not 0, Destination: 0, Kind: DetailKind.None }:
                    claims.CheckDestination(process);
                    claims.CheckActivity(process, isWhole);
                    completedBy = SnapshotReader.Activity(content.Span, key.ActivityInstance, process, definition, claims);
                    break;
                case { Destination: 0, Kind: DetailKind.Planning, Number: 0 }:
                    PlanningReader.Lists(content.Span, ActivityOf(process, key));
                    break;
                case { Destination: not 0, Kind: DetailKind.None }:
                    claims.CheckDestination(process);
                    AddDestination(ActivityOf(process, key), key, content.Span, definition, claims, completedBy);
                    break;
                case { Destination: not 0, Kind: DetailKind.People, Number: 0 }:
                    SnapshotReader.People(content.Span, DestinationOf(process, key));
                    break;
                case { Destination: not 0, Kind: DetailKind.Slot }:
                    SnapshotReader.Slot(content.Span, key.Number, DestinationOf(process, key), definition.Activities[ActivityOf(process, key).Ordinal]);
                    break;
                default:
                    throw Misfit(process, $"nothing is known of part {key}");
            }
        }

        claims.CheckDestination(process);
        claims.CheckActivity(process, isWhole);
        if (isWhole)
        {
            claims.CheckProcess(process);
            if (WaitReader.Misfit(process, definition) is { } misfit)
            {
                throw Misfit(process, misfit);
            }

            // Older versions count nothing.
            process.ActivityList.ForEach(WorkOfDestination.CountAll);
        }
    }

    private static void AddDestination(
        ActivityInstance activity, in PartKey key, ReadOnlySpan<byte> content, ProcessDefinition definition, OwnerClaims claims, int completedBy)
    {
        SnapshotReader.Destination(content, key.Destination, activity, definition.Activities[activity.Ordinal], claims);
        if (key.Destination == completedBy)
        {
            activity.RestoreCompletedBy(activity.DestinationSpan[^1]);
        }
    }

    /// <summary>The activity instance that a part belongs to: the one that was read last.</summary>
    private static ActivityInstance ActivityOf(ProcessInstance process, in PartKey key) =>
        process.ActivityList.Count > 0 && process.ActivityList[^1] is var last && last.Id == key.ActivityInstance
            ? last
            : throw Misfit(process, $"part {key} belongs to activity instance {key.ActivityInstance.Invariant()}, which is missing");

    /// <summary>The destination that a part belongs to: the one that was read last.</summary>
    private static ActivityInstanceDestination DestinationOf(ProcessInstance process, in PartKey key) =>
        ActivityOf(process, key).DestinationSpan is [.., var last] && last.Id == key.Destination
            ? last
            : throw Misfit(process, $"part {key} belongs to destination {key.Destination.Invariant()}, which is missing");

    private static StoredFormatException Misfit(ProcessInstance process, string why) =>
        new($"The stored process instance {process.Id} cannot be read: {why}. It was left as it is.");
}
