using Workflow.Core.Persistence;
using Workflow.Core.Records;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>The rules for the fit of a commit on the one before it by name. Version and epoch can fit by chance after a restore (statement 14.7c).</summary>
internal static class LastCommitRules
{
    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("A loaded instance tells the name of its last commit", "StoredProcess.LastCommit", LoadedAsync),
        new("A commit on top of another commit than the last one is refused, although version and epoch fit", "Commit.LastCommit", RefusedAsync),
        new("A commit that names no last commit is compared by version and epoch alone", "Commit.LastCommit", NotNamedAsync),
        new("A task that is found tells the state that its instance is loaded in, or none", "WorklistHeaderRecord.State", StateAsync),
    ];

    private static async Task StateAsync(StoreTrial trial)
    {
        Destination[] ann = [Destination.User("ann")];
        Destination[] many = [.. ann, .. Enumerable.Range(1, 20).Select(number => Destination.Role($"role {number.Invariant()}"))];
        var id = await trial.AddAsync(
            commit => commit with { Id = "first", Worklist = [new WorklistChange.Opened(Header(commit.ProcessInstance, 1), ann)] });
        await CompareAsync("after one commit");
        await trial.CommitAsync(Next(id, 1) with { Id = "second", LastCommit = "first" });
        await CompareAsync("after two commits");

        async Task CompareAsync(string when)
        {
            var loaded = await trial.Store.LoadAsync(id, CancellationToken.None);
            foreach (var order in Enum.GetValues<WorklistOrder>())
            {
                var all = new WorklistQuery { Order = order };
                var found = new List<WorklistHeaderRecord>();
                foreach (var entries in (Destination[]?[])[ann, many, null])
                {
                    found.AddRange(await trial.Store.FindTasksAsync(entries, all, CancellationToken.None));
                    found.AddRange(await trial.Store.FindTasksAsync(entries, all with { ProcessInstance = id }, CancellationToken.None));
                }

                found.AddRange((await trial.Store.FindTasksAndAbsencesAsync(ann, all, "ann", CancellationToken.None)).Tasks);
                foreach (var state in found.Select(task => task.State).OfType<StoredState>())
                {
                    trial.Expect($"{loaded!.Version.Invariant()} {loaded.LastCommit}", $"{state.Version.Invariant()} {state.LastCommit}", $"the state {when}");
                }
            }
        }
    }

    private static async Task LoadedAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => commit with { Id = "first" });
        trial.Expect("first", (await trial.LoadAsync(id)).LastCommit, "the last commit after the start");

        await trial.CommitAsync(Next(id, 1) with { Id = "second", LastCommit = "first" });

        trial.Expect("second", (await trial.LoadAsync(id)).LastCommit, "the last commit after a step");
        var part = await trial.Store.LoadAsync(id, 0, 0, CancellationToken.None);
        trial.Expect("second", part?.LastCommit, "the last commit when a task is loaded");
    }

    private static async Task RefusedAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => commit with { Id = "of another time", Parts = [Part(0, 0, 1)] });

        await trial.ExpectRefusedAsync(Next(id, 1) with { Id = "second", LastCommit = "first", Parts = [Part(0, 0, 2)] }, actual: 1);

        var stored = await trial.LoadAsync(id);
        trial.Expect((1L, (byte)1), (stored.Version, stored.Parts[0].Content.Span[0]), "the version and the content");
        await trial.CommitAsync(Next(id, 1) with { Id = "second", LastCommit = stored.LastCommit });
        trial.Expect(2L, (await trial.LoadAsync(id)).Version, "the version after a commit that fits");
    }

    private static async Task NotNamedAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => commit with { Id = "first" });

        await trial.CommitAsync(Next(id, 1));
        var unnamed = await trial.LoadAsync(id);
        await trial.CommitAsync(Next(id, 2) with { LastCommit = unnamed.LastCommit });

        trial.Expect(3L, (await trial.LoadAsync(id)).Version, "the version");
    }
}
