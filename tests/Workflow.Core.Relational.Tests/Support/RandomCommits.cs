using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Testing;

namespace Workflow.Core.Relational.Tests.Support;

/// <summary>Commits and queries by chance, from a seed, that hit each other often.</summary>
[SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "The same seed has to give the same test.")]
internal sealed class RandomCommits(int seed, ManualTimeProvider clock)
{
    private static readonly string[] _users = ["ann", "Bob", "çelik", "ß", "dora"];
    private static readonly string[] _texts = ["", "a", "B", "\u00E4", "nul\0 \u001B half \uD800 whole \uD83D\uDE00", new string('x', 3_000)];

    private readonly List<ProcessInstanceId> _ids = [];
    private readonly Dictionary<ProcessInstanceId, DateTimeOffset> _started = [];
    private readonly List<ProcessInstanceId> _ended = [];
    private readonly List<MessageKey> _sent = [];
    private int _request;

    public Random Random { get; } = new(seed);

    public IEnumerable<ProcessInstanceId> Ids => _ids.Concat(_ended);

    public int Destination { get; private set; } = 1;

    public void Add(ProcessInstanceId id) => _ids.Add(id);

    public bool IsStart() => _ids.Count < 3 || (_ids.Count < 25 && Random.Next(3) == 0);

    public ProcessInstanceId SomeId() => _ids.Count == 0 ? new ProcessInstanceId(1) : _ids[Random.Next(_ids.Count)];

    /// <summary>An instance, and with it a task of it.</summary>
    public ProcessInstanceId Choose()
    {
        Destination = Random.Next(1, 7);
        return SomeId();
    }

    public string Owner() => Pick("", "engine-1", "engine-2");

    public string Engine() => Pick("engine-1", "engine-2");

    public string User() => Pick(_users);

    public string Recased(string user) => Random.Next(2) == 0 ? user : user.ToUpperInvariant();

    public string RequestKey() => string.Create(CultureInfo.InvariantCulture, $"key-{Random.Next(_request + 2)}\0");

    /// <summary>The entries of somebody who belongs to many roles and groups.</summary>
    public List<Destination> ManyEntries() =>
    [
        .. Entries(),
        .. Enumerable.Range(0, Random.Next(30)).Select(number => Core.Destination.Role(number.ToString(CultureInfo.InvariantCulture))),
        .. Entries(),
    ];

    public List<Destination> Entries() => [.. Enumerable.Range(0, Random.Next(1, 4)).Select(_ => Entry())];

