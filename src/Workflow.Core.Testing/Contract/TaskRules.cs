using Workflow.Core.Instances;
using Workflow.Core.Records;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>The rules for the stored data of tasks, and for their present and former entries.</summary>
internal static class TaskRules
{
    private const string Source = "WorklistChange";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("A task is found by its serial number with whom it is for", "IProcessStore.FindTaskAsync", FindAsync),
        new("A task is for one more who is added", "WorklistChange.EntryAdded", AddAsync),
        new("A task is not for one any more who is removed, and that it was is kept", "WorklistChange.EntryRemoved", RemoveAsync),
        new("A user who is removed and added again has the task again, once", Source, AddAgainAsync),
        new("A task that has ended is on no list, and how it ended and whom it was for is kept", "WorklistChange.Closed", CloseAsync),
        new("A task that opens under the serial number of one that ended replaces it, but for whom that was for", "WorklistChange.Opened", ReopenAsync),
        new("A task that opens under the serial number of one that is open replaces it, but for whom that was for", "WorklistChange.Opened", OpenOverOpenAsync),
        new("Changes of tasks in one commit are made in their order", "Commit.Worklist", InOrderAsync),
        new("A task shows definition, folio and originator of its instance as they are now", "WorklistHeaderRecord", ShowAsync),
        new("Tasks of one serial number in different instances are different tasks", "SerialNumber", OthersAsync),
        new("A task outlives its activity and its server item", "IProcessStore.FindTaskAsync", OutliveAsync),
    ];

    private static async Task ExpectEntriesAsync(StoreTrial trial, SerialNumber serial, string entries) =>
        trial.Expect(entries, Shown.Entries(await trial.TaskAsync(serial)), "whom the task is and was for");

    private static async Task<SerialNumber> OpenAsync(StoreTrial trial, params IReadOnlyList<string> users)
    {
        var id = await trial.AddAsync(commit => commit with { Worklist = [Opened(Header(commit.ProcessInstance, 1), users)] });
        return new SerialNumber(id, 1);
    }

    private static async Task FindAsync(StoreTrial trial)
    {
        var id = await trial.ReserveAsync();
        var header = Header(id, 7) with { ActivityInstance = 3, Priority = Priority.Low, StartedAt = Beginning.AddTicks(7), Folio = "Lisbon" };
        await trial.CommitAsync(New(id) with
        {
            Record = Record(id) with { Folio = "Lisbon" },
            Worklist = [new WorklistChange.Opened(header, [Destination.User("ann"), Destination.Role("R"), Destination.Group("G")])],
        });

        var task = await trial.TaskAsync(header.Serial);
        trial.Expect(Shown.Header(header), Shown.Header(task.Header), "the task");
        trial.Expect("group G, role R, user ann", Shown.Entries(task), "whom it is for");
        trial.Expect(null, task.End, "how it ended");
        trial.Expect(null, await trial.Store.FindTaskAsync(new(id, 8), CancellationToken.None), "a task that never was");
        trial.Expect(
            null, await trial.Store.FindTaskAsync(new(await trial.ReserveAsync(), 7), CancellationToken.None), "a task of an instance that is not there");
    }

    private static async Task AddAsync(StoreTrial trial)
    {
        var serial = await OpenAsync(trial, "ann");

        await trial.ChangeTasksAsync(serial.ProcessInstance, Added(serial, "bob"), new WorklistChange.EntryAdded(serial, Destination.Role("R")));

        await ExpectEntriesAsync(trial, serial, "role R, user ann, user bob");
        trial.Expect($"{serial}", await trial.TasksAsync("bob"), "the tasks of bob");
        trial.Expect($"{serial}", await trial.TasksOfAsync(new(), Destination.Role("R")), "the tasks of the role");
    }

    private static async Task RemoveAsync(StoreTrial trial)
    {
        var serial = await OpenAsync(trial, "ann", "bob");

        await trial.ChangeTasksAsync(serial.ProcessInstance, Removed(serial, "ANN"));

        var entries = (await trial.TaskAsync(serial)).Entries;
        trial.Expect(
            (2, true, true), (entries.Count, entries.Contains(Destination.User("ann")), entries.Contains(Destination.User("bob"))),
            "how many and whom it is and was for");
        trial.Expect("", await trial.TasksAsync("ann"), "the tasks of ann");
        trial.Expect($"{serial}", await trial.TasksAsync("bob"), "the tasks of bob");
    }

    private static async Task AddAgainAsync(StoreTrial trial)
    {
        var serial = await OpenAsync(trial, "ann", "bob");
        await trial.ChangeTasksAsync(serial.ProcessInstance, Removed(serial, "ann"));

        await trial.ChangeTasksAsync(serial.ProcessInstance, Added(serial, "ann"));

        await ExpectEntriesAsync(trial, serial, "user ann, user bob");
        trial.Expect($"{serial}", await trial.TasksAsync("ann"), "the tasks of ann");
    }

    private static async Task CloseAsync(StoreTrial trial)
    {
        foreach (var end in (WorklistItemEnd[])[WorklistItemEnd.Completed, WorklistItemEnd.Expired])
        {
            var serial = await OpenAsync(trial, "ann", "bob");
            await trial.ChangeTasksAsync(serial.ProcessInstance, Removed(serial, "bob"), Closed(serial, end));

            trial.Expect("", await trial.TasksAsync("ann", "bob"), "the tasks of those whom it was for");
            trial.Expect("", await trial.TasksOfAsync(new(), null), "the tasks of everybody");
            trial.Expect(end, (await trial.TaskAsync(serial)).End, "how it ended");
            await ExpectEntriesAsync(trial, serial, "user ann, user bob");
        }
    }

    private static async Task ReopenAsync(StoreTrial trial)
    {
        var serial = await OpenAsync(trial, "ann", "bob", "dan");
        await trial.ChangeTasksAsync(serial.ProcessInstance, Removed(serial, "dan"), Closed(serial));
        var later =
            Header(serial.ProcessInstance, 1) with { Event = "Sign", ActivityInstance = 2, Priority = Priority.High, StartedAt = Beginning.AddHours(1) };

        await trial.ChangeTasksAsync(serial.ProcessInstance, Opened(later, "bob", "cy"));

        var task = await trial.TaskAsync(serial);
        trial.Expect(Shown.Header(later), Shown.Header(task.Header), "the task");
        trial.Expect(null, task.End, "how it ended");
        trial.Expect("user ann, user bob, user cy, user dan", Shown.Entries(task), "whom it is and was for");
        trial.Expect("", await trial.TasksAsync("ann", "dan"), "the tasks of those whom only the earlier was for");
        trial.Expect($"{serial}", await trial.TasksAsync("bob", "cy"), "the tasks of those whom the later is for");
    }

    private static async Task OpenOverOpenAsync(StoreTrial trial)
    {
        var serial = await OpenAsync(trial, "ann", "bob");

        await trial.ChangeTasksAsync(serial.ProcessInstance, Opened(Header(serial.ProcessInstance, 1) with { Event = "Sign" }, "bob", "cy"));

        await ExpectEntriesAsync(trial, serial, "user ann, user bob, user cy");
        trial.Expect("", await trial.TasksAsync("ann"), "the tasks of one whom only the earlier was for");
        trial.Expect($"{serial}", await trial.TasksAsync("bob"), "the tasks of one whom both are for");
        trial.Expect($"{serial}", await trial.TasksOfAsync(new(), null), "the tasks of everybody");
        await trial.ChangeTasksAsync(serial.ProcessInstance, Closed(serial));
        trial.Expect("", await trial.TasksAsync("ann", "bob", "cy"), "the tasks after the end");
    }

    private static async Task InOrderAsync(StoreTrial trial)
    {
        var id = await trial.ReserveAsync();
        var serial = new SerialNumber(id, 1);

        await trial.CommitAsync(New(id) with
        {
            Worklist =
            [
                Opened(Header(id, 1), "ann"), Removed(serial, "ann"), Added(serial, "bob"), Closed(serial), Opened(Header(id, 1) with { Event = "Sign" }, "cy"),
                Added(serial, "dan"), Removed(serial, "cy"),
            ],
        });

        trial.Expect("", await trial.TasksAsync("ann", "bob", "cy"), "the tasks of those whom it was for");
        trial.Expect($"{serial}", await trial.TasksAsync("dan"), "the tasks of whom it is for");
        trial.Expect("Sign", (await trial.TaskAsync(serial)).Header.Event, "the event");
        await ExpectEntriesAsync(trial, serial, "user ann, user bob, user cy, user dan");
    }

    private static async Task ShowAsync(StoreTrial trial)
    {
        var serial = await OpenAsync(trial, "ann");

        await trial.ChangeAsync(serial.ProcessInstance, commit =>
            commit with { Record = Record(serial.ProcessInstance) with { Folio = "Porto", Originator = "otto", Definition = "Travel" } });

        var expected = Shown.Header(Header(serial.ProcessInstance, 1) with { Folio = "Porto", Originator = "otto", Definition = "Travel" });
        trial.Expect(expected, Shown.Header((await trial.TaskAsync(serial)).Header), "the task");
        foreach (var query in (Persistence.WorklistQuery[])
        [
            new(), new() { Folio = "Porto" }, new() { Originator = "otto" }, new() { Definition = "Travel" }, new() { Order = Persistence.WorklistOrder.Folio },
        ])
        {
            var listed = await trial.Store.FindTasksAsync([Destination.User("ann")], query, CancellationToken.None);
            trial.Expect(expected, string.Join('\n', listed.Select(Shown.Header)), $"the worklist of {Shown.Query(query)}");
        }

        trial.Expect("", await trial.TasksOfAsync(new() { Folio = "" }, Destination.User("ann")), "the tasks of the earlier folio");
    }

    private static async Task OthersAsync(StoreTrial trial)
    {
        var one = await OpenAsync(trial, "ann");
        var two = await OpenAsync(trial, "bob");

        await trial.ChangeTasksAsync(one.ProcessInstance, Closed(one));

        trial.Expect("", await trial.TasksAsync("ann"), "the tasks of the first");
        trial.Expect($"{two}", await trial.TasksAsync("bob"), "the tasks of the second");
        await ExpectEntriesAsync(trial, two, "user bob");
    }

    private static async Task OutliveAsync(StoreTrial trial)
    {
        var serial = await OpenAsync(trial, "ann");
        var id = serial.ProcessInstance;
        await trial.CommitAsync(Next(id, 1) with { Parts = [Part(1, 0, 1)], ServerItems = [Item(id, 1)] });

        await trial.CommitAsync(Next(id, 2) with { EndedActivities = [1], Worklist = [Closed(serial)], Record = Completed(id, 1) });

        trial.Expect(WorklistItemEnd.Completed, (await trial.TaskAsync(serial)).End, "how the task ended");
        trial.Expect(
            Shown.Item(Item(id, 1)), Shown.Item(await trial.Store.FindServerItemAsync(serial, CancellationToken.None)), "the server item of that number");
    }
}
