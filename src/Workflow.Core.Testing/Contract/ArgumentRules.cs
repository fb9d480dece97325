using Workflow.Core.Persistence;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>The rules about arguments that are refused before anything is done.</summary>
internal static class ArgumentRules
{
    private const string Source = "IProcessStore";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("A limit that is not positive is refused", Source, LimitsAsync),
        new("A lease that is not positive and a time to put off that is negative are refused", Source, DurationsAsync),
        new("An argument that is missing is refused", Source, MissingAsync),
        new("A call that was cancelled before it began does nothing", Source, CancelledAsync),
    ];

    private static async Task LimitsAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => Pending(commit) with { Record = Completed(commit.ProcessInstance, -1) });
        var store = trial.Store;
        foreach (var limit in (int[])[0, -1, int.MinValue])
        {
            foreach (var (name, call) in ((string, Func<Task>)[])
            [
                ("FindServerItemsAsync", () => store.FindServerItemsAsync(new() { Limit = limit }, CancellationToken.None).AsTask()),
                ("FindProcessesAsync", () => store.FindProcessesAsync(new() { Limit = limit }, CancellationToken.None).AsTask()),
                ("FindTasksAsync", () => store.FindTasksAsync(null, new() { Limit = limit }, CancellationToken.None).AsTask()),
                ("FindRolesOfTasksAsync", () => store.FindRolesOfTasksAsync(null, limit, CancellationToken.None).AsTask()),
                ("FindTimersAsync", () => store.FindTimersAsync(new() { Limit = limit }, CancellationToken.None).AsTask()),
                ("FindMessagesAsync", () => store.FindMessagesAsync(new() { Limit = limit }, CancellationToken.None).AsTask()),
                ("ReadJournalAsync", () => store.ReadJournalAsync(id, 0, limit, CancellationToken.None).AsTask()),
                ("ClaimAsync", () => store.ClaimAsync(Claim("a") with { Limit = limit }, CancellationToken.None).AsTask()),
                ("PurgeAsync", () => store.PurgeAsync(Beginning, null, limit, CancellationToken.None).AsTask()),
            ])
            {
                await trial.ExpectThrowsAsync<ArgumentOutOfRangeException>(call, $"{name} with the limit {limit.Invariant()}");
            }
        }

        trial.Expect(null, (await trial.LoadAsync(id)).Owner, "the owner of the instance");
    }

    private static async Task DurationsAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        var store = trial.Store;
        foreach (var duration in (TimeSpan[])[TimeSpan.Zero, TimeSpan.FromTicks(-1)])
        {
            await trial.ExpectThrowsAsync<ArgumentOutOfRangeException>(
                () => store.ClaimAsync(Claim("a") with { Lease = duration }, CancellationToken.None).AsTask(), $"ClaimAsync with the lease {duration}");
            await trial.ExpectThrowsAsync<ArgumentOutOfRangeException>(
                () => store.RenewAsync("a", duration, CancellationToken.None).AsTask(), $"RenewAsync with the lease {duration}");
        }

        var claim = await trial.ClaimOneAsync("a");
        await trial.ExpectThrowsAsync<ArgumentOutOfRangeException>(
            () => store.ReleaseAsync(claim, TimeSpan.FromTicks(-1), CancellationToken.None).AsTask(), "ReleaseAsync with a negative time");
        trial.Expect("a", (await trial.LoadAsync(id)).Owner, "the owner of the instance");
    }

    private static async Task MissingAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync();
        var store = trial.Store;
        foreach (var (name, call) in ((string, Func<Task>)[])
        [
            ("CommitAsync", () => store.CommitAsync(null!, CancellationToken.None).AsTask()),
            ("FindServerItemsAsync", () => store.FindServerItemsAsync(null!, CancellationToken.None).AsTask()),
            ("FindProcessesAsync", () => store.FindProcessesAsync(null!, CancellationToken.None).AsTask()),
            ("FindTasksAsync", () => store.FindTasksAsync(null, null!, CancellationToken.None).AsTask()),
            ("FindTimersAsync", () => store.FindTimersAsync(null!, CancellationToken.None).AsTask()),
            ("FindMessagesAsync", () => store.FindMessagesAsync(null!, CancellationToken.None).AsTask()),
            ("ClaimAsync", () => store.ClaimAsync(null!, CancellationToken.None).AsTask()),
            ("RenewAsync", () => store.RenewAsync(null!, TimeSpan.FromSeconds(1), CancellationToken.None).AsTask()),
            ("HasTakenPartAsync", () => store.HasTakenPartAsync(id, null!, CancellationToken.None).AsTask()),
            ("SaveAsync", () => store.SaveAsync(null!, null, CancellationToken.None).AsTask()),
            ("FindAbsenceAsync", () => store.FindAbsenceAsync(null!, CancellationToken.None).AsTask()),
            ("FindAbsencesSharedWithAsync", () => store.FindAbsencesSharedWithAsync(null!, CancellationToken.None).AsTask()),
            ("FindRequestAsync", () => store.FindRequestAsync(null!, CancellationToken.None).AsTask()),
            ("KeepDefinitionAsync", () => store.KeepDefinitionAsync(null!, true, CancellationToken.None).AsTask()),
            ("FindDefinitionsAsync", () => store.FindDefinitionsAsync(null!, CancellationToken.None).AsTask()),
            ("SetDefaultVersionAsync", () => store.SetDefaultVersionAsync(default, CancellationToken.None).AsTask()),
            ("RemoveDefinitionAsync", () => store.RemoveDefinitionAsync(default, CancellationToken.None).AsTask()),
        ])
        {
            await trial.ExpectThrowsAsync<ArgumentException>(call, $"{name} without an argument");
        }
    }

    private static async Task CancelledAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(
            commit => Pending(commit) with
            {
                Record = Completed(commit.ProcessInstance, -1), Request = Request("key 1", commit.ProcessInstance),
                SentMessages = [Message(commit.ProcessInstance, 1, commit.ProcessInstance)],
            });
        await trial.Store.KeepDefinitionAsync(new(new("Expense", 1), "1:e", ""), becomesDefault: false, CancellationToken.None);
        var before = await Shown.EverythingAsync(trial, id);
        foreach (var (name, call) in CancelledCalls(trial.Store, id, new CancellationToken(canceled: true)))
        {
            await trial.ExpectThrowsAsync<OperationCanceledException>(() => call(), $"{name} that was cancelled");
        }

        trial.Expect(before, await Shown.EverythingAsync(trial, id), "everything in the store");
        trial.Expect("none", Shown.Absence(await trial.Store.FindAbsenceAsync("cy", CancellationToken.None)), "the absence");
        trial.Expect(false, (await trial.Store.FindDefinitionsAsync("Expense", CancellationToken.None))[0].IsRemoved, "whether the definition is removed");
        trial.Expect(0, (await trial.Store.FindDefinitionsAsync("Travel", CancellationToken.None)).Count, "how many other definitions are kept");
        trial.Expect(0, (await trial.Store.FindDefaultVersionsAsync(CancellationToken.None)).Count, "how many versions are the default");
        trial.Expect(1, (await trial.ClaimOneAsync("a")).Attempts, "the attempts of the next claim");
    }

    private static (string Name, Func<Task> Call)[] CancelledCalls(IProcessStore store, ProcessInstanceId id, CancellationToken cancelled)
    {
        IReadOnlyList<Destination> entries = [Destination.User("ann")];
        return
        [
            ("ReserveAsync", () => store.ReserveAsync(cancelled).AsTask()),
            ("LoadAsync", () => store.LoadAsync(id, cancelled).AsTask()),
            ("LoadAsync of a destination", () => store.LoadAsync(id, 1, 1, cancelled).AsTask()),
            ("CommitAsync", () => store.CommitAsync(Next(id, 1), cancelled).AsTask()),
            ("CommitAsync of a new instance", () => store.CommitAsync(New(new(id.Value + 1)), cancelled).AsTask()),
            ("ReadJournalAsync", () => store.ReadJournalAsync(id, 0, 1, cancelled).AsTask()),
            ("FindServerItemAsync", () => store.FindServerItemAsync(new(id, 1), cancelled).AsTask()),
            ("FindServerItemsAsync", () => store.FindServerItemsAsync(new(), cancelled).AsTask()),
            ("FindProcessesAsync", () => store.FindProcessesAsync(new(), cancelled).AsTask()),
            ("ClaimAsync", () => store.ClaimAsync(Claim("a"), cancelled).AsTask()),
            ("RenewAsync", () => store.RenewAsync("a", TimeSpan.FromSeconds(1), cancelled).AsTask()),
            ("ReleaseAsync", () => store.ReleaseAsync(new(id, 0, 1, true, "a"), TimeSpan.FromHours(1), cancelled).AsTask()),
            ("SetAsideAsync", () => store.SetAsideAsync(id, "why", cancelled).AsTask()),
            ("FindTaskAsync", () => store.FindTaskAsync(new(id, 1), cancelled).AsTask()),
            ("FindTasksAsync", () => store.FindTasksAsync(entries, new(), cancelled).AsTask()),
            ("HasTakenPartAsync", () => store.HasTakenPartAsync(id, entries, cancelled).AsTask()),
            ("FindTimersAsync", () => store.FindTimersAsync(new(), cancelled).AsTask()),
            ("NextDueAsync", () => store.NextDueAsync(null, cancelled).AsTask()),
            ("SaveAsync", () => store.SaveAsync("cy", new() { User = "cy", ForwardTo = [] }, cancelled).AsTask()),
            ("FindAbsenceAsync", () => store.FindAbsenceAsync("cy", cancelled).AsTask()),
            ("FindAbsencesSharedWithAsync", () => store.FindAbsencesSharedWithAsync("cy", cancelled).AsTask()),
            ("FindRequestAsync", () => store.FindRequestAsync("key 1", cancelled).AsTask()),
            ("FindMessagesAsync", () => store.FindMessagesAsync(new() { Limit = 1 }, cancelled).AsTask()),
            ("DiscardMessageAsync", () => store.DiscardMessageAsync(new(id, id, 1), cancelled).AsTask()),
            ("PurgeAsync", () => store.PurgeAsync(Beginning.AddDays(1), null, 1, cancelled).AsTask()),
            ("RemoveAsync", () => store.RemoveAsync(id, cancelled).AsTask()),
            ("KeepDefinitionAsync", () => store.KeepDefinitionAsync(new(new("Travel", 1), "1:t", ""), true, cancelled).AsTask()),
            ("FindDefinitionsAsync", () => store.FindDefinitionsAsync("Expense", cancelled).AsTask()),
            ("FindDefaultVersionsAsync", () => store.FindDefaultVersionsAsync(cancelled).AsTask()),
            ("CountVersionsInUseAsync", () => store.CountVersionsInUseAsync(cancelled).AsTask()),
            ("SetDefaultVersionAsync", () => store.SetDefaultVersionAsync(new("Expense", 1), cancelled).AsTask()),
            ("RemoveDefinitionAsync", () => store.RemoveDefinitionAsync(new("Expense", 1), cancelled).AsTask()),
        ];
    }
}
