using Workflow.Core.Persistence;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>A commit is stored as a whole, or nothing of it is.</summary>
internal static class AtomicityRules
{
    private const string Source = "IProcessStore.CommitAsync";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("Everything in a commit is stored", Source, WholeAsync),
        new("Nothing of a commit on another version is stored", Source, trial => NothingAsync(trial, commit => commit with { ExpectedVersion = 5 })),
        new("Nothing of a commit under another epoch is stored", Source, trial => NothingAsync(trial, commit => commit with { Epoch = 5 })),
        new("Nothing of a commit against the lease of another is stored", Source, OfLeasedAsync),
        new("Nothing of a commit under a request key that is taken is stored", Source, OfTakenKeyAsync),
        new("Nothing of a commit under a taken request key is stored, and it receives nothing", Source, OfTakenKeyThatReceivesAsync),
        new("Nothing of a new instance over one that exists is stored", Source, trial => NothingAsync(trial, commit => commit with { ExpectedVersion = 0 })),
        new(
            "Nothing of a commit on an instance that is not there is stored", Source,
            trial => NothingOfNewAsync(trial, commit => commit with { ExpectedVersion = 1 })),
        new("Nothing of a new instance under a request key that is taken is stored", Source,
            trial => NothingOfNewAsync(trial, commit => commit with { Request = Request("key 2", commit.ProcessInstance, 9) })),
        new("Nothing of a new instance that receives a message which is not there is stored", Source,
            trial => NothingOfNewAsync(trial, commit => commit with { ReceivedMessages = [(commit.ProcessInstance, 9)] })),
        new(
            "Nothing of a new instance under an epoch that it cannot have is stored", Source,
            trial => NothingOfNewAsync(trial, commit => commit with { Epoch = 1 })),
        new("A new instance that was refused can be committed afterwards", Source, NewAfterRefusalAsync),
        new("Nothing of a commit that was cancelled before it began is stored", Source, CancelledAsync),
        new("A refused commit removes no timers, activities, parts, messages and tasks", Source, RemovalsAsync),
    ];

    /// <summary>An instance with something of every kind.</summary>
    private static Task<ProcessInstanceId> AddFullAsync(StoreTrial trial) => trial.AddAsync(commit => Full(commit, 2, "ann"));

    private static async Task WholeAsync(StoreTrial trial)
    {
        var id = await AddFullAsync(trial);

        var stored = await trial.LoadAsync(id);
        trial.Expect("0/0/0=02 1/0/0=02 2/0/0=02", Shown.Parts(stored), "the parts");
        trial.Expect("1+1=02", Shown.Pieces(await trial.Store.ReadJournalAsync(id, 0, 10, CancellationToken.None)), "the history");
        trial.Expect($"{id}_2", await trial.TasksAsync("ann"), "the tasks");
        trial.Expect($"{id}/2", Shown.Timers(await trial.Store.FindTimersAsync(new(), CancellationToken.None)), "the timers");
        trial.Expect(Shown.Item(Item(id, 2)), Shown.Item(await trial.Store.FindServerItemAsync(new(id, 2), CancellationToken.None)), "the server item");
        trial.Expect(
            Shown.Request(Request("key 2", id, 2)), Shown.Request(await trial.Store.FindRequestAsync("key 2", CancellationToken.None)),
            "what the request came to");
        trial.Expect($"{id}/2>{id}=02", Shown.Messages(await trial.Store.FindMessagesAsync(new() { Limit = 10 }, CancellationToken.None)), "the messages");
        trial.Expect("folio 2", (await trial.RecordAsync(id)).Folio, "the folio");
    }

    private static async Task NothingAsync(StoreTrial trial, Func<Commit, Commit> spoil)
    {
        var id = await AddFullAsync(trial);
        var before = await Shown.EverythingAsync(trial, id);

        await trial.ExpectRefusedAsync(spoil(Full(Next(id, 1), 3, "bob")), actual: 1);

        trial.Expect(before, await Shown.EverythingAsync(trial, id), "everything in the store");
        trial.Expect("", await trial.TasksAsync("bob"), "the tasks of the new user");
    }

    private static async Task OfLeasedAsync(StoreTrial trial)
    {
        await AddFullAsync(trial);
        var claim = await trial.ClaimOneAsync("engine");
        var before = await Shown.EverythingAsync(trial, claim.Id);

        await trial.ExpectRefusedAsync(Full(Next(claim.Id, 1) with { Epoch = claim.Epoch, Owner = "other", Lease = Lease("other") }, 3, "bob"), actual: 1);

        trial.Expect(before, await Shown.EverythingAsync(trial, claim.Id), "everything in the store");
    }

    private static Task OfTakenKeyAsync(StoreTrial trial) =>
        NothingAsync(trial, commit => commit with { Request = Request("key 2", commit.ProcessInstance, 9) });

    private static Task OfTakenKeyThatReceivesAsync(StoreTrial trial) => NothingAsync(
        trial, commit => commit with { Request = Request("key 2", commit.ProcessInstance, 9), ReceivedMessages = [(commit.ProcessInstance, 2)] });

    private static async Task NothingOfNewAsync(StoreTrial trial, Func<Commit, Commit> spoil)
    {
        var other = await AddFullAsync(trial);
        var id = await trial.ReserveAsync();
        var before = await Shown.EverythingAsync(trial, other, id);

        await trial.ExpectRefusedAsync(spoil(Full(New(id), 3, "bob")));

        trial.Expect(before, await Shown.EverythingAsync(trial, other, id), "everything in the store");
        trial.Expect(null, await trial.Store.LoadAsync(id, CancellationToken.None), "the refused instance");
        trial.Expect(false, await trial.Store.HasTakenPartAsync(id, [Destination.User("bob")], CancellationToken.None), "whether somebody took part in it");
    }

    private static async Task NewAfterRefusalAsync(StoreTrial trial)
    {
        await AddFullAsync(trial);
        var id = await trial.ReserveAsync();
        await trial.ExpectRefusedAsync(New(id) with { Request = Request("key 2", id) }, actual: 0);

        await trial.CommitAsync(New(id) with { Request = Request("key 3", id) });

        trial.Expect(1, (await trial.LoadAsync(id)).Version, "the version");
    }

    private static async Task CancelledAsync(StoreTrial trial)
    {
        var id = await AddFullAsync(trial);
        var before = await Shown.EverythingAsync(trial, id);
        var cancelled = new CancellationToken(canceled: true);

        await trial.ExpectThrowsAsync<OperationCanceledException>(
            () => trial.Store.CommitAsync(Full(Next(id, 1), 3, "bob"), cancelled).AsTask(), "a cancelled commit");

        trial.Expect(before, await Shown.EverythingAsync(trial, id), "everything in the store");
    }

    private static async Task RemovalsAsync(StoreTrial trial)
    {
        var id = await AddFullAsync(trial);
        var before = await Shown.EverythingAsync(trial, id);

        await trial.ExpectRefusedAsync(Next(id, 0) with
        {
            EndedActivities = [1],
            RemovedParts = [new PartKey(2, 0)],
            EndedTimers = [2],
            Worklist = [Closed(new(id, 2))],
            ReceivedMessages = [(id, 2)],
        });

        trial.Expect(before, await Shown.EverythingAsync(trial, id), "everything in the store");
    }
}
