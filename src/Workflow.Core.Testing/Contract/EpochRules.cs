using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>The rules that keep an engine that was given up from committing.</summary>
internal static class EpochRules
{
    private const string Source = "IProcessStore.ClaimAsync";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("The epoch grows by one when an engine takes what another had claimed", Source, TakenAsync),
        new("The epoch stays when the same engine claims again what nobody had in between", Source, AgainAsync),
        new("The epoch stays when an engine claims what it was the last to commit, and grows when it is another", Source, CommittedAsync),
        new("The epoch grows when an engine claims again what another has committed in between", Source, CommittedByOtherAsync),
        new("The epoch grows when an engine claims what somebody without a name committed", Source, WithoutNameAsync),
        new("A loaded instance shows its epoch", "StoredProcess.Epoch", LoadAsync),
        new("A commit under an earlier epoch is refused, though the version is right and no lease is in its way", "Commit.Epoch", EarlierAsync),
        new("A commit under a later epoch is refused", "Commit.Epoch", LaterAsync),
        new("A commit leaves the epoch as it is", "Commit.Epoch", StaysAsync),
    ];

    private static async Task<long> EpochAsync(StoreTrial trial, ProcessInstanceId id) => (await trial.LoadAsync(id)).Epoch;

    private static async Task TakenAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        var first = await trial.ClaimOneAsync("a");
        trial.Advance(31);
        var second = await trial.ClaimOneAsync("b");
        await trial.ReleaseAsync(second);
        var third = await trial.ClaimOneAsync("a");

        trial.Expect((1L, 2L, 3L), (first.Epoch, second.Epoch, third.Epoch), "the epochs of the claims");
        trial.Expect(3, await EpochAsync(trial, id), "the epoch");
    }

    private static async Task AgainAsync(StoreTrial trial)
    {
        await trial.AddAsync(Pending);
        var first = await trial.ClaimOneAsync("a");
        await trial.ReleaseAsync(first);
        var second = await trial.ClaimOneAsync("a");
        trial.Advance(31);
        var third = await trial.ClaimOneAsync("a");

        trial.Expect((first.Epoch, first.Epoch), (second.Epoch, third.Epoch), "the epochs of the later claims");
    }

    private static async Task CommittedAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => Pending(commit) with { Owner = "a" });
        var own = await trial.ClaimOneAsync("a");
        trial.Expect(0, own.Epoch, "the epoch of the claim by whom made the instance");
        await trial.CommitAsync(Pending(Next(id, 1)) with { Owner = "a" });

        trial.Expect(1, (await trial.ClaimOneAsync("b")).Epoch, "the epoch of the claim by another");

        var other = await trial.AddAsync(commit => Pending(commit) with { Owner = "b" });
        trial.Expect((other, 1L), await ClaimByAsync(trial, "a"), "the claim by another of an instance that the second engine made");
    }

    private static async Task<(ProcessInstanceId Id, long Epoch)> ClaimByAsync(StoreTrial trial, string owner)
    {
        var claim = await trial.ClaimOneAsync(owner);
        return (claim.Id, claim.Epoch);
    }

    private static async Task CommittedByOtherAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        var claim = await trial.ClaimOneAsync("a");
        await trial.ReleaseAsync(claim);
        await trial.CommitAsync(Pending(Next(id, 1)) with { Owner = "b", Epoch = claim.Epoch });

        trial.Expect(claim.Epoch + 1, (await trial.ClaimOneAsync("a")).Epoch, "the epoch of the later claim");
    }

    private static async Task WithoutNameAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => Pending(commit) with { Owner = "a" });
        await trial.CommitAsync(Pending(Next(id, 1)));

        trial.Expect(1, (await trial.ClaimOneAsync("a")).Epoch, "the epoch of the claim");
    }

    private static async Task LoadAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        trial.Expect(0, await EpochAsync(trial, id), "the epoch before a claim");
        await trial.ClaimOneAsync("a");

        trial.Expect(1, await EpochAsync(trial, id), "the epoch after a claim");
        trial.Expect(1L, (await trial.Store.LoadAsync(id, 1, 1, CancellationToken.None))?.Epoch, "the epoch when one destination is loaded");
    }

    private static async Task EarlierAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        var old = await trial.ClaimOneAsync("a");
        trial.Advance(31);
        var later = await trial.ClaimOneAsync("b");
        await trial.ReleaseAsync(later);

        await trial.ExpectRefusedAsync(Next(id, 1) with { Epoch = old.Epoch, Owner = "a" }, actual: 1);
        await trial.ExpectRefusedAsync(Next(id, 1), actual: 1);
        await trial.CommitAsync(Next(id, 1) with { Epoch = later.Epoch, Owner = "b" });

        trial.Expect(2, (await trial.LoadAsync(id)).Version, "the version");
    }

    private static async Task LaterAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync();

        await trial.ExpectRefusedAsync(Next(id, 1) with { Epoch = 1 }, actual: 1);
        trial.Expect(0, await EpochAsync(trial, id), "the epoch");
    }

    private static async Task StaysAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        var claim = await trial.ClaimOneAsync("a");
        await trial.CommitAsync(Next(id, 1) with { Epoch = claim.Epoch, Owner = "a", Lease = Lease("a") });
        await trial.CommitAsync(Next(id, 2) with { Epoch = claim.Epoch, Owner = "a" });
        await trial.CommitAsync(Next(id, 3) with { Epoch = claim.Epoch, Owner = "b" });

        trial.Expect(claim.Epoch, await EpochAsync(trial, id), "the epoch");
    }
}
