using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>The rules for who takes or took part in an instance.</summary>
internal static class ParticipationRules
{
    private const string Source = "IProcessStore.HasTakenPartAsync";
    private const string Found = "IProcessStore.FindProcessesOfAsync";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("A user with a task takes part, by name or by role or group, without regard to case", Source, HasAsync),
        new("A user who had a task took part: it ended, they were removed, or a later one took its place", Source, HadAsync),
        new("A user who took a slot of a task that was not theirs by name took part, and has no task by that", "WorklistChange.TookPart", TookAsync),
        new("Nobody takes part in an instance in which they never had a task", Source, NeverAsync),
        new("Instances are found by the user who started them, has a task in them or had one, each once", Found, FoundAsync),
        new("Instances in which somebody takes part come in the order that is asked for, page by page", Found, PagesAsync),
        new("Of the instances in which somebody takes part, those come that the query asks for", Found, FilteredAsync),
        new("Somebody may belong to five thousand roles, for their tasks, one instance and all instances", Found, ManyAsync),
    ];

    private static async Task ExpectFoundAsync(
        StoreTrial trial, IEnumerable<ProcessInstanceId> expected, ProcessQuery query, params IReadOnlyCollection<Destination> participants)
    {
        var found = await trial.Store.FindProcessesOfAsync(participants, query, CancellationToken.None);
        trial.Expect(
            Shown.Numbers(expected), Shown.Numbers(found.Select(record => record.Id)),
            $"the instances of {string.Join(", ", participants.Take(3).Select(participant => participant.ToString()))}");
    }

    private static async Task ExpectAsync(StoreTrial trial, bool expected, ProcessInstanceId id, params Destination[] entries) => trial.Expect(
        expected,
        await trial.Store.HasTakenPartAsync(id, entries, CancellationToken.None),
        $"whether {string.Join(" or ", entries.Take(3).Select(entry => entry.ToString()))} has taken part");

    private static async Task HasAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => commit with
        {
            Worklist = [new WorklistChange.Opened(Header(commit.ProcessInstance, 1), [Destination.User("ann"), Destination.Role("R"), Destination.Group("G")])],
        });

        await ExpectAsync(trial, true, id, Destination.User("ANN"));
        await ExpectAsync(trial, true, id, Destination.User("bob"), Destination.Role("r"));
        await ExpectAsync(trial, true, id, Destination.Group("g"), Destination.User("bob"));
    }

    private static async Task HadAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => commit with
        {
            Worklist =
            [
                Opened(Header(commit.ProcessInstance, 1), "ann"), Opened(Header(commit.ProcessInstance, 2), "bob", "cy"),
                Opened(Header(commit.ProcessInstance, 3), "dan"),
            ],
        });

        await trial.ChangeTasksAsync(
            id, Closed(new(id, 1)), Removed(new(id, 2), "bob"), Closed(new(id, 3), WorklistItemEnd.Expired), Opened(Header(id, 3), "eve"), Closed(new(id, 3)));

        foreach (var user in (string[])["ann", "bob", "cy", "dan", "eve"])
        {
            await ExpectAsync(trial, true, id, Destination.User(user));
        }
    }

    private static async Task TookAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(
            commit => commit with { Worklist = [new WorklistChange.Opened(Header(commit.ProcessInstance, 1), [Destination.Role("R")])] });

        await trial.ChangeTasksAsync(id, new WorklistChange.TookPart(new(id, 1), "ann"));

        await ExpectAsync(trial, true, id, Destination.User("Ann"));
        await ExpectAsync(trial, false, id, Destination.User("bob"));
        trial.Expect("", await trial.TasksAsync("ann"), "the tasks of ann");
        trial.Expect($"{id}_1", await trial.TasksOfAsync(new(), Destination.Role("R")), "the tasks of the role");
    }

    private static async Task NeverAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit =>
            commit with { Worklist = [new WorklistChange.Opened(Header(commit.ProcessInstance, 1), [Destination.User("ann"), Destination.Role("R")])] });
        var other = await trial.AddAsync();

        await ExpectAsync(trial, false, id, Destination.User("R"), Destination.Group("R"), Destination.Role("ann"));
        await ExpectAsync(trial, false, id);
        await ExpectAsync(trial, false, other, Destination.User("ann"));
        await ExpectAsync(trial, false, await trial.ReserveAsync(), Destination.User("ann"));
    }

    private static Task<ProcessInstanceId> AddAsync(StoreTrial trial, string originator, params Destination[] entries) => trial.AddAsync(commit => commit with
    {
        Record = commit.Record! with { Originator = originator },
        Worklist = entries.Length == 0
            ? []
            : [new WorklistChange.Opened(Header(commit.ProcessInstance, 1), entries), new WorklistChange.Opened(Header(commit.ProcessInstance, 2), entries)],
    });

    private static async Task FoundAsync(StoreTrial trial)
    {
        var started = await AddAsync(trial, "Ann");
        await AddAsync(trial, "R");
        var open = await AddAsync(trial, "bob", Destination.User("ANN"), Destination.Role("R"));
        var closed = await AddAsync(trial, "bob", Destination.User("ann"));
        var ofRole = await AddAsync(trial, "bob", Destination.Role("r"));
        await AddAsync(trial, "bob", Destination.Group("R"), Destination.User("R"));
        var removed = await AddAsync(trial, "ann", Destination.User("ann"), Destination.User("cy"));
        var took = await AddAsync(trial, "bob", Destination.Role("S"));
        await trial.ChangeTasksAsync(closed, Closed(new(closed, 1)));
        await trial.ChangeTasksAsync(removed, Removed(new(removed, 1), "ann"), Removed(new(removed, 2), "ann"));
        await trial.ChangeTasksAsync(took, new WorklistChange.TookPart(new(took, 1), "ann"), Closed(new(took, 2)));

        await ExpectFoundAsync(trial, [started, open, closed, ofRole, removed, took], new(), Destination.User("ann"), Destination.Role("R"));
        await ExpectFoundAsync(trial, [started, open, closed, removed, took], new(), Destination.User("aNN"));
        await ExpectFoundAsync(trial, [open, ofRole], new(), Destination.Role("R"));
        await ExpectFoundAsync(trial, [], new(), Destination.User("dan"));
        await ExpectFoundAsync(trial, [], new());
        trial.Expect(2, await EndAndPurgeAsync(trial, closed, started), "how many were purged");
        await ExpectFoundAsync(trial, [open, removed, took], new(), Destination.User("ann"));
    }

    private static async Task<int> EndAndPurgeAsync(StoreTrial trial, ProcessInstanceId secondCommit, ProcessInstanceId firstCommit)
    {
        await trial.CommitAsync(Next(secondCommit, 2) with { Record = Completed(secondCommit, 1) });
        await trial.CommitAsync(Next(firstCommit, 1) with { Record = Completed(firstCommit, 1) });
        return await trial.Store.PurgeAsync(Beginning.AddDays(1), null, 10, CancellationToken.None);
    }

    private static async Task PagesAsync(StoreTrial trial)
    {
        var ids = new List<ProcessInstanceId>();
        for (var number = 0; number < 12; number++)
        {
            await AddAsync(trial, "bob", Destination.User("bob"));
            ids.Add(await AddAsync(
                trial, number % 3 == 0 ? "ann" : "bob", number % 3 == 1 ? [Destination.User("ann"), Destination.Role("R")] : [Destination.Role("R")]));
            await trial.ChangeTasksAsync(ids[^1], number % 2 == 0 ? [Closed(new(ids[^1], 1)), Closed(new(ids[^1], 2))] : []);
        }

        foreach (var newestFirst in (bool[])[false, true])
        {
            var query = new ProcessQuery { NewestFirst = newestFirst, Limit = 5 };
            var found = new List<ProcessInstanceId>();
            IReadOnlyList<ProcessRecord> page;
            do
            {
                page = await trial.Store.FindProcessesOfAsync([Destination.Role("r"), Destination.User("ann")], query, CancellationToken.None);
                found.AddRange(page.Select(record => record.Id));
                query = page.Count > 0 ? query with { After = page[^1].Id } : query;
            }
            while (page.Count == query.Limit && found.Count <= ids.Count);
            trial.Expect(
                Shown.Numbers(newestFirst ? ids.AsEnumerable().Reverse() : ids), Shown.Numbers(found),
                newestFirst ? "all pages, the newest first" : "all pages");
        }
    }

    private static async Task FilteredAsync(StoreTrial trial)
    {
        var travel = await trial.AddAsync(commit => commit with { Record = commit.Record! with { Definition = "Travel", Originator = "ann" } });
        var completed = await trial.AddAsync(
            commit => commit with { Record = Completed(commit.ProcessInstance, 1) with { Originator = "ann", Fields = [new("City", "Lisbon")] } });
        await trial.AddAsync(commit => commit with { Record = commit.Record! with { Definition = "Travel", Originator = "bob" } });

        await ExpectFoundAsync(trial, [travel], new() { Definition = "Travel" }, Destination.User("ann"));
        await ExpectFoundAsync(trial, [completed], new() { Status = ProcessInstanceStatus.Completed }, Destination.User("ann"));
        await ExpectFoundAsync(trial, [completed], new() { Fields = [new("City", "Lisbon")] }, Destination.User("ann"));
        await ExpectFoundAsync(trial, [travel, completed], new() { Originator = "ANN" }, Destination.User("ann"));
        await ExpectFoundAsync(trial, [], new() { Originator = "bob" }, Destination.User("ann"));
    }

    private static async Task ManyAsync(StoreTrial trial)
    {
        Destination[] roles =
            [Destination.User("ann"), .. Enumerable.Range(1, 5_000).Select(number => Destination.Role($"\"Role\" {number.Invariant()} \u00e4\U0001F600"))];
        var first = await AddAsync(trial, "bob", roles[1], roles[2_500]);
        var second = await AddAsync(trial, "bob", roles[5_000]);
        var other = await AddAsync(trial, "bob", Destination.Role("Role 1"));
        var ended = await AddAsync(trial, "bob", roles[77]);
        await trial.ChangeTasksAsync(ended, Closed(new(ended, 1)), Closed(new(ended, 2)));

        foreach (var order in Enum.GetValues<WorklistOrder>())
        {
            trial.Expect($"{first}_1 {first}_2 {second}_1 {second}_2", await trial.TasksOfAsync(new() { Order = order }, roles), $"the tasks, {order}");
        }

        trial.Expect($"{first}_2 {second}_1", await trial.TasksOfAsync(new() { After = new(first, 1), Limit = 2 }, roles), "a page of the tasks");
        trial.Expect($"{second}_1 {second}_2", await trial.TasksOfAsync(new() { ProcessInstance = second }, roles), "the tasks of one instance");
        await ExpectAsync(trial, true, second, roles);
        await ExpectAsync(trial, true, ended, roles);
        await ExpectAsync(trial, false, other, roles);
        await ExpectFoundAsync(trial, [first, second, ended], new(), roles);
        await ExpectFoundAsync(trial, [ended, second], new() { NewestFirst = true, Limit = 2 }, roles);
    }
}
