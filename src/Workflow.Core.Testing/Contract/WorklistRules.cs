using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>The users for whom tasks are found, and the criteria.</summary>
internal static class WorklistRules
{
    private const string Source = "IProcessStore.FindTasksAsync";
    private const string Roles = "IProcessStore.FindRolesOfTasksAsync";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("A task is found by each of its entries, without regard to case", Source, EntriesAsync),
        new("Users, roles and groups of one name are different", "Destination", KindsAsync),
        new("A task is found once, however many of the entries it is for", Source, OnceAsync),
        new("No entries find no task, and null finds those of everybody", Source, EverybodyAsync),
        new("Names outside of ASCII compare without case as the library compares them", "Destination", UnicodeAsync),
        new("Tasks are found by each criterion", "WorklistQuery", CriteriaAsync),
        new("Tasks are found by several criteria at once", "WorklistQuery", CombinationsAsync),
        new("Statuses of a query for tasks are the engine's matter", Source, StatusesAsync),
        new("The roles and groups of open tasks are found, each once, and neither users nor those of whom no task is open", Roles, RolesAsync),
        new("Roles and groups come in pages that add up, groups first", Roles, PagesOfRolesAsync),
        new("Hundreds of tasks of one user come in pages that add up", "WorklistQuery.After", HundredsAsync),
    ];

    private static async Task EntriesAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => commit with
        {
            Worklist =
                [new WorklistChange.Opened(Header(commit.ProcessInstance, 1), [Destination.User("Ann"), Destination.Role("Boss"), Destination.Group("Sales")])],
        });

        trial.Expect($"{id}_1", await trial.TasksAsync("ANN"), "the tasks of the user");
        trial.Expect($"{id}_1", await trial.TasksAsync("bob", "ann"), "the tasks of one of two users");
        trial.Expect($"{id}_1", await trial.TasksOfAsync(new(), Destination.Role("boss")), "the tasks of the role");
        trial.Expect($"{id}_1", await trial.TasksOfAsync(new(), Destination.Group("sALES")), "the tasks of the group");
        trial.Expect("", await trial.TasksAsync("an"), "the tasks of a user with half of the name");
    }

    private static async Task KindsAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => commit with
        {
            Worklist =
            [
                new WorklistChange.Opened(Header(commit.ProcessInstance, 1), [Destination.User("x")]),
                new WorklistChange.Opened(Header(commit.ProcessInstance, 2), [Destination.Role("x")]),
                new WorklistChange.Opened(Header(commit.ProcessInstance, 3), [Destination.Group("x")]),
            ],
        });

        trial.Expect($"{id}_1", await trial.TasksAsync("x"), "the tasks of the user");
        trial.Expect($"{id}_2", await trial.TasksOfAsync(new(), Destination.Role("x")), "the tasks of the role");
        trial.Expect($"{id}_3", await trial.TasksOfAsync(new(), Destination.Group("x")), "the tasks of the group");
    }

    private static async Task OnceAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => commit with
        {
            Worklist =
            [
                new WorklistChange.Opened(Header(commit.ProcessInstance, 1), [Destination.User("ann"), Destination.Role("R")]),
                Opened(Header(commit.ProcessInstance, 2), "ann"),
            ],
        });

        foreach (var order in Enum.GetValues<WorklistOrder>())
        {
            trial.Expect(
                $"{id}_1 {id}_2",
                await trial.TasksOfAsync(new() { Order = order }, Destination.User("ann"), Destination.Role("R"), Destination.User("ANN")),
                $"the tasks in the order {order}");
        }

        trial.Expect($"{id}_1 {id}_2", await trial.TasksOfAsync(new() { Limit = 2 }, Destination.User("ann"), Destination.Role("R")), "a page of two");
    }

    private static async Task EverybodyAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(
            commit => commit with { Worklist = [Opened(Header(commit.ProcessInstance, 1), "ann"), Opened(Header(commit.ProcessInstance, 2), "bob")] });

        trial.Expect("", await trial.TasksAsync(), "the tasks of nobody");
        trial.Expect($"{id}_1 {id}_2", await trial.TasksOfAsync(new(), null), "the tasks of everybody");
        trial.Expect($"{id}_2", await trial.TasksOfAsync(new() { After = new(id, 1), Limit = 1 }, null), "the second page of everybody's");
        trial.Expect($"{id}_1", await trial.TasksOfAsync(new() { ProcessInstance = id }, Destination.User("ann")), "the tasks of ann in the instance");
    }

    private static async Task UnicodeAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => commit with { Worklist = [Opened(Header(commit.ProcessInstance, 1), "Änne", "ΟΔΟΣ", "Straße")] });

        trial.Expect($"{id}_1", await trial.TasksAsync("ÄNNE"), "the tasks of a name with an umlaut");
        trial.Expect($"{id}_1", await trial.TasksAsync("οδος"), "the tasks of a name with a final sigma");
        trial.Expect("", await trial.TasksAsync("STRASSE"), "the tasks of a name in which one letter would become two");
        trial.Expect("", await trial.TasksAsync("Anne"), "the tasks of a name without the umlaut");
    }

    /// <summary>1_1 and 1_2 of Expense, 2_1 and 2_2 of Leave; 2_2 is not for ann.</summary>
    private static async Task<(ProcessInstanceId One, ProcessInstanceId Two)> AddSeveralAsync(StoreTrial trial)
    {
        var one = await trial.AddAsync(commit => commit with
        {
            Record = Record(commit.ProcessInstance) with { Folio = "Lisbon" },
            Worklist = [Opened(Header(commit.ProcessInstance, 1) with { Activity = "Check" }, "ann"), Opened(Header(commit.ProcessInstance, 2), "ann", "bob")],
        });
        var two = await trial.AddAsync(commit => commit with
        {
            Record = Record(commit.ProcessInstance) with { Definition = "Leave", Originator = "Otto" },
            Worklist =
            [
                Opened(Header(commit.ProcessInstance, 1) with { Definition = "Leave", Event = "Sign" }, "ann"),
                Opened(Header(commit.ProcessInstance, 2) with { Definition = "Leave" }, "bob"),
            ],
        });
        return (one, two);
    }

    private static async Task CriteriaAsync(StoreTrial trial)
    {
        var (one, two) = await AddSeveralAsync(trial);

        foreach (var (query, expected) in ((WorklistQuery, string)[])
        [
            (new(), $"{one}_1 {one}_2 {two}_1"),
            (new() { Definition = "Leave" }, $"{two}_1"),
            (new() { Definition = "leave" }, ""),
            (new() { Definitions = ["Leave", "Never"] }, $"{two}_1"),
            (new() { Definitions = ["Leave"], Definition = "Expense" }, ""),
            (new() { Definitions = [] }, ""),
            (new() { ProcessInstance = one }, $"{one}_1 {one}_2"),
            (new() { Activity = "Check" }, $"{one}_1"),
            (new() { Activity = "check" }, ""),
            (new() { Event = "Sign" }, $"{two}_1"),
            (new() { Event = "SIGN" }, ""),
            (new() { Folio = "Lisbon" }, $"{one}_1 {one}_2"),
            (new() { Folio = "lisbon" }, ""),
            (new() { Folio = "" }, $"{two}_1"),
            (new() { Originator = "OTTO" }, $"{two}_1"),
            (new() { Limit = 2 }, $"{one}_1 {one}_2"),
        ])
        {
            trial.Expect(expected, await trial.TasksOfAsync(query, Destination.User("ann")), $"what {Shown.Query(query)} finds");
        }
    }

    private static async Task CombinationsAsync(StoreTrial trial)
    {
        var (one, two) = await AddSeveralAsync(trial);

        trial.Expect(
            $"{one}_2", await trial.TasksOfAsync(new() { Folio = "Lisbon", Activity = "Approve", Definition = "Expense" }, Destination.User("ann")),
            "tasks of folio, activity and definition");
        trial.Expect(
            "", await trial.TasksOfAsync(new() { Definition = "Leave", ProcessInstance = one }, Destination.User("ann")),
            "tasks of a definition in an instance of another");
        trial.Expect(
            $"{two}_1 {two}_2", await trial.TasksOfAsync(new() { Definition = "Leave", Originator = "otto" }, null),
            "tasks of everybody by definition and originator");
        trial.Expect(
            $"{two}_1 {two}_2", await trial.TasksOfAsync(new() { Definitions = ["Leave", "Never"] }, null), "tasks of everybody by several definitions");
        trial.Expect("", await trial.TasksOfAsync(new() { Definitions = [] }, null), "tasks of everybody by no definition");
        trial.Expect($"{two}_2", await trial.TasksOfAsync(new() { ProcessInstance = two, Event = "Decide" }, null), "tasks of everybody by instance and event");
    }

    private static async Task StatusesAsync(StoreTrial trial)
    {
        var (one, two) = await AddSeveralAsync(trial);

        trial.Expect(
            $"{one}_1 {one}_2 {two}_1", await trial.TasksOfAsync(new() { Statuses = [WorklistItemStatus.Completed] }, Destination.User("ann")), "the tasks");
        trial.Expect($"{one}_1 {one}_2 {two}_1", await trial.TasksOfAsync(new() { Statuses = [] }, Destination.User("ann")), "the tasks");
    }

    private static async Task RolesAsync(StoreTrial trial)
    {
        trial.Expect("", await RolesAsync(trial, limit: 10), "the roles when there is no task");
        var id = await trial.AddAsync(commit => commit with
        {
            Worklist =
            [
                new WorklistChange.Opened(Header(commit.ProcessInstance, 1), [Destination.User("ann"), Destination.Role("Boss"), Destination.Group("Sales")]),
                new WorklistChange.Opened(Header(commit.ProcessInstance, 2), [Destination.Role("BOSS"), Destination.Role("Sales")]),
                new WorklistChange.Opened(Header(commit.ProcessInstance, 3), [Destination.Role("Ended"), Destination.Group("Left")]),
                new WorklistChange.EntryAdded(new(commit.ProcessInstance, 2), Destination.Group("Clerks")),
            ],
        });
        trial.Expect(
            "GROUP CLERKS, GROUP LEFT, GROUP SALES, ROLE BOSS, ROLE ENDED, ROLE SALES", await RolesAsync(trial, limit: 10), "the roles of three tasks");

        await trial.ChangeTasksAsync(id, Closed(new(id, 3)), new WorklistChange.EntryRemoved(new(id, 2), Destination.Role("Sales")));

        trial.Expect("GROUP CLERKS, GROUP SALES, ROLE BOSS", await RolesAsync(trial, limit: 10), "the roles when a task has ended and a role was removed");
    }

    private static async Task PagesOfRolesAsync(StoreTrial trial)
    {
        foreach (var half in (int[])[0, 1])
        {
            await trial.AddAsync(commit => commit with
            {
                Worklist =
                [
                    new WorklistChange.Opened(
                        Header(commit.ProcessInstance, 1),
                        [.. Enumerable.Range(0, 24).Where(number => number % 2 == half).SelectMany(number => (Destination[])[Group(number), Role(number)])]),
                ],
            });
        }

        var all = string.Join(
            ", ", Enumerable.Range(0, 24).Select(Group).Concat(Enumerable.Range(0, 24).Select(Role)).Select(role => $"{role}".ToUpperInvariant()));
        foreach (var limit in (int[])[1, 5, 24, 47, 48, 100])
        {
            trial.Expect(all, await RolesAsync(trial, limit), $"all pages of {limit.Invariant()}");
        }

        static Destination Group(int number) => Destination.Group($"g{(number + 10).Invariant()}");

        static Destination Role(int number) => Destination.Role($"r{(number + 10).Invariant()}");
    }

    /// <summary>All pages of roles and groups, which have to be no longer than the limit.</summary>
    private static async Task<string> RolesAsync(StoreTrial trial, int limit)
    {
        var found = new List<Destination>();
        IReadOnlyList<Destination> page;
        do
        {
            page = await trial.Store.FindRolesOfTasksAsync(found.Count == 0 ? null : found[^1], limit, CancellationToken.None);
            trial.Expect(true, page.Count <= limit, $"whether a page of {limit.Invariant()} has no more");
            found.AddRange(page);
        }
        while (page.Count == limit);

        return string.Join(", ", found.Select(role => $"{role}".ToUpperInvariant()));
    }

    private static async Task HundredsAsync(StoreTrial trial)
    {
        var numbers = await trial.ReserveAsync(2);
        foreach (var id in numbers)
        {
            await trial.CommitAsync(New(id) with { Worklist = [.. Enumerable.Range(1, 350).Reverse().Select(number => Opened(Header(id, number), "ann"))] });
        }

        await trial.ChangeTasksAsync(numbers[0], [.. Enumerable.Range(1, 300).Select(number => Closed(new(numbers[0], number)))]);
        var expected = Shown.Serials(
            Enumerable.Range(301, 50).Select(number => new SerialNumber(numbers[0], number))
                .Concat(Enumerable.Range(1, 350).Select(number => new SerialNumber(numbers[1], number))));

        foreach (var order in (WorklistOrder[])[WorklistOrder.Serial, WorklistOrder.Newest])
        {
            var found = new List<SerialNumber>();
            while (found.Count < 400)
            {
                var query = new WorklistQuery { Order = order, Limit = 100, After = found.Count == 0 ? null : found[^1] };
                var page = await trial.Store.FindTasksAsync([Destination.User("ann")], query, CancellationToken.None);
                trial.Expect(100, page.Count, "the size of a page");
                found.AddRange(page.Select(header => header.Serial));
            }

            trial.Expect(expected, Shown.Serials(found), $"all tasks in the order {order}");
        }
    }
}
