using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>The kinds of things that a commit can carry: many of each, some new and some in the place of earlier ones.</summary>
internal static class CommitFacets
{
    public const string Owner = "engine";

    public static CommitFacet[] All { get; } =
    [
        Record, Pending, Parts, EndedActivities, RemovedParts, History, ServerItems, Opened, Changed, ArmedTimers, EndedTimers, Request, Sent, Received, Leased,
    ];

    /// <summary>The destinations of the tasks that the commit of a number opens.</summary>
    public static IEnumerable<int> Destinations(int number) => Enumerable.Range(number * 10, 6);

    public static string User(int number) => $"user {(number % 7).Invariant()}";

    public static string Key(ProcessInstanceId id, int number) => $"key {number.Invariant()} of {id}";

    private static byte[] Bytes(int number, int kind) => [(byte)number, (byte)(number >> 8), (byte)kind];

    private static int Activity(int number) => (number % 5) + 1;

    private static Commit Record(Commit commit, int number, long facts) => commit with
    {
        Record = Samples.Record(commit.ProcessInstance) with
        {
            Folio = $"folio {number.Invariant()}",
            Originator = User(number),
            Status = number % 3 == 0 ? ProcessInstanceStatus.Error : ProcessInstanceStatus.Active,
            Error = number % 3 == 0 ? $"error {number.Invariant()}" : null,
            StartedAt = Beginning.AddTicks(number),
            Fields = [new("Number", number.Invariant()), new("Nothing", null), new("Empty", ""), new("City", User(number))],
        },
    };

    private static Commit Pending(Commit commit, int number, long facts) => commit with { HasPendingCall = true };

    private static Commit Parts(Commit commit, int number, long facts) => commit with
    {
        Parts =
        [
            Part(0, 0, Bytes(number, 0)), Detail(0, 0, 3, Bytes(number, 1)), Part(Activity(number), 0, Bytes(number, 2)),
            Part(Activity(number), number, Bytes(number, 3)),
            Detail(Activity(number), number, 1, Bytes(number, 4)), Detail(Activity(number), number, 2, Bytes(number, 5)),
            Part(Activity(number), number + 1, []),
            Part(Activity(number + 1), number, Bytes(number, 6)), Part(Activity(number + 1), number + 300, Bytes(number, 7)),
        ],
    };

    private static Commit EndedActivities(Commit commit, int number, long facts) =>
        commit with { EndedActivities = [Activity(number + 2), Activity(number + 3)] };

    /// <summary>Of those that stay otherwise: a part is not removed and stored in one commit.</summary>
    private static Commit RemovedParts(Commit commit, int number, long facts) => commit with
    {
        RemovedParts =
        [
            .. Enumerable.Range(Math.Max(number - 3, 1), 3)
                .SelectMany(before => new PartKey[]
                {
                    new(Activity(before), before, (DetailKind)1), new(Activity(before + 1), before + 300), new(Activity(before), before + 1),
                })
                .Where(key => commit.Parts.All(part => part.Key != key)),
        ],
    };

    private static Commit History(Commit commit, int number, long facts) => commit with { Journal = Journal(facts + 1, 3, Bytes(number, 0)) };

    private static Commit ServerItems(Commit commit, int number, long facts) => commit with
    {
        ServerItems =
        [
            Item(commit.ProcessInstance, number) with { CorrelationKey = Key(commit.ProcessInstance, number) },
            Item(commit.ProcessInstance, number + 500) with { Activity = "Ship", StartedAt = Beginning.AddTicks(number) },
            Item(commit.ProcessInstance, number + 501) with
            {
                Status = ServerItemStatus.Finished, EndedAt = Beginning.AddTicks(number), EndedBy = User(number),
            },
            Item(commit.ProcessInstance, number - 1) with
            {
                Status = ServerItemStatus.Expired, EndedAt = Beginning.AddMinutes(number), EndedBy = User(number + 1), CorrelationKey = "",
            },
        ],
    };

    /// <summary>Tasks that are opened, each for several, and changed at once.</summary>
    private static Commit Opened(Commit commit, int number, long facts)
    {
        var changes = new List<WorklistChange>(commit.Worklist);
        foreach (var destination in Destinations(number))
        {
            changes.Add(new WorklistChange.Opened(
                Header(commit.ProcessInstance, destination) with
                {
                    ActivityInstance = number, Priority = (Priority)((destination % 3) + 1), Event = $"Event {number.Invariant()}",
                    StartedAt = Beginning.AddTicks(destination),
                },
                [Destination.User(User(destination)), Destination.Role($"Role {(number % 3).Invariant()}"), Destination.Group("all")]));
        }

        var serials = Destinations(number).Select(destination => new SerialNumber(commit.ProcessInstance, destination)).ToList();
        return commit with
        {
            Worklist =
            [
                .. changes, Added(serials[0], "added"), new WorklistChange.EntryAdded(serials[1], Destination.Role("added")),
                Removed(serials[2], User(serials[2].Destination)),
                new WorklistChange.TookPart(serials[3], "member"), Closed(serials[4]),
            ],
        };
    }

    /// <summary>Tasks that were opened before, with the first commit if with no other, and are changed, ended and opened again.</summary>
    private static Commit Changed(Commit commit, int number, long facts)
    {
        var serials = Destinations(1).Select(destination => new SerialNumber(commit.ProcessInstance, destination)).ToList();
        return commit with
        {
            Worklist =
            [
                .. commit.Worklist, Added(serials[0], $"added {number.Invariant()}"), Added(serials[0], $"second {number.Invariant()}"),
                Removed(serials[0], $"added {(number - 1).Invariant()}"),
                new WorklistChange.TookPart(serials[1], $"member {number.Invariant()}"), Closed(serials[2], WorklistItemEnd.Expired),
                Closed(serials[3], WorklistItemEnd.Expired),
                Samples.Opened(
                    Header(commit.ProcessInstance, serials[2].Destination) with { Event = $"Again {number.Invariant()}" }, User(number),
                    $"later {number.Invariant()}"),
            ],
        };
    }

    private static Commit ArmedTimers(Commit commit, int number, long facts) => commit with
    {
        ArmedTimers =
        [
            .. Enumerable.Range(0, 4).Select(place => Timer(commit.ProcessInstance, (number * 10) + place, number) with
            {
                ActivityInstance = number,
                Destination = place,
                EventInstance = place * number,
                Element = $"Element {number.Invariant()}",
                DueAt = Beginning.AddTicks((number * 10) + place),
            }),
            Timer(commit.ProcessInstance, 10, number),
        ],
    };

    private static Commit EndedTimers(Commit commit, int number, long facts) =>
        commit with { EndedTimers = [.. Enumerable.Range(1, 3).Select(back => ((number - back) * 10) + back), 11, 99_999] };

    private static Commit Request(Commit commit, int number, long facts) =>
        commit with { Request = Samples.Request(Key(commit.ProcessInstance, number), commit.ProcessInstance, Bytes(number, 0)) };

    private static Commit Sent(Commit commit, int number, long facts) => commit with
    {
        SentMessages =
            [.. Enumerable.Range(0, 4).Select(place => Message(commit.ProcessInstance, (number * 10) + place, commit.ProcessInstance, Bytes(number, place)))],
    };

    private static Commit Received(Commit commit, int number, long facts) => commit with
    {
        ReceivedMessages = [.. Enumerable.Range(1, 3).Select(back => (commit.ProcessInstance, ((number - back) * 10) + back)), (commit.ProcessInstance, 10)],
    };

    private static Commit Leased(Commit commit, int number, long facts) => commit with { Lease = Lease(Owner) };
}
