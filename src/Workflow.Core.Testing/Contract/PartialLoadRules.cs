using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>How one destination of an instance is loaded.</summary>
internal static class PartialLoadRules
{
    private const string Source = "IProcessStore.LoadAsync of a destination";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("One destination of an instance with few parts is loaded with its activity and its details, and no other", Source, trial => LoadAsync(trial, 0)),
        new("One destination of an instance with many parts is loaded with its activity and its details, and no other", Source, trial => LoadAsync(trial, 100)),
        new("A destination that is not there is loaded as the header and what there is of its activity", Source, MissingAsync),
        new("Of an instance that is not there no destination is loaded", Source, UnknownAsync),
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

    private static async Task UnknownAsync(StoreTrial trial) =>
        trial.Expect("none", await PartsAsync(trial, await trial.ReserveAsync(), 1, 1), "a destination of an instance that was not committed");
}
