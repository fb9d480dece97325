using System.Globalization;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Testing.Contract;

/// <summary>The data that the rules put into a store.</summary>
internal static class Samples
{
    public static DateTimeOffset Beginning => WorkflowTestBed.Beginning;

    public static ServerItemQuery AllItems { get; } = new() { Status = null, Limit = 500 };

    public static Commit New(ProcessInstanceId id) => Next(id, 0) with { Record = Record(id), Parts = [Part(0, 0, 1)] };

    /// <summary>A commit that changes nothing but the version.</summary>
    public static Commit Next(ProcessInstanceId id, long version) => new()
    {
        ProcessInstance = id,
        ExpectedVersion = version,
        HasPendingCall = false,
        Parts = [],
        EndedActivities = [],
        Journal = null,
        ServerItems = [],
    };

    public static Commit Pending(Commit commit) => commit with { HasPendingCall = true };

    public static Commit Stopped(Commit commit) => commit with { Record = commit.Record! with { Status = ProcessInstanceStatus.Stopped } };

    public static Commit Deleted(Commit commit) =>
        commit with { Record = Completed(commit.ProcessInstance, 0) with { Status = ProcessInstanceStatus.Deleted } };

    public static ProcessRecord Record(ProcessInstanceId id) => new()
    {
        Id = id,
        Definition = "Expense",
        DefinitionVersion = 1,
        Folio = "",
        Originator = "dora",
        Status = ProcessInstanceStatus.Active,
        StartedAt = Beginning,
    };

    public static ProcessRecord Completed(ProcessInstanceId id, double minutes) =>
        Record(id) with { Status = ProcessInstanceStatus.Completed, EndedAt = Beginning.AddMinutes(minutes) };

    public static StoredPart Part(int activity, int destination, params byte[] content) => new(new PartKey(activity, destination), content);

    public static StoredPart Detail(int activity, int destination, int kind, params byte[] content) => Numbered(activity, destination, kind, 0, content);

    public static StoredPart Numbered(int activity, int destination, int kind, int number, params byte[] content) =>
        new(new PartKey(activity, destination, (DetailKind)kind, number), content);

    public static StoredJournal Journal(long first, int count, params byte[] content) => new(first, count, content);

    public static ServerItemRecord Item(ProcessInstanceId id, int destination) => new()
    {
        Serial = new SerialNumber(id, destination),
        Definition = "Expense",
        Activity = "Pay",
        Event = "Order",
        Status = ServerItemStatus.Waiting,
        StartedAt = Beginning,
    };

    public static WorklistHeaderRecord Header(ProcessInstanceId id, int destination) => new()
    {
        Serial = new SerialNumber(id, destination),
        ActivityInstance = 1,
        Definition = "Expense",
        Folio = "",
        Originator = "dora",
        Activity = "Approve",
        Event = "Decide",
        Priority = Priority.Medium,
        StartedAt = Beginning,
    };

    public static WorklistChange Opened(WorklistHeaderRecord header, params IReadOnlyList<string> users) =>
        new WorklistChange.Opened(header, [.. users.Select(Destination.User)]);

    public static WorklistChange Added(SerialNumber serial, string user) => new WorklistChange.EntryAdded(serial, Destination.User(user));

    public static WorklistChange Removed(SerialNumber serial, string user) => new WorklistChange.EntryRemoved(serial, Destination.User(user));

    public static WorklistChange Closed(SerialNumber serial, WorklistItemEnd end = WorklistItemEnd.Completed) => new WorklistChange.Closed(serial, end);

    public static ProcessTimer Timer(ProcessInstanceId id, int number, double minutes) =>
        new(id, number, ProcessTimerKind.Sleep, ActivityInstance: 1, Destination: 1, Beginning.AddMinutes(minutes), EventInstance: 2, "Decide", number);

    public static StoredRequest Request(string key, ProcessInstanceId id, params byte[] content) => new(key, id, content, Beginning);

    public static ProcessMessage Message(ProcessInstanceId from, int number, ProcessInstanceId to, params byte[] content) => new(from, number, to, content);

    /// <summary>Asks for everything that can be claimed at the beginning, with a lease of half a minute.</summary>
    public static ClaimQuery Claim(string owner) => new()
    {
        Owner = owner,
        Lease = TimeSpan.FromSeconds(30),
        DueUntil = Beginning,
        Definitions = [new DefinitionVersion("Expense", 1)],
        Limit = 100,
    };

    public static ProcessLease Lease(string owner, int seconds = 30) => new(owner, TimeSpan.FromSeconds(seconds));

    /// <summary>A commit that changes something of every kind; the mark tells it from others.</summary>
    public static Commit Full(Commit commit, byte mark, string user) => commit with
    {
        HasPendingCall = true,
        Record =
            Record(commit.ProcessInstance) with { Folio = $"folio {mark.ToString(CultureInfo.InvariantCulture)}", Fields = [new IndexedField("Mark", user)] },
        Parts = [Part(0, 0, mark), Part(1, 0, mark), Part(mark, 0, mark)],
        EndedActivities = [1],
        Worklist = [Opened(Header(commit.ProcessInstance, mark), user)],
        ArmedTimers = [Timer(commit.ProcessInstance, mark, mark)],
        Journal = Journal(commit.ExpectedVersion + 1, 1, mark),
        ServerItems = [Item(commit.ProcessInstance, mark)],
        Request = Request($"key {mark.ToString(CultureInfo.InvariantCulture)}", commit.ProcessInstance, mark),
        SentMessages = [Message(commit.ProcessInstance, mark, commit.ProcessInstance, mark)],
    };
}
