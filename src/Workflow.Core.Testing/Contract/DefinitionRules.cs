using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>How definitions are kept, and which version of each is the default.</summary>
internal static class DefinitionRules
{
    private const string Keep = "IProcessStore.KeepDefinitionAsync";
    private const string Default = "IProcessStore.SetDefaultVersionAsync";
    private const string Remove = "IProcessStore.RemoveDefinitionAsync";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("A definition comes back as it was kept, with any text", Keep, TextAsync),
        new("A definition that is kept under a name and version stands, and a later caller is told of it", Keep, StandsAsync),
        new("Case counts in the names of definitions, and versions come by number", "IProcessStore.FindDefinitionsAsync", VersionsAsync),
        new("Many who keep one version at once are all told of the same", Keep, AtOnceAsync),
        new("A version that is kept for the first time becomes the default when it is asked to, and no other does", Keep, FirstAsync),
        new("A version that is kept becomes the default, in the place of another, and one that is not kept does not", Default, DefaultAsync),
        new("The default versions of all definitions come by name", "IProcessStore.FindDefaultVersionsAsync", DefaultsAsync),
        new("A version is removed when the instances on it have completed, and not before", Remove, InUseAsync),
        new("The instances that have not ended are counted by their versions", "IProcessStore.CountVersionsInUseAsync", CountAsync),
        new("The default is not removed", Remove, RemoveDefaultAsync),
        new("The number of a removed version stays taken: the same content is there again, not as the default, and another is not", Remove, TakenAsync),
    ];

    private static StoredDefinition Definition(string name, int version, string content) =>
        new(new DefinitionVersion(name, version), $"1:{content}", $"process \"{content}\"\n");

    private static async Task<StoredDefinition> KeepAsync(StoreTrial trial, StoredDefinition definition, bool becomesDefault = false) =>
        await trial.Store.KeepDefinitionAsync(definition, becomesDefault, CancellationToken.None);

    private static async Task<DefinitionRemoval> RemoveAsync(StoreTrial trial, int version) =>
        await trial.Store.RemoveDefinitionAsync(new DefinitionVersion("Expense", version), CancellationToken.None);

    private static async Task ExpectAsync(StoreTrial trial, string name, params string[] expected) => trial.Expect(
        string.Join("; ", expected),
        string.Join("; ", (await trial.Store.FindDefinitionsAsync(name, CancellationToken.None)).Select(Shown.Definition)),
        $"what is kept of {name}");

    private static async Task ExpectDefaultsAsync(StoreTrial trial, string expected) => trial.Expect(
        expected,
        Shown.Joined((await trial.Store.FindDefaultVersionsAsync(CancellationToken.None)).Select(version => $"{version.Name}/{version.Version.Invariant()}")),
        "the default versions");

    private static async Task TextAsync(StoreTrial trial)
    {
        var texts = new[] { "", " ", "a\r\nb\n", "\0", "😀 e\u0301", "'\"%_\\", new string('x', 1 << 20) };
        for (var version = 1; version <= texts.Length; version++)
        {
            var definition = new StoredDefinition(
                new DefinitionVersion("Köln's \"%\"", version), $"1:{texts[version - 1].Length.Invariant()}", texts[version - 1]);
            trial.Expect(definition, await KeepAsync(trial, definition), $"the definition that stands as version {version.Invariant()}");
        }

        var found = await trial.Store.FindDefinitionsAsync("Köln's \"%\"", CancellationToken.None);
        trial.Expect(texts.Length, found.Count, "how many versions are kept");
        for (var index = 0; index < texts.Length; index++)
        {
            trial.Expect(texts[index], found[index].Text, $"the text of version {found[index].Version.Version.Invariant()}");
        }
    }

    private static async Task StandsAsync(StoreTrial trial)
    {
        await KeepAsync(trial, Definition("Expense", 1, "a"));

        var stands = await KeepAsync(trial, Definition("Expense", 1, "b") with { IsRemoved = true });

        trial.Expect(Shown.Definition(Definition("Expense", 1, "a")), Shown.Definition(stands), "what stands");
        trial.Expect(Definition("Expense", 1, "a").Text, stands.Text, "the text that stands");
        await ExpectAsync(trial, "Expense", "Expense/1 1:a");
    }

    private static async Task VersionsAsync(StoreTrial trial)
    {
        await KeepAsync(trial, Definition("Expense", 10, "j"));
        await KeepAsync(trial, Definition("Expense", 9, "i"));
        await KeepAsync(trial, Definition("expense", 9, "other"));
        await KeepAsync(trial, Definition("Expense", 2, "b") with { IsRemoved = true });

        await ExpectAsync(trial, "Expense", "Expense/2 1:b", "Expense/9 1:i", "Expense/10 1:j");
        await ExpectAsync(trial, "expense", "expense/9 1:other");
        await ExpectAsync(trial, "EXPENSE");
    }

    private static async Task AtOnceAsync(StoreTrial trial)
    {
        var told = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(number => Task.Run(() => KeepAsync(trial, Definition("Expense", 1, number.Invariant()), becomesDefault: true))));

        var stands = Shown.Definition((await trial.Store.FindDefinitionsAsync("Expense", CancellationToken.None))[0]);
        foreach (var definition in told)
        {
            trial.Expect(stands, Shown.Definition(definition), "what one of them was told");
        }

        await ExpectAsync(trial, "Expense", stands);
        await ExpectDefaultsAsync(trial, "Expense/1");
    }

    private static async Task FirstAsync(StoreTrial trial)
    {
        await KeepAsync(trial, Definition("Expense", 1, "a"));
        await ExpectDefaultsAsync(trial, "");
        await KeepAsync(trial, Definition("Expense", 1, "a"), becomesDefault: true);
        await ExpectDefaultsAsync(trial, "");

        await KeepAsync(trial, Definition("Expense", 2, "b"), becomesDefault: true);
        await ExpectDefaultsAsync(trial, "Expense/2");
        await KeepAsync(trial, Definition("Expense", 3, "c"));
        await ExpectDefaultsAsync(trial, "Expense/2");
        await KeepAsync(trial, Definition("Expense", 4, "d"), becomesDefault: true);
        await ExpectDefaultsAsync(trial, "Expense/4");

        await KeepAsync(trial, Definition("Expense", 2, "other"), becomesDefault: true);
        await ExpectDefaultsAsync(trial, "Expense/4");
    }

    private static async Task DefaultAsync(StoreTrial trial)
    {
        await KeepAsync(trial, Definition("Expense", 1, "a"));
        await KeepAsync(trial, Definition("Expense", 2, "b"), becomesDefault: true);

        trial.Expect(true, await SetAsync("Expense", 1), "whether the default is set");
        await ExpectDefaultsAsync(trial, "Expense/1");

        trial.Expect(false, await SetAsync("Expense", 3), "whether a version that is not kept becomes the default");
        trial.Expect(false, await SetAsync("expense", 2), "whether a version of another name becomes the default");
        await ExpectDefaultsAsync(trial, "Expense/1");

        async Task<bool> SetAsync(string name, int version) =>
            await trial.Store.SetDefaultVersionAsync(new DefinitionVersion(name, version), CancellationToken.None);
    }

    private static async Task DefaultsAsync(StoreTrial trial)
    {
        await KeepAsync(trial, Definition("b", 7, "a"), becomesDefault: true);
        await KeepAsync(trial, Definition("a", 2, "a"), becomesDefault: true);
        await KeepAsync(trial, Definition("B", 1, "a"), becomesDefault: true);
        await KeepAsync(trial, Definition("c", 1, "a"));
        await KeepAsync(trial, Definition("a", 1, "a"));

        await ExpectDefaultsAsync(trial, "B/1 a/2 b/7");
    }

    private static async Task InUseAsync(StoreTrial trial)
    {
        await KeepAsync(trial, Definition("Expense", 1, "a"));
        await KeepAsync(trial, Definition("Expense", 2, "b"));
        var running = await AddAsync(1, ProcessInstanceStatus.Active);
        await trial.AddAsync(commit => commit with { Record = Completed(commit.ProcessInstance, 1) });

        trial.Expect(DefinitionRemoval.IsInUse, await RemoveAsync(trial, 1), "the removal of a version with an active instance");
        await trial.ChangeAsync(running, commit => commit with { Record = Record(running) with { Status = ProcessInstanceStatus.Error, Error = "why" } });
        trial.Expect(DefinitionRemoval.IsInUse, await RemoveAsync(trial, 1), "the removal of a version with an instance in Error");
        trial.Expect(DefinitionRemoval.Removed, await RemoveAsync(trial, 2), "the removal of a version without an instance");
        await trial.ChangeAsync(running, commit => commit with { Record = Completed(running, 2) });
        await AddAsync(3, ProcessInstanceStatus.Active);
        trial.Expect(DefinitionRemoval.Removed, await RemoveAsync(trial, 1), "the removal of a version whose instances have completed");

        await ExpectAsync(trial, "Expense", "Expense/1 1:a removed", "Expense/2 1:b removed");
        trial.Expect(DefinitionRemoval.NotFound, await RemoveAsync(trial, 1), "the removal of a version that is removed");
        trial.Expect(DefinitionRemoval.NotFound, await RemoveAsync(trial, 3), "the removal of a version that was never kept");

        Task<ProcessInstanceId> AddAsync(int version, ProcessInstanceStatus status) =>
            trial.AddAsync(commit => commit with { Record = commit.Record! with { DefinitionVersion = version, Status = status } });
    }

    private static async Task CountAsync(StoreTrial trial)
    {
        await ExpectCountAsync(trial, "");
        var moved = await AddAsync("Expense", 1, ProcessInstanceStatus.Active);
        var ended = await AddAsync("Expense", 1, ProcessInstanceStatus.Stopped);
        await AddAsync("Expense", 10, ProcessInstanceStatus.Error);
        await AddAsync("expense", 2, ProcessInstanceStatus.Active);
        await trial.AddAsync(commit => commit with { Record = Completed(commit.ProcessInstance, 1) });
        await ExpectCountAsync(trial, "Expense/1 2; Expense/10 1; expense/2 1");

        await trial.ChangeAsync(moved, commit => commit with { Record = Record(moved) with { DefinitionVersion = 10 } });
        await trial.ChangeAsync(ended, commit => commit with { Record = Completed(ended, 2) });

        await ExpectCountAsync(trial, "Expense/10 2; expense/2 1");

        Task<ProcessInstanceId> AddAsync(string name, int version, ProcessInstanceStatus status) =>
            trial.AddAsync(commit => commit with { Record = commit.Record! with { Definition = name, DefinitionVersion = version, Status = status } });
    }

    private static async Task ExpectCountAsync(StoreTrial trial, string expected) => trial.Expect(
        expected,
        string.Join("; ", (await trial.Store.CountVersionsInUseAsync(CancellationToken.None))
            .Select(found => $"{found.Version.Name}/{found.Version.Version.Invariant()} {found.Instances.Invariant()}")),
        "the versions with an instance");

    private static async Task RemoveDefaultAsync(StoreTrial trial)
    {
        await KeepAsync(trial, Definition("Expense", 1, "a"), becomesDefault: true);
        trial.Expect(DefinitionRemoval.IsDefault, await RemoveAsync(trial, 1), "the removal of the default");
        await ExpectAsync(trial, "Expense", "Expense/1 1:a");

        await KeepAsync(trial, Definition("Expense", 2, "b"), becomesDefault: true);

        trial.Expect(DefinitionRemoval.Removed, await RemoveAsync(trial, 1), "the removal of what was the default");
        await ExpectDefaultsAsync(trial, "Expense/2");
    }

    private static async Task TakenAsync(StoreTrial trial)
    {
        await KeepAsync(trial, Definition("Expense", 1, "a"));
        await KeepAsync(trial, Definition("Expense", 2, "b"), becomesDefault: true);
        await RemoveAsync(trial, 1);
        var version = new DefinitionVersion("Expense", 1);
        trial.Expect(false, await trial.Store.SetDefaultVersionAsync(version, CancellationToken.None), "whether a removed version becomes the default");

        var other = await KeepAsync(trial, Definition("Expense", 1, "other"), becomesDefault: true);
        trial.Expect("Expense/1 1:a removed", Shown.Definition(other), "what stands when another content is kept");
        var same = await KeepAsync(trial, Definition("Expense", 1, "a"), becomesDefault: true);
        trial.Expect("Expense/1 1:a", Shown.Definition(same), "what stands when the same content is kept");

        await ExpectAsync(trial, "Expense", "Expense/1 1:a", "Expense/2 1:b");
        await ExpectDefaultsAsync(trial, "Expense/2");
    }
}
