using Workflow.Core.Persistence;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>Commits of one engine on one instance, made in the store and in one in memory that says what is to be found.</summary>
internal sealed class CommitSeries
{
    private readonly StoreTrial _trial;
    private readonly IProcessStore _model;
    private readonly ProcessInstanceId _id;
    private readonly HashSet<int> _messages = [];
    private int _number = 1;
    private long _facts;

    private CommitSeries(StoreTrial trial, IProcessStore model, ProcessInstanceId id)
    {
        _trial = trial;
        _model = model;
        _id = id;
    }

    /// <summary>Starts an instance with some tasks, parts, timers and messages to change.</summary>
    public static async Task<CommitSeries> BeginAsync(StoreTrial trial) => await BeginAsync(trial, new InMemoryProcessStore(trial.Clock));

    /// <summary>Another instance in the same stores.</summary>
    public Task<CommitSeries> BesideAsync() => BeginAsync(_trial, _model);

    /// <summary>The next commit with some kinds of things.</summary>
    public Commit Next(IReadOnlyCollection<CommitFacet> facets)
    {
        var number = _number + 1;
        var commit =
            Samples.Next(_id, _number) with { Id = $"commit {number.Invariant()}", LastCommit = $"commit {_number.Invariant()}", Owner = CommitFacets.Owner };
        var made = facets.Aggregate(commit, (made, facet) => facet(made, number, _facts));

        // Messages that are not there cannot be received.
        return made with { ReceivedMessages = [.. made.ReceivedMessages.Where(message => _messages.Contains(message.Number))] };
    }

    public async Task CommitAsync(IReadOnlyCollection<CommitFacet> facets)
    {
        var commit = Next(facets);
        await BothAsync(commit);
        _number++;
        _facts += commit.Journal?.Count ?? 0;
    }

    /// <summary>Compares all that the two stores tell.</summary>
    public async Task CompareAsync()
    {
        var expected = await TextsAsync(_model);
        var found = await TextsAsync(_trial.Store);
        for (var place = 0; place < expected.Count; place++)
        {
            _trial.Expect(
                $"{expected[place].What}: {expected[place].Text}", $"{found[place].What}: {found[place].Text}", $"after commit {_number.Invariant()}");
        }
    }

    /// <summary>Compares what the two stores give an engine to work on.</summary>
    public async Task CompareClaimsAsync(string owner)
    {
        var query = Claim(owner) with { DueUntil = Beginning.AddDays(1) };
        _trial.Expect(
            Claims(await _model.ClaimAsync(query, CancellationToken.None)), Claims(await _trial.Store.ClaimAsync(query, CancellationToken.None)),
            $"what {owner} is given");

        static string Claims(IEnumerable<ClaimedProcess> claims) =>
            Shown.Joined(claims.Select(claim => $"{claim.Id}/{claim.Epoch.Invariant()}/{claim.Attempts.Invariant()}/{claim.HasPendingCall}/{claim.Owner}"));
    }

    private static async Task<CommitSeries> BeginAsync(StoreTrial trial, IProcessStore model)
    {
        var series = new CommitSeries(trial, model, await trial.ReserveAsync());
        var id = series._id;
        await series.BothAsync(New(id) with
        {
            Id = "commit 1",
            Owner = CommitFacets.Owner,
            Parts =
            [
                Part(0, 0, 1),
                .. Enumerable.Range(1, 5).SelectMany(activity => new[] { Part(activity, 0, 1), Part(activity, 1, 2), Detail(activity, 1, 1, 3) }),
            ],
            Worklist = [.. CommitFacets.Destinations(1).Select(destination => Opened(Header(id, destination), CommitFacets.User(destination), "everybody"))],
            ArmedTimers = [.. Enumerable.Range(10, 3).Select(number => Timer(id, number, number))],
            SentMessages = [.. Enumerable.Range(10, 3).Select(number => Message(id, number, id, 1))],
        });
        return series;
    }

    private async Task BothAsync(Commit commit)
    {
        await _model.CommitAsync(commit, CancellationToken.None);
        await _trial.CommitAsync(commit);
        _messages.ExceptWith(commit.ReceivedMessages.Select(message => message.Number));
        _messages.UnionWith(commit.SentMessages.Select(message => message.Number));
    }

