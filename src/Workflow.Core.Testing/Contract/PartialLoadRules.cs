using Workflow.Core.Persistence;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>How one destination of an instance is loaded.</summary>
internal static class PartialLoadRules
{
    private const string Task = "IProcessStore.LoadTaskAsync";
    private const string Source = "IProcessStore.LoadAsync of a destination";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("One destination of an instance with few parts is loaded with its activity and its details, and no other", Source, trial => LoadAsync(trial, 0)),
        new("One destination of an instance with many parts is loaded with its activity and its details, and no other", Source, trial => LoadAsync(trial, 100)),
        new("A destination that is not there is loaded as the header and what there is of its activity", Source, MissingAsync),
        new("Of an instance that is not there no destination is loaded", Source, UnknownAsync),
        new("A task is loaded by its serial number as its destination is, while it is open and afterwards", Task, TaskAsync),
        new("Of a task that is not there the header is loaded, and nothing of an instance that is not there", Task, NoTaskAsync),
        new("A load says that the last commit has a pending call", "StoredProcess.HasPendingCall", PendingAsync),
    ];

    private static async Task<string> PartsAsync(StoreTrial trial, ProcessInstanceId id, int activity, int destination)
    {
        var stored = await trial.Store.LoadAsync(id, activity, destination, CancellationToken.None);
        return stored is null ? "none" : $"{stored.Version.Invariant()} {Shown.Parts(stored)}";
    }

    private static async Task LoadAsync(StoreTrial trial, int others)
    {
        var id = await trial.AddAsync(commit => commit with
        {
            Parts =
            [
                Part(0, 0, 1), Detail(0, 0, 1, 1), Part(1, 0, 1), Part(1, 1, 1), Detail(1, 1, 1, 1), Detail(1, 1, 2, 1), Part(1, 2, 1), Part(2, 0, 1),
                Detail(2, 0, 1, 1), Part(2, 3, 1),
                .. Enumerable.Range(100, others).Select(number => Part(number, 1, 1)),
            ],
        });
        await trial.CommitAsync(Next(id, 1));

        trial.Expect("2 0/0/0=01 1/0/0=01 1/1/0=01 1/1/1=01 1/1/2=01", await PartsAsync(trial, id, 1, 1), "destination 1 of activity instance 1");
        trial.Expect("2 0/0/0=01 1/0/0=01 1/2/0=01", await PartsAsync(trial, id, 1, 2), "destination 2 of activity instance 1");
        trial.Expect("2 0/0/0=01 2/0/0=01 2/0/1=01 2/3/0=01", await PartsAsync(trial, id, 2, 3), "destination 3 of activity instance 2");
    }

    private static async Task MissingAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => commit with { Parts = [Part(0, 0, 1), Part(1, 0, 1), Part(1, 1, 1)] });

        trial.Expect("1 0/0/0=01 1/0/0=01", await PartsAsync(trial, id, 1, 9), "destination 9 of activity instance 1");
        trial.Expect("1 0/0/0=01", await PartsAsync(trial, id, 9, 1), "destination 1 of activity instance 9");
    }

    private static string Whole(StoredProcess? stored) => stored is null
        ? "none"
        : $"{stored.Version.Invariant()} {stored.JournalCount.Invariant()} {stored.Epoch.Invariant()} {stored.Owner} '{stored.LastCommit}' "
            + $"{stored.HasPendingCall} {Shown.Parts(stored)}";

    private static Task<ProcessInstanceId> AddTasksAsync(StoreTrial trial) => trial.AddAsync(commit => commit with
    {
        Parts =
        [
            Part(0, 0, 1), Detail(0, 0, 1, 1), Part(1, 0, 1), Detail(1, 0, 1, 1), Part(1, 1, 1), Detail(1, 1, 1, 1), Part(1, 2, 1), Part(2, 0, 1),
            Part(2, 3, 1),
        ],
        Worklist =
        [
            Opened(Header(commit.ProcessInstance, 1), "ann", "bob"),
            Opened(Header(commit.ProcessInstance, 2), "cy"),
            Opened(Header(commit.ProcessInstance, 3) with { ActivityInstance = 2 }, "ann"),
        ],
    });

    private static async Task TaskAsync(StoreTrial trial)
    {
        var id = await AddTasksAsync(trial);
        await trial.CommitAsync(Next(id, 1) with { Worklist = [Closed(new SerialNumber(id, 2))], Lease = Lease("a") });
        foreach (var (activity, destination) in new[] { (1, 1), (1, 2), (2, 3) })
        {
            // A store that does not implement it returns nothing, and the engine loads the whole instance.
            if (await trial.Store.LoadTaskAsync(new SerialNumber(id, destination), CancellationToken.None) is { } loaded)
            {
                var expected = await trial.Store.LoadAsync(id, activity, destination, CancellationToken.None);
                trial.Expect(Whole(expected), Whole(loaded), $"task {destination.Invariant()}");
            }
        }
    }

    private static async Task NoTaskAsync(StoreTrial trial)
    {
        var id = await AddTasksAsync(trial);
        if (await trial.Store.LoadTaskAsync(new SerialNumber(id, 9), CancellationToken.None) is { } loaded)
        {
            trial.Expect("0/0/0=01", Shown.Parts(loaded), "the parts of a task that is not there");
        }

        var missing = new SerialNumber(await trial.ReserveAsync(), 1);
        trial.Expect("none", Whole(await trial.Store.LoadTaskAsync(missing, CancellationToken.None)), "a task of an instance that is not there");
    }

    private static async Task PendingAsync(StoreTrial trial)
    {
        var id = await AddTasksAsync(trial);
        await trial.CommitAsync(Pending(Next(id, 1)));

        trial.Expect(true, (await trial.LoadAsync(id)).HasPendingCall, "whether the instance says it");
        trial.Expect(true, (await trial.Store.LoadAsync(id, 1, 1, CancellationToken.None))!.HasPendingCall, "whether a destination says it");
        var task = await trial.Store.LoadTaskAsync(new SerialNumber(id, 1), CancellationToken.None);
        trial.Expect(true, task?.HasPendingCall ?? true, "whether a task says it");
    }

    private static async Task UnknownAsync(StoreTrial trial) =>
        trial.Expect("none", await PartsAsync(trial, await trial.ReserveAsync(), 1, 1), "a destination of an instance that was not committed");
}
