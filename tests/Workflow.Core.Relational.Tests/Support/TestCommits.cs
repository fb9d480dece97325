using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Testing;

namespace Workflow.Core.Relational.Tests.Support;

/// <summary>Commits as an engine makes them, of an instance with one task.</summary>
internal static class TestCommits
{
    public static Commit Start(ProcessInstanceId id, string user = "ann") => new()
    {
        ProcessInstance = id,
        ExpectedVersion = 0,
        HasPendingCall = false,
        Record = Record(id, ProcessInstanceStatus.Active),
        Parts =
        [
            new StoredPart(PartKey.Header, "header"u8.ToArray()), new StoredPart(new PartKey(1, 0), "activity"u8.ToArray()),
            new StoredPart(new PartKey(1, 1), "task"u8.ToArray()),
        ],
        EndedActivities = [],
        Journal = new StoredJournal(1, 2, "started"u8.ToArray()),
        ServerItems = [],
        Worklist = [new WorklistChange.Opened(Header(id), [Destination.User(user)])],
    };

    public static Commit Finish(ProcessInstanceId id, long version = 1) => new()
    {
        ProcessInstance = id,
        ExpectedVersion = version,
        HasPendingCall = false,
        Record = Record(id, ProcessInstanceStatus.Completed) with { EndedAt = WorkflowTestBed.Beginning },
        Parts = [new StoredPart(PartKey.Header, "completed"u8.ToArray())],
        EndedActivities = [1],
        Journal = new StoredJournal(3, 1, "finished"u8.ToArray()),
        ServerItems = [],
        Worklist = [new WorklistChange.Closed(new SerialNumber(id, 1), WorklistItemEnd.Completed)],
    };

    public static Commit Step(ProcessInstanceId id, long version) => new()
    {
        ProcessInstance = id,
        ExpectedVersion = version,
        HasPendingCall = false,
        Parts = [new StoredPart(PartKey.Header, "step"u8.ToArray())],
        EndedActivities = [],
        Journal = null,
        ServerItems = [],
    };

    public static StoredRequest Request(ProcessInstanceId id, string key) => new(key, id, "answer"u8.ToArray(), WorkflowTestBed.Beginning);

    public static ProcessRecord Record(ProcessInstanceId id, ProcessInstanceStatus status) => new()
    {
        Id = id,
        Definition = "Decision",
        DefinitionVersion = 1,
        Folio = "",
        Originator = "dora",
        Status = status,
        StartedAt = WorkflowTestBed.Beginning,
    };

    private static WorklistHeaderRecord Header(ProcessInstanceId id) => new()
    {
        Serial = new SerialNumber(id, 1),
        ActivityInstance = 1,
        Definition = "Decision",
        Folio = "",
        Originator = "dora",
        Activity = "Approve",
        Event = "Decide",
        Priority = Priority.Medium,
        StartedAt = WorkflowTestBed.Beginning,
    };
}