    private async Task<List<(string What, string Text)>> TextsAsync(IProcessStore store)
    {
        var none = CancellationToken.None;
        var texts = new List<(string What, string Text)>();
        void Add(string what, string text) => texts.Add((what, text));

        Add("instance", Instance(await store.LoadAsync(_id, none)));
        foreach (var activity in Enumerable.Range(1, 5))
        {
            Add($"activity instance {activity.Invariant()} with one destination", Instance(await store.LoadAsync(_id, activity, _number, none)));
        }

        Add("history", Shown.Pieces(await store.ReadJournalAsync(_id, 0, 1_000, none)));
        Add("record", Shown.Joined((await store.FindProcessesAsync(new() { Limit = 500 }, none)).Select(Shown.Record)));
        Add("instances by a field", Shown.Numbers(
            (await store.FindProcessesAsync(new() { Fields = [new("Number", _number.Invariant()), new("Nothing", null)] }, none)).Select(record => record.Id)));
        Add("server items", Shown.Joined((await store.FindServerItemsAsync(AllItems, none)).Select(Shown.Item)));
        Add("waiting server items", Shown.Joined((await store.FindServerItemsAsync(new() { ProcessInstance = _id, Limit = 500 }, none)).Select(Shown.Item)));
        Add(
            "timers",
            Shown.Joined((await store.FindTimersAsync(new() { Limit = 500 }, none)).Select(Shown.Timer)) + Shown.At(await store.NextDueAsync(null, none)));
        Add("messages", Shown.Messages(await store.FindMessagesAsync(new() { Limit = 1_000 }, none)));
        foreach (var number in Enumerable.Range(Math.Max(_number - 2, 1), 3))
        {
            Add($"request {number.Invariant()}", Shown.Request(await store.FindRequestAsync(CommitFacets.Key(_id, number), none)));
        }

        await AddTasksAsync(store, Add);
        return texts;
    }

    private async Task AddTasksAsync(IProcessStore store, Action<string, string> add)
    {
        var none = CancellationToken.None;
        foreach (var destination in CommitFacets.Destinations(1).Concat(CommitFacets.Destinations(_number)).Distinct())
        {
            var task = await store.FindTaskAsync(new SerialNumber(_id, destination), none);
            add($"task {destination.Invariant()}", task is null ? "none" : $"{Shown.Header(task.Header)} {Shown.Entries(task)} {task.End}");
        }

        var last = _number.Invariant();
        Destination[] people =
        [
            Destination.User(CommitFacets.User(_number)), Destination.User("added"), Destination.User("member"), Destination.User($"added {last}"),
            Destination.User($"second {last}"),
            Destination.User($"member {last}"), Destination.User($"later {last}"), Destination.User($"added {(_number - 1).Invariant()}"),
            Destination.Role("Role 1"), Destination.Role("added"), Destination.Group("all"),
        ];
        foreach (var who in people)
        {
            add($"tasks of {who}", Shown.Joined((await store.FindTasksAsync([who], new() { Limit = 500 }, none)).Select(Shown.Header)));
            add(
                $"whether {who} took part",
                $"{await store.HasTakenPartAsync(_id, [who], none)} "
                + $"{Shown.Numbers((await store.FindProcessesOfAsync([who], new(), none)).Select(record => record.Id))}");
        }

        add("tasks of all of them", Shown.Serials(
            (await store.FindTasksAsync(people, new() { Order = WorklistOrder.Newest, Limit = 500 }, none)).Select(header => header.Serial)));
        add("tasks of everybody", Shown.Joined(
            (await store.FindTasksAsync(null, new() { Order = WorklistOrder.Priority, Limit = 500 }, none)).Select(Shown.Header)));
    }

    private static string Instance(StoredProcess? process) => process is null
        ? "none"
        : $"{process.Version.Invariant()} {process.JournalCount.Invariant()} {process.Epoch.Invariant()} {process.Owner ?? "-"} {process.LastCommit} "
            + $"{Shown.Parts(process)}";
}
