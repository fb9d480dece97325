using Workflow.Core.Persistence;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>The rules for a store whose clock was set back. Nobody waits for hours: a lease longer than any that can be taken is void.</summary>
internal static class ClockRules
{
    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("When the clock was set back, a lease from before keeps nobody from claiming", "IProcessStore.ClaimAsync", ClaimAsync),
        new("When the clock was set back, a lease from before refuses nobody's commit", "Commit.Owner", CommitAsync),
        new("When the clock was set back, a lease from before is not shown", "StoredProcess.Owner", LoadAsync),
        new("When the clock was set back, an instance that was put off before is given to the engine that asks", "IProcessStore.ReleaseAsync", PutOffAsync),
        new("A lease may be as long as the longest, and no longer", "ProcessLease.Longest", LongestAsync),
    ];

    /// <summary>An instance that one engine holds, of which the clock of the store knows nothing any more.</summary>
    private static async Task<(ProcessInstanceId Id, ClaimedProcess Claim)> HeldAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        var claim = await trial.ClaimOneAsync("a");
        trial.Clock.Set(Beginning.AddHours(-2));
        return (id, claim);
    }

    private static async Task ClaimAsync(StoreTrial trial)
    {
        var (id, claim) = await HeldAsync(trial);

        var taken = await trial.ClaimOneAsync("b");

        trial.Expect((id, claim.Epoch + 1), (taken.Id, taken.Epoch), "what another is given");
        await trial.ExpectRefusedAsync(Next(id, 1) with { Epoch = claim.Epoch, Owner = "a" }, actual: 1);
        trial.Expect("", await trial.ClaimedAsync("a"), "what the first engine is given while the other has a lease by the new clock");
    }

    private static async Task CommitAsync(StoreTrial trial)
    {
        var (id, claim) = await HeldAsync(trial);

        await trial.CommitAsync(Next(id, 1) with { Epoch = claim.Epoch, Owner = "b" });

        trial.Expect(2L, (await trial.LoadAsync(id)).Version, "the version");
    }

    private static async Task LoadAsync(StoreTrial trial)
    {
        var (id, _) = await HeldAsync(trial);

        trial.Expect(null, (await trial.LoadAsync(id)).Owner, "the owner");
    }

    private static async Task PutOffAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        await trial.ReleaseAsync(await trial.ClaimOneAsync("a"), TimeSpan.FromMinutes(10));
        trial.Expect("", await trial.ClaimedAsync("b"), "what another is given while it is put off");

        trial.Clock.Set(Beginning.AddHours(-2));

        trial.Expect($"{id}", await trial.ClaimedAsync("b"), "what another is given after the clock was set back");
    }

    private static async Task LongestAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        var tooLong = ProcessLease.Longest + TimeSpan.FromTicks(1);
        await trial.ExpectThrowsAsync<ArgumentOutOfRangeException>(
            () => trial.Store.ClaimAsync(Claim("a") with { Lease = tooLong }, CancellationToken.None).AsTask(), "ClaimAsync with a longer lease");
        await trial.ExpectThrowsAsync<ArgumentOutOfRangeException>(
            () => trial.Store.RenewAsync("a", tooLong, CancellationToken.None).AsTask(), "RenewAsync with a longer lease");
        await trial.ExpectThrowsAsync<ArgumentOutOfRangeException>(
            () => trial.CommitAsync(Next(id, 1) with { Owner = "a", Lease = new ProcessLease("a", tooLong) }), "CommitAsync with a longer lease");

        trial.Expect($"{id}", await trial.ClaimedAsync(Claim("a") with { Lease = ProcessLease.Longest }), "what is given with the longest lease");
        trial.Advance(ProcessLease.Longest.TotalSeconds - 1);
        trial.Expect("a", (await trial.LoadAsync(id)).Owner, "the owner shortly before its end");
        var claim = (await trial.LoadAsync(id)).Epoch;
        await trial.ExpectThrowsAsync<ArgumentOutOfRangeException>(
            () => trial.ReleaseAsync(new ClaimedProcess(id, claim, 1, HasPendingCall: true, Owner: "a"), ProcessLease.LongestPutOff + TimeSpan.FromTicks(1)),
            "ReleaseAsync with a longer time");
    }
}
