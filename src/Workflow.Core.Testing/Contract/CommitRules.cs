using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>On which version a commit is stored, and on which it is refused.</summary>
internal static class CommitRules
{
    private const string Source = "Commit.ExpectedVersion";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("A new instance has version 1, no epoch and no owner", Source, NewAsync),
        new("Each commit makes the version one more, one that changes nothing else too", Source, GrowAsync),
        new("A commit without a record leaves what the instance is found by as it was", "Commit.Record", WithoutRecordAsync),
        new("A new instance over one that exists is refused", Source, NewOverOldAsync),
        new("A commit on an earlier version is refused", Source, StaleAsync),
        new("A commit on a version that is still to come is refused", Source, FromTheFutureAsync),
        new("A commit on an instance that is not there is refused and makes none", Source, MissingAsync),
        new("A commit on a negative version is refused", Source, NegativeAsync),
        new("A commit on an instance that was purged is refused and does not bring it back", Source, PurgedAsync),
        new("After a refused commit the instance can be committed on its right version", Source, AfterRefusalAsync),
        new("A commit on one instance leaves the others as they were", "IProcessStore.CommitAsync", OthersAsync),
        new("Instances may be committed in another order than that of their numbers", "IProcessStore.ReserveAsync", AnyOrderAsync),
    ];

    private static async Task ExpectVersionAsync(StoreTrial trial, ProcessInstanceId id, long version) =>
        trial.Expect(version, (await trial.LoadAsync(id)).Version, "the version");

    private static async Task NewAsync(StoreTrial trial)
    {
        var stored = await trial.LoadAsync(await trial.AddAsync());

        trial.Expect(1, stored.Version, "the version");
        trial.Expect(0, stored.Epoch, "the epoch");
        trial.Expect(null, stored.Owner, "the owner");
    }

    private static async Task GrowAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync();
        for (var version = 1; version < 10; version++)
        {
            await trial.CommitAsync(Next(id, version));
            await ExpectVersionAsync(trial, id, version + 1);
        }

        trial.Expect("0/0/0=01", Shown.Parts(await trial.LoadAsync(id)), "the parts");
    }

    private static async Task WithoutRecordAsync(StoreTrial trial)
    {
        var id = await trial.ReserveAsync();
        var record = Completed(id, 5) with { Folio = "Lisbon", Error = "why", Fields = [new("City", "Lisbon")] };
        await trial.CommitAsync(New(id) with { Record = record });

        await trial.CommitAsync(Next(id, 1));

        trial.Expect(Shown.Record(record), Shown.Record(await trial.RecordAsync(id)), "the record");
    }

    private static async Task NewOverOldAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync();
        await trial.CommitAsync(Next(id, 1));

        await trial.ExpectRefusedAsync(New(id), actual: 2);
        await ExpectVersionAsync(trial, id, 2);
    }

    private static async Task StaleAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync();
        await trial.CommitAsync(Next(id, 1));

        await trial.ExpectRefusedAsync(Next(id, 1), actual: 2);
        await ExpectVersionAsync(trial, id, 2);
    }

    private static async Task FromTheFutureAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync();

        await trial.ExpectRefusedAsync(Next(id, 2), actual: 1);
        await ExpectVersionAsync(trial, id, 1);
    }

    private static async Task MissingAsync(StoreTrial trial)
    {
        var id = await trial.ReserveAsync();

        await trial.ExpectRefusedAsync(New(id) with { ExpectedVersion = 1 }, actual: 0);
        trial.Expect(null, await trial.Store.LoadAsync(id, CancellationToken.None), "the instance");
    }

    private static async Task NegativeAsync(StoreTrial trial)
    {
        await trial.ExpectRefusedAsync(New(await trial.ReserveAsync()) with { ExpectedVersion = -1 }, actual: 0);
        await trial.ExpectRefusedAsync(Next(await trial.AddAsync(), -1), actual: 1);
    }

    private static async Task PurgedAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => commit with { Record = Completed(commit.ProcessInstance, 0) });
        await trial.Store.PurgeAsync(Beginning.AddDays(1), null, 10, CancellationToken.None);

        await trial.ExpectRefusedAsync(Next(id, 1), actual: 0);
        trial.Expect(null, await trial.Store.LoadAsync(id, CancellationToken.None), "the instance");
    }

    private static async Task AfterRefusalAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync();
        await trial.ExpectRefusedAsync(Full(Next(id, 7), 2, "ann"));

        await trial.CommitAsync(Full(Next(id, 1), 2, "ann"));

        await ExpectVersionAsync(trial, id, 2);
        trial.Expect("0/0/0=02 1/0/0=02 2/0/0=02", Shown.Parts(await trial.LoadAsync(id)), "the parts");
    }

    private static async Task OthersAsync(StoreTrial trial)
    {
        var other = await trial.AddAsync(commit => Full(commit, 2, "ann"));
        var id = await trial.ReserveAsync();
        var before = Shown.Parts(await trial.LoadAsync(other));

        await trial.CommitAsync(Full(New(id), 3, "bob"));
        await trial.CommitAsync(Full(Next(id, 1), 4, "cy"));

        trial.Expect(before, Shown.Parts(await trial.LoadAsync(other)), "the parts of the other");
        trial.Expect("folio 2", (await trial.RecordAsync(other)).Folio, "the folio of the other");
        await ExpectVersionAsync(trial, other, 1);
    }

    private static async Task AnyOrderAsync(StoreTrial trial)
    {
        var numbers = await trial.ReserveAsync(3);
        foreach (var id in numbers.Reverse())
        {
            await trial.CommitAsync(New(id));
        }

        trial.Expect(
            Shown.Numbers(numbers), Shown.Numbers((await trial.Store.FindProcessesAsync(new(), CancellationToken.None)).Select(record => record.Id)),
            "the instances");
    }
}
