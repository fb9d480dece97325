using Workflow.Core.Persistence;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>Which instances an engine is given to work on, and in which order.</summary>
internal static class ClaimRules
{
    private const string Source = "IProcessStore.ClaimAsync";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("An engine is given the instances with a pending call, by their numbers", Source, PendingAsync),
        new("An instance without a pending call and without a timer that is due is given to nobody", Source, NothingAsync),
        new("An engine is given the instances with a timer that is due, the one due first in front", Source, DueAsync),
        new("Instances with pending calls come before those with timers, and each comes once", Source, BothAsync),
        new("Without pending calls an engine is given what is due only", "ClaimQuery.PendingCalls", DueOnlyAsync),
        new("Without timers an engine is given pending calls only", "ClaimQuery.DueTimers", PendingOnlyAsync),
        new("An engine is given instances of the definitions and versions it knows only", "ClaimQuery.Definitions", DefinitionsAsync),
        new("An instance that moves to another version of its definition is given to an engine that knows it", "ClaimQuery.Definitions", MovedAsync),
        new("An engine is given no more than it asks for, and the next ones when it asks again", "ClaimQuery.Limit", LimitAsync),
        new("An engine is not given the instances that it does not want, and their claims stay", "ClaimQuery.Except", ExceptAsync),
        new("When the last commit has no pending call any more, the instance is given to nobody", "Commit.HasPendingCall", OverAsync),
        new("When the timer is ended, the instance is given to nobody", "Commit.EndedTimers", EndedTimerAsync),
        new("A claim changes neither version nor parts", Source, UnchangedAsync),
        new("Two engines that claim at once are never given the same", Source, ConcurrentAsync),
    ];

    private static Task<ProcessInstanceId> AddDueAsync(StoreTrial trial, double minutes) =>
        trial.AddAsync(commit => commit with { ArmedTimers = [Timer(commit.ProcessInstance, 1, minutes)] });

    private static async Task PendingAsync(StoreTrial trial)
    {
        var numbers = await trial.ReserveAsync(12);
        foreach (var id in numbers.Reverse())
        {
            await trial.CommitAsync(Pending(New(id)));
        }

        var claims = await trial.ClaimAsync(Claim("engine"));
        trial.Expect(Shown.Numbers(numbers), Shown.Numbers(claims.Select(claim => claim.Id)), "the claimed instances");
        trial.Expect(true, claims.All(claim => claim.HasPendingCall), "whether they have a pending call");
    }

    private static async Task NothingAsync(StoreTrial trial)
    {
        trial.Expect("", await trial.ClaimedAsync("engine"), "what is claimed of an empty store");
        await trial.AddAsync();
        await AddDueAsync(trial, 0.001);
        await trial.ReserveAsync();

        trial.Expect("", await trial.ClaimedAsync("engine"), "the claimed instances");
    }

    private static async Task DueAsync(StoreTrial trial)
    {
        var late = await AddDueAsync(trial, 0);
        var first = await trial.AddAsync(commit => commit with { ArmedTimers = [Timer(commit.ProcessInstance, 1, -5), Timer(commit.ProcessInstance, 2, -1)] });
        var second = await AddDueAsync(trial, -3);
        await AddDueAsync(trial, 1);

        var claims = await trial.ClaimAsync(Claim("engine"));
        trial.Expect($"{first} {second} {late}", Shown.Numbers(claims.Select(claim => claim.Id)), "the claimed instances");
        trial.Expect(false, claims.Any(claim => claim.HasPendingCall), "whether one has a pending call");
    }

    private static async Task BothAsync(StoreTrial trial)
    {
        var due = await AddDueAsync(trial, -3);
        var both = await trial.AddAsync(commit => Pending(commit) with { ArmedTimers = [Timer(commit.ProcessInstance, 1, -5)] });
        var pending = await trial.AddAsync(Pending);

        trial.Expect($"{both} {pending} {due}", await trial.ClaimedAsync("engine"), "the claimed instances");
    }

    private static async Task DueOnlyAsync(StoreTrial trial)
    {
        await trial.AddAsync(Pending);
        var both = await trial.AddAsync(commit => Pending(commit) with { ArmedTimers = [Timer(commit.ProcessInstance, 1, -5)] });

        var claims = await trial.ClaimAsync(Claim("engine") with { PendingCalls = false });
        trial.Expect($"{both}", Shown.Numbers(claims.Select(claim => claim.Id)), "the claimed instances");
        trial.Expect(true, claims[0].HasPendingCall, "whether it has a pending call");
    }

    private static async Task PendingOnlyAsync(StoreTrial trial)
    {
        await AddDueAsync(trial, -3);
        var pending = await trial.AddAsync(Pending);

        trial.Expect($"{pending}", await trial.ClaimedAsync(Claim("engine") with { DueTimers = false }), "the claimed instances");
    }

    private static async Task DefinitionsAsync(StoreTrial trial)
    {
        var one = await trial.AddAsync(Pending);
        var two = await trial.AddAsync(commit => Pending(commit) with { Record = commit.Record! with { DefinitionVersion = 2 } });
        var travel = await trial.AddAsync(
            commit => commit with { Record = commit.Record! with { Definition = "Travel" }, ArmedTimers = [Timer(commit.ProcessInstance, 1, -1)] });

        trial.Expect("", await trial.ClaimedAsync(Claim("a") with { Definitions = [] }), "what is claimed without a definition");
        trial.Expect(
            "", await trial.ClaimedAsync(Claim("a") with { Definitions = [new("expense", 1), new("Travel", 2), new("Expense", 3)] }),
            "what is claimed of others");
        trial.Expect(
            $"{two} {travel}", await trial.ClaimedAsync(Claim("a") with { Definitions = [new("Travel", 1), new("Expense", 2)] }), "what is claimed of two");
        trial.Expect($"{one}", await trial.ClaimedAsync("b"), "what is claimed of the third");
    }

    private static async Task MovedAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        await trial.CommitAsync(Pending(Next(id, 1)) with { Record = Record(id) with { DefinitionVersion = 2 } });

        trial.Expect("", await trial.ClaimedAsync("a"), "what is claimed of the earlier version");
        trial.Expect($"{id}", await trial.ClaimedAsync(Claim("a") with { Definitions = [new("Expense", 2)] }), "what is claimed of the later version");
    }

    private static async Task LimitAsync(StoreTrial trial)
    {
        var due = await AddDueAsync(trial, -1);
        var one = await trial.AddAsync(Pending);
        var two = await trial.AddAsync(Pending);
        var three = await trial.AddAsync(Pending);

        trial.Expect($"{one} {two}", await trial.ClaimedAsync(Claim("engine") with { Limit = 2 }), "the first page");
        trial.Expect($"{three} {due}", await trial.ClaimedAsync(Claim("engine") with { Limit = 2 }), "the second page");
    }

    private static async Task ExceptAsync(StoreTrial trial)
    {
        var due = await AddDueAsync(trial, -1);
        var other = await AddDueAsync(trial, -1);
        var pending = await trial.AddAsync(Pending);
        var first = await trial.ClaimAsync(Claim("engine") with { Limit = 1 });
        trial.Expect($"{pending}", Shown.Numbers(first.Select(claim => claim.Id)), "the first claim");

        trial.Expect($"{other}", await trial.ClaimedAsync(Claim("engine") with { Except = [pending, due] }), "what is claimed without two");
        trial.Expect($"{due}", await trial.ClaimedAsync(Claim("b")), "what is left to another engine");
        await trial.ReleaseAsync(first[0]);
        trial.Expect($"{pending}", await trial.ClaimedAsync(Claim("c")), "what was given back");
    }

    private static async Task OverAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        await trial.CommitAsync(Next(id, 1));

        trial.Expect("", await trial.ClaimedAsync("engine"), "the claimed instances");
        await trial.CommitAsync(Pending(Next(id, 2)));
        trial.Expect($"{id}", await trial.ClaimedAsync("engine"), "the claimed instances when it has one again");
    }

    private static async Task EndedTimerAsync(StoreTrial trial)
    {
        var id = await AddDueAsync(trial, -1);
        await trial.CommitAsync(Next(id, 1) with { EndedTimers = [1], ArmedTimers = [Timer(id, 2, 1)] });

        trial.Expect("", await trial.ClaimedAsync("engine"), "the claimed instances");
        trial.Expect($"{id}", await trial.ClaimedAsync(Claim("engine") with { DueUntil = Beginning.AddMinutes(1) }), "the claimed instances a minute later");
    }

    private static async Task UnchangedAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => Full(commit, 2, "ann"));
        await trial.ClaimOneAsync("engine");

        var stored = await trial.LoadAsync(id);
        trial.Expect("1 0/0/0=02 1/0/0=02 2/0/0=02", $"{stored.Version.Invariant()} {Shown.Parts(stored)}", "version and parts");
        trial.Expect(Instances.ProcessInstanceStatus.Running, (await trial.RecordAsync(id)).Status, "the status");
    }

    private static async Task ConcurrentAsync(StoreTrial trial)
    {
        for (var count = 0; count < 40; count++)
        {
            await (count % 2 == 0 ? trial.AddAsync(Pending) : AddDueAsync(trial, -1));
        }

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(async () =>
        {
            var own = new List<ClaimedProcess>();
            for (var count = 0; count < 12; count++)
            {
                own.AddRange(await trial.ClaimAsync(Claim($"engine {number.Invariant()}") with { Limit = 5, PendingCalls = count % 2 == 0 }));
            }

            return own.Select(claim => claim.Id).Distinct();
        })));

        trial.Expect(40, claims.Sum(own => own.Count()), "how many claims there were of 40 instances");
        trial.Expect(40, claims.SelectMany(own => own).Distinct().Count(), "how many of 40 instances were claimed");
    }
}
