using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>How instances and tasks are counted, and how far.</summary>
internal static class CountRules
{
    private const string Processes = "IProcessStore.CountProcessesAsync";
    private const string Live = "IProcessStore.CountLiveAsync";
    private const string Tasks = "IProcessStore.CountTasksAsync";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("As many instances are counted as are found, and no more than asked for", Processes, CountAsync),
        new("As many instances are counted of a participant as are found", "IProcessStore.CountProcessesOfAsync", CountOfAsync),
        new("Instances that have not ended are counted by definition and status", Live, LiveAsync),
        new("Of each status the newest instances are counted, and no more than asked for", Live, LimitOfLiveAsync),
        new("Open tasks are counted for each user, group and role that they are for", Tasks, TasksAsync),
        new("Those with open tasks come in pages that add up", Tasks, PagesAsync),
        new("Open tasks are counted of some definitions, and no more than asked for", Tasks, LimitsAsync),
        new("A count that is not positive is refused", "IProcessStore", RefusalsAsync),
    ];

    private static Task<ProcessInstanceId> AddAsync(StoreTrial trial, Func<ProcessRecord, ProcessRecord> change) =>
        trial.AddAsync(commit => commit with { Record = change(commit.Record!) });

    private static async Task CountAsync(StoreTrial trial)
    {
        for (var index = 0; index < 7; index++)
        {
            await AddAsync(trial, record => record with
            {
                Definition = index % 2 == 0 ? "Expense" : "Travel", Folio = $"folio {index.Invariant()}", Status = ProcessInstanceStatus.Error, Error = "why",
            });
        }

        await AddAsync(trial, record => Completed(record.Id, 1));
        foreach (var query in (ProcessQuery[])
        [
            new(), new() { HasEnded = false }, new() { HasEnded = true }, new() { Definition = "Travel" }, new() { Definitions = ["Travel", "Expense"] },
            new() { Definitions = [] }, new() { Status = ProcessInstanceStatus.Error }, new() { FolioStart = "folio" }, new() { FolioStart = "folio 3" },
            new() { FolioStart = "folio", Definitions = ["Travel", "Never"] },
            new() { Originator = "nobody" }, new() { Definitions = ["Travel", "Expense"], Status = ProcessInstanceStatus.Error, NewestFirst = true },
        ])
        {
            var found = (await trial.Store.FindProcessesAsync(query, CancellationToken.None)).Count;
            foreach (var atMost in (int[])[1, 3, 7, 1_000])
            {
                trial.Expect(
                    Math.Min(found, atMost), await trial.Store.CountProcessesAsync(query with { Limit = 2 }, atMost, CancellationToken.None),
                    $"the count of {Shown.Query(query)} up to {atMost.Invariant()}");
            }
        }
    }

    private static async Task CountOfAsync(StoreTrial trial)
    {
        for (var index = 0; index < 5; index++)
        {
            await trial.AddAsync(commit => commit with
            {
                Record = commit.Record! with { Originator = index == 0 ? "ann" : "dora" },
                Worklist = index < 3 ? [Opened(Header(commit.ProcessInstance, 1), "ann")] : [],
            });
        }

        await trial.ChangeTasksAsync(new ProcessInstanceId(2), Closed(new SerialNumber(new ProcessInstanceId(2), 1)));
        Destination[] ann = [Destination.User("ann"), Destination.Role("Nobody's")];
        foreach (var query in (ProcessQuery[])[new(), new() { Definition = "Expense", NewestFirst = true }, new() { Definition = "Travel" }])
        {
            var found = (await trial.Store.FindProcessesOfAsync(ann, query, CancellationToken.None)).Count;
            foreach (var atMost in (int[])[1, 2, 500])
            {
                trial.Expect(
                    Math.Min(found, atMost), await trial.Store.CountProcessesOfAsync(ann, query, atMost, CancellationToken.None),
                    $"the count of {Shown.Query(query)} up to {atMost.Invariant()}");
            }
        }

        trial.Expect(0, await trial.Store.CountProcessesOfAsync([], new(), 10, CancellationToken.None), "the count of nobody");
    }

    private static async Task LiveAsync(StoreTrial trial)
    {
        await trial.AddAsync();
        await trial.AddAsync(Pending);
        await trial.AddAsync(Stopped);
        await AddAsync(trial, record => record with { Status = ProcessInstanceStatus.Error, Error = "why" });
        await AddAsync(trial, record => record with { Definition = "Travel" });
        await AddAsync(trial, record => record with { Definition = "Travel", DefinitionVersion = 2 });
        await AddAsync(trial, record => Completed(record.Id, 1));
        await trial.AddAsync(Deleted);

        trial.Expect("Expense Running 1; Expense Active 1; Expense Error 1; Expense Stopped 1; Travel Active 2", await LiveAsync(trial, 100), "the counts");
    }

    private static async Task LimitOfLiveAsync(StoreTrial trial)
    {
        for (var index = 0; index < 6; index++)
        {
            await AddAsync(trial, record => record with { Definition = index < 4 ? "Expense" : "Travel" });
        }

        await AddAsync(trial, record => record with { Status = ProcessInstanceStatus.Error, Error = "why" });

        trial.Expect("Expense Active 1; Expense Error 1; Travel Active 2", await LiveAsync(trial, 3), "the counts up to three");
        trial.Expect("Expense Active 3; Expense Error 1", await LiveAsync(trial, 3, "Expense"), "the counts of one definition");
        trial.Expect("Travel Active 2", await LiveAsync(trial, 3, "Travel", "Never"), "the counts of two definitions");
        trial.Expect("", await LiveAsync(trial, 3, []), "the counts of no definition");
        trial.Expect("Expense Error 1; Travel Active 1", await LiveAsync(trial, 1), "the counts up to one");
    }

    private static Task<string> LiveAsync(StoreTrial trial, int atMost) => LiveOfAsync(trial, definitions: null, atMost);

    private static Task<string> LiveAsync(StoreTrial trial, int atMost, params string[] definitions) => LiveOfAsync(trial, definitions, atMost);

    private static async Task<string> LiveOfAsync(StoreTrial trial, string[]? definitions, int atMost)
    {
        var counts = await trial.Store.CountLiveAsync(definitions, atMost, CancellationToken.None);
        return string.Join("; ", counts.Select(count => $"{count.Definition} {count.Status} {count.Instances.Invariant()}"));
    }

    private static async Task TasksAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => commit with
        {
            Worklist =
            [
                new WorklistChange.Opened(Header(commit.ProcessInstance, 1), [Destination.User("Ann"), Destination.Role("Boss"), Destination.Group("Sales")]),
                Opened(Header(commit.ProcessInstance, 2), "ann", "bob"),
                Opened(Header(commit.ProcessInstance, 3), "ann", "cid"),
            ],
        });
        trial.Expect("User ANN 3; User BOB 1; User CID 1; Group SALES 1; Role BOSS 1", await CountAsync(trial, new()), "the counts");

        await trial.ChangeTasksAsync(id, Closed(new SerialNumber(id, 2)), Removed(new SerialNumber(id, 3), "cid"));
        trial.Expect("User ANN 2; Group SALES 1; Role BOSS 1", await CountAsync(trial, new()), "the counts when one is over and one is redirected");
    }

    private static async Task PagesAsync(StoreTrial trial)
    {
        await trial.AddAsync(commit => commit with
        {
            Worklist =
            [
                new WorklistChange.Opened(
                    Header(commit.ProcessInstance, 1),
                    [
                        .. Enumerable.Range(1, 5).Select(number => Destination.User($"user {number.Invariant()}")),
                        .. Enumerable.Range(1, 3).Select(number => Destination.Group($"group {number.Invariant()}")),
                        .. Enumerable.Range(1, 3).Select(number => Destination.Role($"role {number.Invariant()}")),
                    ]),
            ],
        });
        var whole = await CountAsync(trial, new());
        for (var size = 1; size <= 12; size++)
        {
            var found = new List<string>();
            var query = new TaskCountQuery { Limit = size };
            IReadOnlyList<TaskCountOf> page;
            do
            {
                page = await trial.Store.CountTasksAsync(query, CancellationToken.None);
                found.AddRange(page.Select(Words));
                query = query with { After = page.Count > 0 ? page[^1].Who : null };
            }
            while (page.Count == size && found.Count < 30);

            trial.Expect(whole, string.Join("; ", found), $"all pages of {size.Invariant()}");
        }
    }

    private static async Task LimitsAsync(StoreTrial trial)
    {
        foreach (var definition in (string[])["Expense", "Expense", "Travel", "Leave"])
        {
            await trial.AddAsync(commit => commit with
            {
                Record = commit.Record! with { Definition = definition },
                Worklist = [Opened(Header(commit.ProcessInstance, 1) with { Definition = definition }, definition == "Leave" ? "bob" : "ann")],
            });
        }

        trial.Expect("User ANN 2; User BOB 1", await CountAsync(trial, new() { AtMost = 2 }), "the counts up to two");
        trial.Expect("User ANN 1; User BOB 0", await CountAsync(trial, new() { Definitions = ["Travel", "Never"] }), "the counts of one definition");
        trial.Expect("User ANN 3; User BOB 1", await CountAsync(trial, new() { Definitions = ["Travel", "Expense", "Leave"] }), "the counts of three");
        trial.Expect("", await CountAsync(trial, new() { Definitions = [] }), "the counts of none");
    }

    private static async Task<string> CountAsync(StoreTrial trial, TaskCountQuery query) =>
        string.Join("; ", (await trial.Store.CountTasksAsync(query, CancellationToken.None)).Select(Words));

    private static string Words(TaskCountOf count) => $"{count.Who.Kind} {count.Who.Name.ToUpperInvariant()} {count.Tasks.Invariant()}";

    private static async Task RefusalsAsync(StoreTrial trial)
    {
        var store = trial.Store;
        foreach (var count in (int[])[0, -1])
        {
            foreach (var (name, call) in ((string, Func<Task>)[])
            [
                ("CountProcessesAsync", () => store.CountProcessesAsync(new(), count, CancellationToken.None).AsTask()),
                ("CountProcessesOfAsync", () => store.CountProcessesOfAsync([Destination.User("ann")], new(), count, CancellationToken.None).AsTask()),
                ("CountLiveAsync", () => store.CountLiveAsync(definitions: null, count, CancellationToken.None).AsTask()),
                ("CountTasksAsync, each", () => store.CountTasksAsync(new() { AtMost = count }, CancellationToken.None).AsTask()),
                ("CountTasksAsync", () => store.CountTasksAsync(new() { Limit = count }, CancellationToken.None).AsTask()),
            ])
            {
                await trial.ExpectThrowsAsync<ArgumentOutOfRangeException>(call, $"{name} with {count.Invariant()}");
            }
        }
    }
}