    public OutOfOffice? Absence(string user) => Random.Next(4) == 0 ? null : new OutOfOffice
    {
        User = user,
        ForwardTo = [User(), User()],
        Exceptions = Random.Next(2) == 0 ? [] : [new OutOfOfficeSharing("D", Pick("x", null), [Recased(User())])],
        From = Random.Next(2) == 0 ? null : new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(2)),
    };

    /// <summary>A commit that an engine could make: what completed has nothing open, and is not committed again.</summary>
    public Commit Next(ProcessInstanceId id, StoredProcess? stored, bool isOpen)
    {
        var version = stored?.Version ?? 0;
        var owner = Random.Next(3) == 0 ? Owner() : stored?.Owner ?? Owner();
        var isEnd = id.Value % 3 != 0 && version > 0 && Random.Next(5) == 0;
        if (isEnd)
        {
            _ids.Remove(id);
            _ended.Add(id);
        }

        return new Commit
        {
            ProcessInstance = id,
            ExpectedVersion = version > 0 && !isEnd && Random.Next(12) == 0 ? version + 1 : version,
            Epoch = stored is not null && !isEnd && Random.Next(12) == 0 ? stored.Epoch + 1 : stored?.Epoch ?? 0,
            Id = Guid.NewGuid().ToString(),
            LastCommit = version == 0 || (isEnd && Random.Next(2) == 0) ? "" : !isEnd && Random.Next(12) == 0 ? "of another time" : stored!.LastCommit,
            Owner = isEnd ? stored!.Owner ?? owner : owner,
            Lease = !isEnd && Random.Next(3) == 0 ? new ProcessLease(owner.Length == 0 ? "engine-1" : owner, TimeSpan.FromSeconds(60)) : null,
            Record = version == 0 || isEnd || Random.Next(2) == 0 ? Record(id, isEnd) : null,
            HasPendingCall = !isEnd && Random.Next(3) == 0,
            Parts =
            [
                .. Enumerable.Range(0, Random.Next(6)).Select(_ => new StoredPart(Key(), Bytes()))
                    .Append(new StoredPart(PartKey.Header, Bytes())).DistinctBy(part => part.Key),
            ],
            EndedActivities = Random.Next(4) == 0 ? [Random.Next(1, 4)] : [],
            RemovedParts = Random.Next(4) == 0 ? [Key()] : [],
            Journal = Random.Next(3) == 0 ? null : new StoredJournal((version * 3) + 1, 3, Bytes()),
            ServerItems = Random.Next(4) == 0 ? [ServerItem(id), ServerItem(id)] : [],
            Worklist = version == 0 ? AllOpened(id) : isEnd ? AllClosed(id) : isOpen ? Changes(id) : [Opened(id, Destination)],
            ArmedTimers = !isEnd && Random.Next(3) == 0 ? [Timer(id)] : [],
            EndedTimers = isEnd ? [1, 2, 3] : Random.Next(3) == 0 ? [Random.Next(1, 4)] : [],
            Request = version > 0 && !isEnd && Random.Next(5) == 0
                ? new StoredRequest(string.Create(CultureInfo.InvariantCulture, $"key-{Random.Next(++_request)}\0"), id, Bytes(), clock.GetUtcNow())
                : null,
            SentMessages = Random.Next(3) == 0 ? [.. Enumerable.Range(0, Random.Next(1, 4)).Select(_ => Message(id))] : [],
            ReceivedMessages = isEnd ? [] : Received(id),
        };
    }

    public MessageKey MessageKey() => Random.Next(3) > 0 && _sent.Count > 0 ? Pick([.. _sent]) : new(SomeId(), SomeId(), Random.Next(1, 4));

    public MessageQuery MessageQuery() => new()
    {
        To = Random.Next(2) == 0 ? SomeId() : null,
        After = Random.Next(2) == 0 ? MessageKey() : null,
        Limit = Random.Next(1, 8),
    };

    public ClaimQuery ClaimQuery() => new()
    {
        Owner = Engine(),
        Lease = TimeSpan.FromSeconds(45),
        PendingCalls = Random.Next(3) != 0,
        DueTimers = Random.Next(4) != 0,
        DueUntil = clock.GetUtcNow() + TimeSpan.FromSeconds(Random.Next(-60, 60)),
        Definitions = Random.Next(3) == 0
            ? [new DefinitionVersion("D", 1)]
            : [new DefinitionVersion("D", 1), new DefinitionVersion("E", 1), new DefinitionVersion("D", 2)],
        Limit = Random.Next(1, 8),
    };

    public ProcessQuery ProcessQuery() => new()
    {
        Definition = Pick(null, null, "D", "E"),
        Status = Random.Next(2) == 0 ? null : (ProcessInstanceStatus)Random.Next(1, 5),
        Folio = Random.Next(3) == 0 ? Pick(_texts) : null,
        Originator = Random.Next(3) == 0 ? Recased(User()) : null,
        Parent = Random.Next(4) == 0 ? SomeId() : null,
        StartedFrom = Random.Next(3) == 0 ? Instant() : null,
        StartedBefore = Random.Next(3) == 0 ? Instant() : null,
        Fields = Random.Next(3) == 0 ? [Field(Random.Next(2))] : [],
        IsSetAside = Random.Next(4) == 0 ? Random.Next(2) == 0 : null,
        NewestFirst = Random.Next(2) == 0,
        After = Random.Next(2) == 0 ? SomeId() : null,
        Limit = Random.Next(1, 12),
    };

    public ServerItemQuery ServerItemQuery() => new()
    {
        Definition = Pick(null, "D"),
        ProcessInstance = Random.Next(3) == 0 ? SomeId() : null,
        Activity = Pick(null, "x"),
        Event = Pick(null, "e", "f"),
        CorrelationKey = Random.Next(3) == 0 ? Pick(_texts) : null,
        Status = Random.Next(3) == 0 ? null : (ServerItemStatus)Random.Next(1, 4),
        After = Random.Next(2) == 0 ? new SerialNumber(SomeId(), Random.Next(1, 5)) : null,
        Limit = Random.Next(1, 8),
    };

    public WorklistQuery WorklistQuery() => new()
    {
        Definition = Pick(null, null, "D"),
        ProcessInstance = Random.Next(5) == 0 ? SomeId() : null,
        Activity = Pick(null, null, "x"),
        Event = Pick(null, null, "e"),
        Folio = Random.Next(6) == 0 ? Pick(_texts) : null,
        Originator = Random.Next(6) == 0 ? Recased(User()) : null,
        Order = (WorklistOrder)Random.Next(6),
        After = Random.Next(2) == 0 ? new SerialNumber(SomeId(), Random.Next(1, 7)) : null,
        Limit = Random.Next(1, 6),
    };

    public TimerQuery TimerQuery() => new()
    {
        Definition = Pick(null, null, "D"),
        ProcessInstance = Random.Next(3) == 0 ? SomeId() : null,
        DueUntil = Random.Next(2) == 0 ? Instant() : null,
        After = Random.Next(2) == 0 ? Timer(SomeId()) : null,
        Limit = Random.Next(1, 8),
    };

    /// <summary>A message to an instance that may have ended, may have been removed, or may never be.</summary>
    private ProcessMessage Message(ProcessInstanceId from)
    {
        var to = Random.Next(4) == 0 && _ended.Count > 0 ? _ended[Random.Next(_ended.Count)] : new ProcessInstanceId(SomeId().Value + Random.Next(2));
        var message = new ProcessMessage(from, Random.Next(1, 4), to, Bytes());
        _sent.Add(new MessageKey(to, from, message.Number));
        return message;
    }

    /// <summary>Messages that were sent to an instance. They may have been received before, so some commits receive them a second time.</summary>
    private List<(ProcessInstanceId From, int Number)> Received(ProcessInstanceId id)
    {
        var sent = _sent.Where(message => message.To == id).TakeLast(4).ToList();
        return Random.Next(3) > 0 || sent.Count == 0 ? []
            : [.. Enumerable.Range(0, Random.Next(1, 3)).Select(_ => sent[Random.Next(sent.Count)]).Select(message => (message.From, message.Number))];
    }

    private List<WorklistChange> AllOpened(ProcessInstanceId id) => [.. Enumerable.Range(1, 6).Select(destination => Opened(id, destination))];

    private static List<WorklistChange> AllClosed(ProcessInstanceId id) =>
        [.. Enumerable.Range(1, 6).Select(destination => new WorklistChange.Closed(new SerialNumber(id, destination), WorklistItemEnd.Completed))];

    private List<WorklistChange> Changes(ProcessInstanceId id)
    {
        var serial = new SerialNumber(id, Destination);
        return Random.Next(6) switch
        {
            0 => [new WorklistChange.EntryAdded(serial, Entry()), new WorklistChange.EntryAdded(serial, Entry())],
            1 => [new WorklistChange.EntryRemoved(serial, Entry())],
            2 => [new WorklistChange.TookPart(serial, Recased(User()))],
            3 => [new WorklistChange.Closed(serial, WorklistItemEnd.Completed)],
            4 => [new WorklistChange.Closed(serial, WorklistItemEnd.Expired), Opened(id, Destination)],
            _ => [new WorklistChange.EntryAdded(serial, Entry()), new WorklistChange.Closed(serial, WorklistItemEnd.Expired)],
        };
    }

    private WorklistChange.Opened Opened(ProcessInstanceId id, int destination) => new(
        new WorklistHeaderRecord
        {
            Serial = new SerialNumber(id, destination),
            ActivityInstance = Random.Next(1, 4),
            Definition = "D",
            Folio = "",
            Originator = "ann",
            Activity = Pick("x", "y"),
            Event = Pick("e", "f"),
            Priority = (Priority)Random.Next(1, 4),
            StartedAt = Instant(),
        },
        Entries());

    private ProcessRecord Record(ProcessInstanceId id, bool isEnd)
    {
        var status = (isEnd, Random.Next(4)) switch
        {
            (true, 0) => ProcessInstanceStatus.Deleted,
            (true, _) => ProcessInstanceStatus.Completed,
            (_, 0) => ProcessInstanceStatus.Error,
            (_, 1) => ProcessInstanceStatus.Stopped,
            _ => ProcessInstanceStatus.Active,
        };
        if (!_started.TryGetValue(id, out var started))
        {
            _started.Add(id, started = Instant());
        }

        return new ProcessRecord
        {
            Id = id,
            Definition = Pick("D", "E"),
            DefinitionVersion = Random.Next(1, 3),
            Folio = Pick(_texts),
            Originator = User(),
            Status = status,
            StartedAt = started,
            EndedAt = isEnd ? Instant() : null,
            Error = status is ProcessInstanceStatus.Error ? Pick(_texts) : null,
            Fields = [.. Enumerable.Range(0, Random.Next(3)).Select(Field)],
            Parent = Random.Next(3) == 0 ? SomeId() : null,
        };
    }

    private IndexedField Field(int number) => new(number == 0 ? "Amount" : "Customer", Random.Next(4) == 0 ? null : Pick(_texts));

    private ServerItemRecord ServerItem(ProcessInstanceId id) => new()
    {
        Serial = new SerialNumber(id, Random.Next(1, 5)),
        Definition = "D",
        Activity = Pick("x", "y"),
        Event = Pick("e", "f"),
        CorrelationKey = Random.Next(2) == 0 ? null : Pick(_texts),
        Status = (ServerItemStatus)Random.Next(1, 4),
        StartedAt = Instant(),
        EndedAt = Random.Next(2) == 0 ? null : Instant(),
        EndedBy = Random.Next(2) == 0 ? null : User(),
    };

    private ProcessTimer Timer(ProcessInstanceId id) =>
        new(id, Random.Next(1, 4), ProcessTimerKind.Sleep, Random.Next(4), Random.Next(3), Instant(), Random.Next(3), Pick(_texts), Random.Next(10_000));

    private Destination Entry() => Random.Next(3) switch
    {
        0 => Core.Destination.Role(Recased("clerks")),
        1 => Core.Destination.Group("all"),
        _ => Core.Destination.User(Recased(User())),
    };

    private PartKey Key()
    {
        var kind = (DetailKind)(Random.Next(3) * Random.Next(1, 4));
        var (activity, destination) = Random.Next(5) == 0 ? (0, 0) : (Random.Next(1, 4), Random.Next(4));
        return new PartKey(activity, destination, kind, kind is DetailKind.None ? 0 : Random.Next(3));
    }

    private byte[] Bytes()
    {
        var bytes = new byte[Random.Next(200)];
        Random.NextBytes(bytes);
        return bytes;
    }

    private DateTimeOffset Instant() => clock.GetUtcNow() + TimeSpan.FromSeconds(Random.Next(-4_000, 400));

    private T Pick<T>(params ReadOnlySpan<T> choices) => choices[Random.Next(choices.Length)];
}
