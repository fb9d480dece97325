using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>They find an instance that brings down every engine that works on it.</summary>
internal static class AttemptRules
{
    private const string Source = "ClaimedProcess.Attempts";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("Attempts count all engines' claims since the last commit", Source, CountAsync),
        new("A commit begins the counting of attempts anew", Source, CommitAsync),
        new("A refused commit leaves the count of attempts as it is", Source, RefusedAsync),
        new("Attempts are counted for each instance", Source, EachAsync),
        new("The count of attempts begins anew when an instance is no longer set aside", "IProcessStore.SetAsideAsync", SetAsideAsync),
    ];

    private static async Task CountAsync(StoreTrial trial)
    {
        await trial.AddAsync(Pending);
        var attempts = new List<int>();
        foreach (var owner in (string[])["a", "a", "b", "c", "a"])
        {
            attempts.Add((await trial.ClaimOneAsync(owner)).Attempts);
            trial.Advance(31);
        }

        var last = await trial.ClaimOneAsync("a");
        await trial.ReleaseAsync(last);
        attempts.Add(last.Attempts);
        attempts.Add((await trial.ClaimOneAsync("b")).Attempts);

        trial.Expect("1 2 3 4 5 6 7", Shown.Joined(attempts.Select(attempt => attempt.Invariant())), "the attempts");
    }

    private static async Task CommitAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        await trial.ClaimOneAsync("a");
        trial.Advance(31);
        trial.Expect(2, (await trial.ClaimOneAsync("a")).Attempts, "the attempts before the commit");

        await trial.ChangeAsync(id, commit => Pending(commit) with { Owner = "a" });

        trial.Expect(1, (await trial.ClaimOneAsync("a")).Attempts, "the attempts after the commit");
    }

    private static async Task RefusedAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        var claim = await trial.ClaimOneAsync("a");
        await trial.ExpectRefusedAsync(Next(id, 7) with { Epoch = claim.Epoch, Owner = "a" });
        trial.Advance(31);

        trial.Expect(2, (await trial.ClaimOneAsync("a")).Attempts, "the attempts");
    }

    private static async Task EachAsync(StoreTrial trial)
    {
        await trial.AddAsync(Pending);
        await trial.ClaimOneAsync("a");
        await trial.AddAsync(Pending);
        await trial.ClaimOneAsync("a");
        trial.Advance(31);
        await trial.AddAsync(Pending);

        trial.Expect("2 2 1", Shown.Joined((await trial.ClaimAsync(Claim("a"))).Select(claim => claim.Attempts.Invariant())), "the attempts");
    }

    private static async Task SetAsideAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        await trial.ReleaseAsync(await trial.ClaimOneAsync("a"));
        await trial.ReleaseAsync(await trial.ClaimOneAsync("a"));

        await trial.Store.SetAsideAsync(id, "It cannot be read.", CancellationToken.None);
        await trial.Store.SetAsideAsync(id, null, CancellationToken.None);

        trial.Expect(1, (await trial.ClaimOneAsync("a")).Attempts, "the attempts");
    }
}
