using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Snapshots;

namespace Workflow.Core.Runtime;

/// <summary>Makes a process instance of its stored parts.</summary>
internal static class InstanceLoader
{
    /// <exception cref="StoredFormatException">The stored form cannot be read, whatever it is that stands in the way.</exception>
    /// <exception cref="ProcessDefinitionNotFoundException">The definition it runs on is not deployed.</exception>
    public static (ProcessInstance Process, ProcessDefinition Definition) Load(
        ProcessInstanceId id, StoredProcess stored, Deployments deployments)
    {
        try
        {
            return LoadParts(id, stored, deployments);
        }
        catch (Exception exception) when (exception is not (StoredFormatException { IsFromNewerVersion: true } or ProcessDefinitionNotFoundException or OutOfMemoryException)
            && FindNewer(id, stored) is { } newer)
        {
            throw newer;
        }
        catch (Exception exception) when (exception is not (StoredFormatException or ProcessDefinitionNotFoundException or OutOfMemoryException))
        {
            throw new StoredFormatException(
                $"The stored process instance {id} cannot be read: its parts do not fit together ({exception.GetType().Name}). It was left as it is.", exception);
        }
    }

    /// <summary>What a newer version has written may say the rest in another way. So nothing of such an instance is called damaged.</summary>
    private static StoredFormatException? FindNewer(ProcessInstanceId id, StoredProcess stored)
    {
        foreach (var part in stored.Parts)
        {
            if (PartFormat.IsSound(part.Content.Span) && PartFormat.IsNewer(part.Content.Span))
            {
                return PartReader.Newer(part.Content.Span, $"process instance {id}");
            }
        }

        return null;
    }

    private static (ProcessInstance Process, ProcessDefinition Definition) LoadParts(ProcessInstanceId id, StoredProcess stored, Deployments deployments)
    {
        if (stored.Parts.Count == 0 || stored.Parts[0].Key != PartKey.Header)
        {
            throw new StoredFormatException($"The stored process instance {id} cannot be read: it has no header. It was left as it is.");
        }

        var header = stored.Parts[0].Content.Span;
        var (name, version) = SnapshotReader.DefinitionOf(header);
        var definition = deployments.Get(name, version);
        var process = SnapshotReader.Header(header, id, stored.Version, stored.JournalCount, definition);
        AddParts(process, definition, stored.Parts);
        PlanCalls(process);
        return (process, definition);
    }

    /// <summary>Plans again what was planned when the instance was stored, in the same order.</summary>
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

        foreach (var call in planned.Values)
        {
            process.Plan(call);
        }

        void Add(in PlannedCall call)
        {
            if (!planned.TryAdd(call.Number, call))
            {
                throw new StoredFormatException($"The stored process instance {process.Id} cannot be read: two calls have the number {call.Number.Invariant()}. It was left as it is.");
            }
        }
    }

    private static void AddDetail(ProcessInstance process, int detail, ReadOnlySpan<byte> content)
    {
        if (detail == PartKey.ErrorDetails)
        {
            ErrorReader.Details(content, process);
        }
        else
        {
            SnapshotReader.Actors(content, process);
        }
    }

    private static void AddParts(ProcessInstance process, ProcessDefinition definition, IReadOnlyList<StoredPart> parts)
    {
        var completedBy = 0;
        for (var index = 1; index < parts.Count; index++)
        {
            var (key, content) = parts[index];
            if (key is { ActivityInstance: 0, Destination: 0 })
            {
                AddDetail(process, key.Detail, content.Span);
                continue;
            }

            if (key is { Destination: 0, Detail: 0 })
            {
                completedBy = SnapshotReader.Activity(content.Span, key.ActivityInstance, process, definition);
                continue;
            }

            var activity = process.ActivityList.Count > 0 ? process.ActivityList[^1] : null;
            if (activity?.Id != key.ActivityInstance)
            {
                throw new StoredFormatException(
                    $"The stored process instance {process.Id} cannot be read: destination {key.Destination.Invariant()} belongs to activity instance {key.ActivityInstance.Invariant()}, which is missing. It was left as it is.");
            }

            if (key.Destination == 0)
            {
                PlanningReader.Lists(content.Span, activity);
                continue;
            }

            if (key.Detail != 0)
            {
                AddDetail(process, activity, key, content.Span, definition.Activities[activity.Ordinal]);
                continue;
            }

            SnapshotReader.Destination(content.Span, key.Destination, activity, definition.Activities[activity.Ordinal]);
            if (key.Destination == completedBy)
            {
                activity.RestoreCompletedBy(activity.DestinationSpan[^1]);
            }
        }
    }

    private static void AddDetail(ProcessInstance process, ActivityInstance activity, in PartKey key, ReadOnlySpan<byte> content, ActivityDefinition definition)
    {
        var owner = activity.DestinationSpan.IsEmpty ? null : activity.DestinationSpan[^1];
        if (owner?.Id != key.Destination)
        {
            throw new StoredFormatException(
                $"The stored process instance {process.Id} cannot be read: a part belongs to destination {key.Destination.Invariant()}, which is missing. It was left as it is.");
        }

        if (key.Detail == PartKey.People)
        {
            SnapshotReader.People(content, owner);
            return;
        }

        SnapshotReader.Slot(content, owner, definition);
    }
}
