using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Persistence;

/// <summary>Commits as a store sees them: bytes and a few words.</summary>
internal static class Commits
{
    public static readonly ProcessInstanceId One = new(1);

    private static readonly DateTimeOffset _now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public static Commit New(ProcessInstanceId id, long version = 0, params IReadOnlyList<StoredPart> parts) => new()
    {
        ProcessInstance = id,
        ExpectedVersion = version,
        Status = ProcessInstanceStatus.Active,
        HasPendingCall = false,
        Parts = parts,
        EndedActivities = [],
        Journal = null,
        ServerItems = [],
    };

    public static Commit With(
        this Commit commit,
        bool? isPending = null,
        IReadOnlyList<int>? ended = null,
        StoredJournal? journal = null,
        IReadOnlyList<ServerItemRecord>? items = null) => new()
        {
            ProcessInstance = commit.ProcessInstance,
            ExpectedVersion = commit.ExpectedVersion,
            Status = commit.Status,
            HasPendingCall = isPending ?? commit.HasPendingCall,
            Parts = commit.Parts,
            EndedActivities = ended ?? commit.EndedActivities,
            Journal = journal ?? commit.Journal,
            ServerItems = items ?? commit.ServerItems,
        };

    public static StoredPart Part(int activity, int destination, params byte[] content) => new(new PartKey(activity, destination), content);

    public static ServerItemRecord Item(
        ProcessInstanceId id,
        int destination,
        string definition = "Pay",
        string activity = "Transfer",
        string item = "Order",
        string? key = null,
        ServerItemStatus status = ServerItemStatus.Waiting) => new()
        {
            Serial = new SerialNumber(id, destination),
            Definition = definition,
            Activity = activity,
            Event = item,
            CorrelationKey = key,
            Status = status,
            StartedAt = _now,
        };

    /// <summary>A copy that shares no memory with the commit.</summary>
    public static Commit Copy(Commit commit) => New(
        commit.ProcessInstance, commit.ExpectedVersion, [.. commit.Parts.Select(part => new StoredPart(part.Key, part.Content.ToArray()))]).With(
        commit.HasPendingCall,
        [.. commit.EndedActivities],
        commit.Journal is { } journal ? new StoredJournal(journal.FirstNumber, journal.Count, journal.Content.ToArray()) : null,
        [.. commit.ServerItems]);
}
