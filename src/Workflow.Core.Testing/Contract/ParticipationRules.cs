using Workflow.Core.Instances;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>Who takes or took part in an instance.</summary>
internal static class ParticipationRules
{
    private const string Source = "IProcessStore.HasTakenPartAsync";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("Who has a task takes part, by himself or by role or group, without regard to case", Source, HasAsync),
        new("Who had a task took part: it ended, he was removed, or a later one took its place", Source, HadAsync),
        new("Who took a slot of a task that was not his by name took part, and has no task by that", "WorklistChange.TookPart", TookAsync),
        new("Nobody takes part in an instance in which he never had a task", Source, NeverAsync),
    ];

    private static async Task ExpectAsync(StoreTrial trial, bool expected, ProcessInstanceId id, params Destination[] entries) => trial.Expect(
        expected,
        await trial.Store.HasTakenPartAsync(id, entries, CancellationToken.None),
        $"whether {string.Join(" or ", entries.Select(entry => entry.ToString()))} has taken part");

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
            Worklist = [Opened(Header(commit.ProcessInstance, 1), "ann"), Opened(Header(commit.ProcessInstance, 2), "bob", "cy"), Opened(Header(commit.ProcessInstance, 3), "dan")],
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
        var id = await trial.AddAsync(commit => commit with { Worklist = [new WorklistChange.Opened(Header(commit.ProcessInstance, 1), [Destination.Role("R")])] });

        await trial.ChangeTasksAsync(id, new WorklistChange.TookPart(new(id, 1), "ann"));

        await ExpectAsync(trial, true, id, Destination.User("Ann"));
        await ExpectAsync(trial, false, id, Destination.User("bob"));
        trial.Expect("", await trial.TasksAsync("ann"), "the tasks of ann");
        trial.Expect($"{id}_1", await trial.TasksOfAsync(new(), Destination.Role("R")), "the tasks of the role");
    }

    private static async Task NeverAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => commit with { Worklist = [new WorklistChange.Opened(Header(commit.ProcessInstance, 1), [Destination.User("ann"), Destination.Role("R")])] });
        var other = await trial.AddAsync();

        await ExpectAsync(trial, false, id, Destination.User("R"), Destination.Group("R"), Destination.Role("ann"));
        await ExpectAsync(trial, false, id);
        await ExpectAsync(trial, false, other, Destination.User("ann"));
        await ExpectAsync(trial, false, await trial.ReserveAsync(), Destination.User("ann"));
    }
}
