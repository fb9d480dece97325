using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Tests.Support;

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

    /// <summary>The record that an instance is found by.</summary>
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

    /// <summary>The header that a worklist shows of the first task.</summary>
    public static WorklistHeaderRecord Header(ProcessInstanceId id) => new()
    {
        Serial = new SerialNumber(id, 1),
        ActivityInstance = 1,
        Definition = "Expense",
        Folio = "",
        Originator = "dora",
        Activity = "Work",
        Event = "Decide",
        Priority = Priority.Medium,
        StartedAt = _now,
    };

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
