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
        Record = version == 0 ? Record(id) : null,
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
        IReadOnlyList<ServerItemRecord>? items = null,
        IReadOnlyList<PartKey>? removed = null,
        IReadOnlyList<WorklistChange>? worklist = null,
        IReadOnlyList<ProcessTimer>? armed = null,
        IReadOnlyList<int>? endedTimers = null) => commit with
        {
            HasPendingCall = isPending ?? commit.HasPendingCall,
            EndedActivities = ended ?? commit.EndedActivities,
            Journal = journal ?? commit.Journal,
            ServerItems = items ?? commit.ServerItems,
            RemovedParts = removed ?? commit.RemovedParts,
            Worklist = worklist ?? commit.Worklist,
            ArmedTimers = armed ?? commit.ArmedTimers,
            EndedTimers = endedTimers ?? commit.EndedTimers,
        };

    /// <summary>What an instance is found by.</summary>
    public static ProcessRecord Record(ProcessInstanceId id) => new()
    {
        Id = id,
        Definition = "Expense",
        DefinitionVersion = 1,
        Folio = "",
        Originator = "dora",
        Status = ProcessInstanceStatus.Active,
        StartedAt = _now,
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

    /// <summary>A task as it can be searched for.</summary>
    public static WorklistHeaderRecord Header(
        ProcessInstanceId id,
        int destination,
        string definition = "Expense",
        string activity = "Approve",
        string item = "Decide",
        string folio = "",
        string originator = "dora",
        Priority priority = Priority.Medium,
        int minutes = 0) => new()
        {
            Serial = new SerialNumber(id, destination),
            ActivityInstance = 1,
            Definition = definition,
            Folio = folio,
            Originator = originator,
            Activity = activity,
            Event = item,
            Priority = priority,
            StartedAt = _now.AddMinutes(minutes),
        };

    /// <summary>A task that begins, for users.</summary>
    public static WorklistChange.Opened Opened(WorklistHeaderRecord header, params IReadOnlyList<string> users) =>
        new(header, [.. users.Select(Destination.User)]);

    /// <summary>A timer that is due some minutes after the beginning.</summary>
    public static ProcessTimer Timer(ProcessInstanceId id, int number, int minutes) =>
        new(id, number, ProcessTimerKind.Sleep, ActivityInstance: 1, Destination: 1, _now.AddMinutes(minutes));

    /// <summary>A copy that shares no memory with the commit.</summary>
    public static Commit Copy(Commit commit) => commit with
    {
        Parts = [.. commit.Parts.Select(part => new StoredPart(part.Key, part.Content.ToArray()))],
        EndedActivities = [.. commit.EndedActivities],
        Journal = commit.Journal is { } journal ? journal with { Content = journal.Content.ToArray() } : null,
        ServerItems = [.. commit.ServerItems],
        RemovedParts = [.. commit.RemovedParts],
        Worklist = [.. commit.Worklist],
        ArmedTimers = [.. commit.ArmedTimers],
        EndedTimers = [.. commit.EndedTimers],
    };
}
