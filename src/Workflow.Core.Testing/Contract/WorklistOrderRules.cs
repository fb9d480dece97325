using Workflow.Core.Persistence;
using Workflow.Core.Records;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>In which order tasks come, and that their pages do not move.</summary>
internal static class WorklistOrderRules
{
    private const string Source = "WorklistOrder";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new(
            "Tasks come by serial number, those of the oldest instance first", Source,
            trial => OrderAsync(trial, WorklistOrder.Serial, "0_2 0_11 1_1 2_1 2_5")),
        new("Tasks come the oldest first", Source, trial => OrderAsync(trial, WorklistOrder.Oldest, "2_1 0_2 0_11 2_5 1_1")),
        new("Tasks come the newest first", Source, trial => OrderAsync(trial, WorklistOrder.Newest, "1_1 0_2 0_11 2_5 2_1")),
        new("Tasks come by priority, the highest first", Source, trial => OrderAsync(trial, WorklistOrder.Priority, "2_1 0_2 0_11 2_5 1_1")),
        new("Tasks come by folio, ordinally", Source, trial => OrderAsync(trial, WorklistOrder.Folio, "1_1 0_2 0_11 2_1 2_5")),
        new("Tasks come by definition and activity, ordinally", Source, trial => OrderAsync(trial, WorklistOrder.Activity, "0_11 0_2 1_1 2_5 2_1")),
        new("Tasks come by when their expected duration is over, and those without one come last", Source, LatenessAsync),
        new("The order of folios is that of characters, not of a language", Source, FoliosAsync),
        new("Tasks that are alike come by serial number in every order", Source, TiesAsync),
        new("Pages of tasks of any size add up to the whole in every order", "WorklistQuery.After", PagesAsync),
        new("A page of tasks begins behind one that has ended, in every order", "WorklistQuery.After", trial => BehindAsync(trial, serial => Closed(serial))),
        new(
            "A page of tasks begins behind one that is for others now, in every order", "WorklistQuery.After",
            trial => BehindAsync(trial, serial => Removed(serial, "ann"))),
        new("A page of tasks is not moved by those that come in front of it", "WorklistQuery.After", ComeAsync),
        new("A page by serial number may begin behind a task that never was", "WorklistQuery.After", NeverAsync),
    ];

    /// <summary>Tasks of three instances, whose numbers stand for 0, 1 and 2. In pairs they are alike in one respect or another.</summary>
    private static async Task<IReadOnlyList<ProcessInstanceId>> AddAsync(StoreTrial trial)
    {
        var numbers = await trial.ReserveAsync(3);
        await AddAsync(trial, numbers[2], "Leave", "a", id =>
        [
            Header(id, 1) with { Priority = Priority.High, StartedAt = Beginning.AddMinutes(1), Activity = "Sign" },
            Header(id, 5) with { StartedAt = Beginning.AddMinutes(2), Activity = "Approve" },
        ]);
        await AddAsync(trial, numbers[1], "Expense2", "B", id =>
            [Header(id, 1) with { Priority = Priority.Low, StartedAt = Beginning.AddMinutes(3), Activity = "Approve" }]);
        await AddAsync(trial, numbers[0], "Expense", "a", id =>
        [
            Header(id, 11) with { StartedAt = Beginning.AddMinutes(2), Activity = "Able" },
            Header(id, 2) with { StartedAt = Beginning.AddMinutes(2), Activity = "able" },
        ]);
        return numbers;
    }

    private static Task AddAsync(
        StoreTrial trial, ProcessInstanceId id, string definition, string folio, Func<ProcessInstanceId, IReadOnlyList<WorklistHeaderRecord>> headers) =>
        trial.CommitAsync(New(id) with
        {
            Record = Record(id) with { Definition = definition, Folio = folio },
            Worklist = [.. headers(id).Select(header => Opened(header with { Definition = definition, Folio = folio }, "ann"))],
        });

    private static Task<string> FindAsync(StoreTrial trial, WorklistQuery query) => trial.TasksOfAsync(query, Destination.User("ann"));

    private static async Task OrderAsync(StoreTrial trial, WorklistOrder order, string expected)
    {
        var numbers = await AddAsync(trial);
        var serials = Shown.Joined(expected.Split(' ').Select(text => $"{numbers[text[0] - '0']}{text[1..]}"));

        trial.Expect(serials, await FindAsync(trial, new() { Order = order }), $"the tasks of ann in the order {order}");
        trial.Expect(serials, await trial.TasksOfAsync(new() { Order = order }, null), $"the tasks of everybody in the order {order}");
    }

    /// <summary>Each version and each activity has a duration of its own, or none.</summary>
    private static async Task LatenessAsync(StoreTrial trial)
    {
        var numbers = await AddAsync(trial);
        ExpectedDuration[] durations =
        [
            new(new("Leave", 1), "Sign", TimeSpan.FromHours(2)), new(new("Leave", 2), "Approve", TimeSpan.FromMinutes(1)),
            new(new("Expense", 1), "able", TimeSpan.FromMinutes(1)), new(new("Expense2", 1), "Approve", TimeSpan.FromHours(1)),
        ];
        var query = new WorklistQuery { Order = WorklistOrder.Lateness, ExpectedDurations = durations };
        var expected = Shown.Joined([$"{numbers[0]}_2", $"{numbers[1]}_1", $"{numbers[2]}_1", $"{numbers[0]}_11", $"{numbers[2]}_5"]);

        trial.Expect(expected, await FindAsync(trial, query), "the tasks of ann by lateness");
        trial.Expect(expected, await trial.TasksOfAsync(query, null), "the tasks of everybody by lateness");
        trial.Expect(
            Shown.Joined([$"{numbers[2]}_1", $"{numbers[0]}_11"]),
            await FindAsync(trial, query with { After = new SerialNumber(numbers[1], 1), Limit = 2 }), "the page behind one that is expected to end");
        trial.Expect(
            Shown.Joined([$"{numbers[2]}_5"]), await FindAsync(trial, query with { After = new SerialNumber(numbers[0], 11) }),
            "the page behind one of which nothing is expected");
    }

    private static async Task FoliosAsync(StoreTrial trial)
    {
        string[] folios = ["", " ", "10", "9", "A", "B", "_", "a", "b", "ba", "ä", "漢", "🙂"];
        var numbers = await trial.ReserveAsync(folios.Length);
        for (var index = folios.Length - 1; index >= 0; index--)
        {
            await AddAsync(trial, numbers[folios.Length - 1 - index], "Expense", folios[index], id => [Header(id, 1)]);
        }

        var found = await trial.Store.FindTasksAsync([Destination.User("ann")], new() { Order = WorklistOrder.Folio }, CancellationToken.None);
        trial.Expect(string.Join('|', folios), string.Join('|', found.Select(header => header.Folio)), "the folios in their order");
    }

    private static async Task TiesAsync(StoreTrial trial)
    {
        var numbers = await trial.ReserveAsync(11);
        foreach (var id in numbers.Reverse())
        {
            await AddAsync(trial, id, "Expense", "same", number => [Header(number, 10), Header(number, 9)]);
        }

        var expected = Shown.Serials(numbers.SelectMany(id => new SerialNumber[] { new(id, 9), new(id, 10) }));
        foreach (var order in Enum.GetValues<WorklistOrder>())
        {
            trial.Expect(expected, await FindAsync(trial, new() { Order = order }), $"tasks that are alike in the order {order}");
        }
    }

    private static async Task PagesAsync(StoreTrial trial)
    {
        await AddAsync(trial);
        foreach (var order in Enum.GetValues<WorklistOrder>())
        {
            var whole = await FindAsync(trial, new() { Order = order });
            for (var size = 1; size <= 6; size++)
            {
                var found = new List<SerialNumber>();
                IReadOnlyList<WorklistHeaderRecord> page;
                do
                {
                    var query = new WorklistQuery { Order = order, Limit = size, After = found.Count == 0 ? null : found[^1] };
                    page = await trial.Store.FindTasksAsync([Destination.User("ann")], query, CancellationToken.None);
                    found.AddRange(page.Select(header => header.Serial));
                }
                while (page.Count == size && found.Count < 10);

                trial.Expect(whole, Shown.Serials(found), $"all pages of {size.Invariant()} in the order {order}");
            }
        }
    }

    private static async Task BehindAsync(StoreTrial trial, Func<SerialNumber, WorklistChange> leave)
    {
        await AddAsync(trial);
        var wholes = new Dictionary<WorklistOrder, IReadOnlyList<WorklistHeaderRecord>>();
        foreach (var order in Enum.GetValues<WorklistOrder>())
        {
            wholes[order] = await trial.Store.FindTasksAsync([Destination.User("ann")], new() { Order = order }, CancellationToken.None);
        }

        var gone = wholes[WorklistOrder.Serial][1].Serial;
        await trial.ChangeTasksAsync(gone.ProcessInstance, leave(gone));

        foreach (var (order, whole) in wholes)
        {
            var rest = Shown.Serials(whole.SkipWhile(header => header.Serial != gone).Skip(1).Select(header => header.Serial));
            trial.Expect(rest, await FindAsync(trial, new() { Order = order, After = gone }), $"the page behind the task that is gone, in the order {order}");
        }
    }

    private static async Task ComeAsync(StoreTrial trial)
    {
        var numbers = await AddAsync(trial);
        var first = await trial.Store.FindTasksAsync([Destination.User("ann")], new() { Order = WorklistOrder.Newest, Limit = 2 }, CancellationToken.None);

        await trial.ChangeTasksAsync(numbers[1], Opened(Header(numbers[1], 7) with { StartedAt = Beginning.AddHours(1) }, "ann"));

        trial.Expect(
            $"{numbers[0]}_11 {numbers[2]}_5", await FindAsync(trial, new() { Order = WorklistOrder.Newest, Limit = 2, After = first[^1].Serial }),
            "the second page, the newest first");
    }

    private static async Task NeverAsync(StoreTrial trial)
    {
        var numbers = await AddAsync(trial);

        trial.Expect(
            $"{numbers[0]}_11 {numbers[1]}_1", await FindAsync(trial, new() { After = new(numbers[0], 5), Limit = 2 }),
            "the page behind a task that never was");
        trial.Expect("", await FindAsync(trial, new() { After = new(numbers[2], 9) }), "the page behind all");
    }
}
