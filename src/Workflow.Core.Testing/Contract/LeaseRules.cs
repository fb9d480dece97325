using Workflow.Core.Persistence;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>How long an instance is somebody's own, by the clock of the store.</summary>
internal static class LeaseRules
{
    private const string Source = "IProcessStore.ClaimAsync";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("An instance with a lease is given to nobody until the lease has run out", Source, HonouredAsync),
        new("With a timer that is due an engine is given also what it holds a lease on, and another is not", Source, OwnDueAsync),
        new("A loaded instance shows who holds a lease on it that has not run out", "StoredProcess.Owner", OwnerAsync),
        new("A commit by another than the owner of a lease is refused until it has run out", "Commit.Owner", CommitByOtherAsync),
        new("A commit without a lease gives back the one there is", "Commit.Lease", CommitGivesBackAsync),
        new("A commit with a lease takes it, for a new instance too", "Commit.Lease", CommitTakesAsync),
        new("A commit with a lease makes the one that its owner has last from now", "Commit.Lease", CommitProlongsAsync),
        new("A commit with a lease takes one that has run out anew", "Commit.Lease", CommitTakesAgainAsync),
        new("Renewing makes all leases of an engine last from now, and no others", "IProcessStore.RenewAsync", RenewAsync),
        new("Renewing makes a lease last that has run out and that nobody has taken since", "IProcessStore.RenewAsync", RenewLateAsync),
        new("Renewing does not take back what another has taken, or what was given back", "IProcessStore.RenewAsync", RenewTakenAsync),
        new("An instance that is released is given to the next engine that asks", "IProcessStore.ReleaseAsync", ReleaseAsync),
        new("An instance that is put off is given to nobody for that time, even with a timer that is due", "IProcessStore.ReleaseAsync", PutOffAsync),
        new("A commit ends that an instance is put off", "IProcessStore.ReleaseAsync", CommitAfterPutOffAsync),
        new("Releasing an instance that another has claimed since does nothing", "IProcessStore.ReleaseAsync", ReleaseOldAsync),
        new("Releasing an instance that the same engine has claimed again since does nothing", "IProcessStore.ReleaseAsync", ReleaseOwnOldAsync),
        new("Releasing an instance that the engine has committed since does nothing", "IProcessStore.ReleaseAsync", ReleaseCommittedAsync),
        new("A release by another than the owner does nothing", "IProcessStore.ReleaseAsync", ReleaseByOtherAsync),
        new("Releasing an instance that was purged does nothing", "IProcessStore.ReleaseAsync", ReleasePurgedAsync),
    ];

    private static async Task<string?> OwnerAsync(StoreTrial trial, ProcessInstanceId id) => (await trial.LoadAsync(id)).Owner;

    private static async Task HonouredAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        await trial.ClaimOneAsync("a");

        trial.Expect("", await trial.ClaimedAsync("b"), "what another is given at once");
        trial.Expect("", await trial.ClaimedAsync("a"), "what the same engine is given at once");
        trial.Advance(29.9);
        trial.Expect("", await trial.ClaimedAsync("b"), "what another is given shortly before the end of the lease");
        trial.Advance(0.2);
        trial.Expect($"{id}", await trial.ClaimedAsync("b"), "what another is given after the end of the lease");
        trial.Expect("", await trial.ClaimedAsync("a"), "what the first engine is given then");
    }

    private static async Task OwnDueAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => commit with { ArmedTimers = [Timer(commit.ProcessInstance, 1, -1)] });
        var first = await trial.ClaimOneAsync("a");

        trial.Expect("", await trial.ClaimedAsync("b"), "what another is given");
        var again = await trial.ClaimOneAsync("a");
        trial.Expect((id, first.Epoch), (again.Id, again.Epoch), "what the owner is given again");
        trial.Expect("a", await OwnerAsync(trial, id), "the owner");
    }

    private static async Task OwnerAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        trial.Expect(null, await OwnerAsync(trial, id), "the owner before a claim");
        await trial.ClaimOneAsync("a");

        trial.Expect("a", await OwnerAsync(trial, id), "the owner after a claim");
        trial.Expect("a", (await trial.Store.LoadAsync(id, 1, 1, CancellationToken.None))?.Owner, "the owner when one destination is loaded");
        trial.Advance(31);
        trial.Expect(null, await OwnerAsync(trial, id), "the owner after the end of the lease");
    }

    private static async Task CommitByOtherAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        var claim = await trial.ClaimOneAsync("a");
        var byNobody = Next(id, 1) with { Epoch = claim.Epoch };

        await trial.ExpectRefusedAsync(byNobody, actual: 1);
        await trial.ExpectRefusedAsync(byNobody with { Owner = "b", Lease = Lease("b") }, actual: 1);
        trial.Advance(31);
        await trial.CommitAsync(byNobody with { Owner = "b" });

        trial.Expect(2, (await trial.LoadAsync(id)).Version, "the version");
    }

    private static async Task CommitGivesBackAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        var claim = await trial.ClaimOneAsync("a");

        await trial.CommitAsync(Pending(Next(id, 1)) with { Epoch = claim.Epoch, Owner = "a" });

        trial.Expect(null, await OwnerAsync(trial, id), "the owner");
        trial.Expect($"{id}", await trial.ClaimedAsync("b"), "what another is given");
    }

    private static async Task CommitTakesAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => Pending(commit) with { Owner = "a", Lease = Lease("a", 10) });

        trial.Expect("a", await OwnerAsync(trial, id), "the owner of a new instance");
        trial.Expect("", await trial.ClaimedAsync("b"), "what another is given");
        await trial.ExpectRefusedAsync(Next(id, 1) with { Owner = "b" }, actual: 1);
        trial.Advance(10.1);
        trial.Expect($"{id}", await trial.ClaimedAsync("b"), "what another is given after the end of the lease");
    }

    private static async Task CommitProlongsAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        var claim = await trial.ClaimOneAsync("a");
        trial.Advance(20);

        await trial.CommitAsync(Pending(Next(id, 1)) with { Epoch = claim.Epoch, Owner = "a", Lease = Lease("a") });

        trial.Advance(20);
        trial.Expect("a", await OwnerAsync(trial, id), "the owner 20 seconds after the commit");
        trial.Expect("", await trial.ClaimedAsync("b"), "what another is given then");
        trial.Advance(11);
        trial.Expect($"{id}", await trial.ClaimedAsync("b"), "what another is given 31 seconds after the commit");
    }

    private static async Task CommitTakesAgainAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        var claim = await trial.ClaimOneAsync("a");
        trial.Advance(31);

        await trial.CommitAsync(Pending(Next(id, 1)) with { Epoch = claim.Epoch, Owner = "a", Lease = Lease("a") });

        trial.Expect("a", await OwnerAsync(trial, id), "the owner");
        trial.Expect("", await trial.ClaimedAsync("b"), "what another is given");
    }

    private static async Task RenewAsync(StoreTrial trial)
    {
        var one = await trial.AddAsync(Pending);
        var two = await trial.AddAsync(commit => commit with { Owner = "a", Lease = Lease("a") });
        await trial.ClaimOneAsync("a");
        var three = await trial.AddAsync(Pending);
        await trial.ClaimOneAsync("b");
        trial.Advance(20);

        await trial.RenewAsync("a", 60);

        trial.Advance(50);
        trial.Expect(
            ("a", "a", null), (await OwnerAsync(trial, one), await OwnerAsync(trial, two), await OwnerAsync(trial, three)),
            "the owners 50 seconds after the renewal");
        trial.Advance(11);
        trial.Expect((null, null), (await OwnerAsync(trial, one), await OwnerAsync(trial, two)), "the owners 61 seconds after the renewal");
    }

    private static async Task RenewLateAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        await trial.ClaimOneAsync("a");
        trial.Advance(31);

        await trial.RenewAsync("a", 30);

        trial.Expect("a", await OwnerAsync(trial, id), "the owner");
        trial.Expect("", await trial.ClaimedAsync("b"), "what another is given");
    }

    private static async Task RenewTakenAsync(StoreTrial trial)
    {
        var taken = await trial.AddAsync(Pending);
        await trial.ClaimOneAsync("a");
        trial.Advance(31);
        await trial.ClaimOneAsync("b");
        var givenBack = await trial.AddAsync(Pending);
        await trial.ReleaseAsync(await trial.ClaimOneAsync("a"));

        await trial.RenewAsync("a", 60);

        trial.Expect(("b", null), (await OwnerAsync(trial, taken), await OwnerAsync(trial, givenBack)), "the owners");
        trial.Advance(31);
        trial.Expect($"{taken} {givenBack}", await trial.ClaimedAsync("c"), "what a third is given");
    }

    private static async Task ReleaseAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);

        await trial.ReleaseAsync(await trial.ClaimOneAsync("a"));

        trial.Expect(null, await OwnerAsync(trial, id), "the owner");
        trial.Expect($"{id}", await trial.ClaimedAsync("b"), "what another is given");
        await trial.ReleaseAsync(new ClaimedProcess(await trial.ReserveAsync(), 1, 1, true, "a"));
    }

    private static async Task PutOffAsync(StoreTrial trial)
    {
        var pending = await trial.AddAsync(Pending);
        var due = await trial.AddAsync(commit => commit with { ArmedTimers = [Timer(commit.ProcessInstance, 1, -1)] });
        foreach (var claim in await trial.ClaimAsync(Claim("a")))
        {
            await trial.ReleaseAsync(claim, TimeSpan.FromSeconds(60));
        }

        trial.Expect(null, await OwnerAsync(trial, pending), "the owner");
        trial.Advance(59);
        trial.Expect("", await trial.ClaimedAsync("b"), "what another is given before the time is over");
        trial.Expect("", await trial.ClaimedAsync("a"), "what the same engine is given before the time is over");
        trial.Advance(2);
        trial.Expect($"{pending} {due}", await trial.ClaimedAsync("b"), "what another is given when it is over");
    }

    private static async Task CommitAfterPutOffAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        var claim = await trial.ClaimOneAsync("a");
        await trial.ReleaseAsync(claim, TimeSpan.FromHours(1));

        await trial.CommitAsync(Pending(Next(id, 1)) with { Epoch = claim.Epoch });

        trial.Expect($"{id}", await trial.ClaimedAsync("b"), "what is given after the commit");
    }

    private static async Task ReleaseOldAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        var old = await trial.ClaimOneAsync("a");
        trial.Advance(31);
        await trial.ClaimOneAsync("b");

        await trial.ReleaseAsync(old, TimeSpan.FromHours(1));

        trial.Expect("b", await OwnerAsync(trial, id), "the owner");
        trial.Advance(31);
        trial.Expect($"{id}", await trial.ClaimedAsync("c"), "what a third is given after the end of the lease");
    }

    private static async Task ReleaseOwnOldAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        var old = await trial.ClaimOneAsync("a");
        trial.Advance(31);
        await trial.ClaimOneAsync("a");

        await trial.ReleaseAsync(old);

        trial.Expect("a", await OwnerAsync(trial, id), "the owner");
        trial.Expect("", await trial.ClaimedAsync("b"), "what another is given");
    }

    private static async Task ReleaseCommittedAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        var claim = await trial.ClaimOneAsync("a");
        await trial.CommitAsync(Pending(Next(id, 1)) with { Epoch = claim.Epoch, Owner = "a", Lease = Lease("a") });

        await trial.ReleaseAsync(claim, TimeSpan.FromHours(1));

        trial.Expect("a", await OwnerAsync(trial, id), "the owner");
        trial.Advance(31);
        trial.Expect($"{id}", await trial.ClaimedAsync("b"), "what another is given after the end of the lease");
    }

    /// <summary>The engine that committed an instance last claims it again under the same epoch. So epoch and attempts do not tell which engine made the
    /// claim.</summary>
    private static async Task ReleaseByOtherAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        var old = await trial.ClaimOneAsync("a");
        trial.Advance(31);
        await trial.CommitAsync(Pending(Next(id, 1)) with { Epoch = old.Epoch, Owner = "b", Lease = Lease("b") });
        trial.Advance(31);
        var later = await trial.ClaimOneAsync("b");
        trial.Expect(("a", "b"), (old.Owner, later.Owner), "who owns the claims");

        await trial.ReleaseAsync(old, TimeSpan.FromHours(1));
        await trial.ReleaseAsync(later with { Owner = "c" }, TimeSpan.FromHours(1));

        trial.Expect("b", await OwnerAsync(trial, id), "the owner");
        trial.Advance(31);
        trial.Expect($"{id}", await trial.ClaimedAsync("c"), "what a third is given after the end of the lease");
    }

    private static async Task ReleasePurgedAsync(StoreTrial trial)
    {
        await trial.AddAsync(commit => commit with { Record = Completed(commit.ProcessInstance, 0), ArmedTimers = [Timer(commit.ProcessInstance, 1, -1)] });
        var claim = await trial.ClaimOneAsync("a");
        await trial.Store.PurgeAsync(Beginning.AddDays(1), null, 10, CancellationToken.None);

        await trial.ReleaseAsync(claim, TimeSpan.FromSeconds(1));

        trial.Expect(null, await trial.Store.LoadAsync(claim.Id, CancellationToken.None), "the instance");
    }
}
