using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>How an instance that cannot be worked on is kept from harming others.</summary>
internal static class SetAsideRules
{
    private const string Source = "IProcessStore.SetAsideAsync";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("An instance that is set aside is given to nobody, even with a timer that is due, until that is taken back", Source, NobodyAsync),
        new("Why an instance is set aside is told, and it is found by that it is", "ProcessRecord.SetAside", ReasonAsync),
        new("The stored form of an instance that is set aside stays, and it can be committed", Source, CommitAsync),
        new("An instance that is not there cannot be set aside", Source, MissingAsync),
        new("A claim on an instance that was set aside since can be released", "IProcessStore.ReleaseAsync", ReleaseAsync),
    ];

    private static async Task ExpectSetAsync(StoreTrial trial, ProcessInstanceId id, string? reason, bool expected = true) =>
        trial.Expect(expected, await trial.Store.SetAsideAsync(id, reason, CancellationToken.None), "whether there is such an instance");

    private static async Task NobodyAsync(StoreTrial trial)
    {
        var pending = await trial.AddAsync(Pending);
        var due = await trial.AddAsync(commit => commit with { ArmedTimers = [Timer(commit.ProcessInstance, 1, -1)] });
        var other = await trial.AddAsync(Pending);
        await ExpectSetAsync(trial, pending, "It cannot be read.");
        await ExpectSetAsync(trial, due, "");

        trial.Expect($"{other}", await trial.ClaimedAsync("a"), "what is given");
        await ExpectSetAsync(trial, pending, null);
        await ExpectSetAsync(trial, due, null);
        trial.Expect($"{pending} {due}", await trial.ClaimedAsync("a"), "what is given when it is taken back");
    }

    private static async Task ReasonAsync(StoreTrial trial)
    {
        var one = await trial.AddAsync();
        var two = await trial.AddAsync();
        await ExpectSetAsync(trial, one, "first");
        await ExpectSetAsync(trial, one, "second");

        trial.Expect("second", (await trial.RecordAsync(one)).SetAside, "why it is set aside");
        trial.Expect(null, (await trial.RecordAsync(two)).SetAside, "why the other is");
        trial.Expect($"{one}", await FoundAsync(trial, true), "the instances that are set aside");
        trial.Expect($"{two}", await FoundAsync(trial, false), "the instances that are not");
        trial.Expect($"{one} {two}", await FoundAsync(trial, null), "both");
        await ExpectSetAsync(trial, one, null);
        trial.Expect("", await FoundAsync(trial, true), "the instances that are set aside when it is taken back");
    }

    private static async Task<string> FoundAsync(StoreTrial trial, bool? isSetAside) => Shown.Numbers(
        (await trial.Store.FindProcessesAsync(new() { IsSetAside = isSetAside }, CancellationToken.None)).Select(record => record.Id));

    private static async Task CommitAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => Full(commit, 2, "ann"));
        var before = Shown.Parts(await trial.LoadAsync(id));
        await ExpectSetAsync(trial, id, "why");
        trial.Expect(before, Shown.Parts(await trial.LoadAsync(id)), "the parts");
        trial.Expect($"{id}_2", await trial.TasksAsync("ann"), "the tasks");

        await trial.CommitAsync(Pending(Next(id, 1)) with { Record = Record(id) });

        trial.Expect(2, (await trial.LoadAsync(id)).Version, "the version");
        trial.Expect("why", (await trial.RecordAsync(id)).SetAside, "why it is set aside after a commit");
        trial.Expect("", await trial.ClaimedAsync("a"), "what is given after a commit");
    }

    private static async Task MissingAsync(StoreTrial trial)
    {
        var id = await trial.ReserveAsync();

        await ExpectSetAsync(trial, id, "why", expected: false);
        await ExpectSetAsync(trial, id, null, expected: false);
        trial.Expect("", await FoundAsync(trial, null), "the instances");
    }

    private static async Task ReleaseAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        var claim = await trial.ClaimOneAsync("a");
        await ExpectSetAsync(trial, id, "why");

        await trial.ReleaseAsync(claim);

        trial.Expect(null, (await trial.LoadAsync(id)).Owner, "the owner");
    }
}
