using Workflow.Core.Instances;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>The rules for the removal of many instances that are no longer needed. <see cref="RemovalRules"/> has those for the removal of one.</summary>
internal static class PurgeRules
{
    private const string Source = "IProcessStore.PurgeAsync";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("Completed and deleted instances only are purged", Source, CompletedAsync),
        new("Instances are purged that ended before the instant, not at it", Source, BeforeAsync),
        new("Instances of one definition only are purged when it is given", Source, DefinitionAsync),
        new("No more than the limit are purged, those that ended first", Source, LimitAsync),
        new("Of a purged instance nothing is left", Source, NothingAsync),
        new("A command that was carried out for a purged instance is forgotten, and its key is free", Source, RequestsAsync),
        new("An instance that was not purged keeps everything", Source, OthersAsync),
        new("A message that a purged instance sent stays until it is received", Source, MessagesAsync),
        new("A message for a purged instance goes with it", Source, ReceiverAsync),
        new("A number of a purged instance is not given out again", "IProcessStore.ReserveAsync", NumbersAsync),
    ];

    private static async Task<int> PurgeAsync(StoreTrial trial, double minutes = 60, string? definition = null, int limit = 100) =>
        await trial.Store.PurgeAsync(Beginning.AddMinutes(minutes), definition, limit, CancellationToken.None);

    private static Task<ProcessInstanceId> AddAsync(StoreTrial trial, double minutes, string definition = "Expense") =>
        trial.AddAsync(commit => commit with { Record = Completed(commit.ProcessInstance, minutes) with { Definition = definition } });

    private static async Task ExpectLeftAsync(StoreTrial trial, params IReadOnlyList<ProcessInstanceId> expected) => trial.Expect(
        Shown.Numbers(expected),
        Shown.Numbers((await trial.Store.FindProcessesAsync(new() { Limit = 500 }, CancellationToken.None)).Select(record => record.Id)),
        "the instances that are left");

    private static async Task CompletedAsync(StoreTrial trial)
    {
        var active = await trial.AddAsync();
        var failed = await trial.AddAsync(commit => commit with { Record = commit.Record! with { Status = ProcessInstanceStatus.Error, Error = "why" } });
        var stopped = await trial.AddAsync(Stopped);
        await AddAsync(trial, 0);
        await trial.AddAsync(Deleted);
        var pending = await trial.AddAsync(Pending);

        trial.Expect(2, await PurgeAsync(trial), "how many were purged");
        await ExpectLeftAsync(trial, active, failed, stopped, pending);
        trial.Expect(0, await PurgeAsync(trial), "how many were purged the second time");
    }

    private static async Task BeforeAsync(StoreTrial trial)
    {
        var at = await AddAsync(trial, 10);
        await trial.AddAsync(commit => commit with { Record = Completed(commit.ProcessInstance, 10) with { EndedAt = Beginning.AddMinutes(10).AddTicks(-1) } });
        var later = await AddAsync(trial, 11);

        trial.Expect(1, await PurgeAsync(trial, 10), "how many were purged");
        await ExpectLeftAsync(trial, at, later);
    }

    private static async Task DefinitionAsync(StoreTrial trial)
    {
        var expense = await AddAsync(trial, 0);
        await AddAsync(trial, 0, "Travel");
        var travel = await AddAsync(trial, 0, "travel");

        trial.Expect(1, await PurgeAsync(trial, definition: "Travel"), "how many were purged");
        await ExpectLeftAsync(trial, expense, travel);
    }

    private static async Task LimitAsync(StoreTrial trial)
    {
        var last = await AddAsync(trial, 9);
        await AddAsync(trial, 1);
        var middle = await AddAsync(trial, 5);
        await AddAsync(trial, 3);

        trial.Expect(2, await PurgeAsync(trial, limit: 2), "how many were purged");
        await ExpectLeftAsync(trial, last, middle);
        trial.Expect(2, await PurgeAsync(trial, limit: 3), "how many were purged when fewer were left");
    }

    private static async Task NothingAsync(StoreTrial trial)
    {
        var id = await trial.ReserveAsync();
        var empty = await Shown.EverythingAsync(trial, id);
        await trial.CommitAsync(Full(New(id), 2, "ann"));
        await trial.CommitAsync(Next(id, 1) with { Record = Completed(id, 0) with { Fields = [new("City", "Lisbon")] }, ServerItems = [Item(id, 7)] });
        await trial.Store.SetAsideAsync(id, "why", CancellationToken.None);

        trial.Expect(1, await PurgeAsync(trial), "how many were purged");

        trial.Expect(empty, await Shown.EverythingAsync(trial, id), "everything in the store");
        trial.Expect("", await trial.TasksAsync("ann"), "the tasks");
        trial.Expect(false, await trial.Store.HasTakenPartAsync(id, [Destination.User("ann")], CancellationToken.None), "whether somebody took part");
        trial.Expect("", await trial.ClaimedAsync(Claim("a") with { DueUntil = Beginning.AddDays(1) }), "what can be claimed");
        trial.Expect(
            0, (await trial.Store.FindProcessesAsync(new() { Fields = [new("City", "Lisbon")] }, CancellationToken.None)).Count, "what is found by a field");
        trial.Expect(false, await trial.Store.SetAsideAsync(id, null, CancellationToken.None), "whether there is such an instance");
        trial.Expect(null, await trial.Store.LoadAsync(id, 1, 1, CancellationToken.None), "a destination of it");
    }

    private static async Task RequestsAsync(StoreTrial trial)
    {
        var other = await trial.AddAsync(commit => commit with { Request = Request("other", commit.ProcessInstance, 1) });
        await trial.AddAsync(commit => commit with { Record = Completed(commit.ProcessInstance, 0), Request = Request("one", commit.ProcessInstance, 1) });
        await PurgeAsync(trial);

        trial.Expect("none", Shown.Request(await trial.Store.FindRequestAsync("one", CancellationToken.None)), "what was carried out under the key");
        trial.Expect(other, (await trial.Store.FindRequestAsync("other", CancellationToken.None))?.ProcessInstance, "whose the other key is");
        await trial.CommitAsync(Next(other, 1) with { Request = Request("one", other, 2) });
        trial.Expect(
            Shown.Request(Request("one", other, 2)), Shown.Request(await trial.Store.FindRequestAsync("one", CancellationToken.None)),
            "what was carried out since");
    }

    private static async Task OthersAsync(StoreTrial trial)
    {
        var kept = await trial.AddAsync(commit => Full(commit, 2, "ann"));
        var before = await Shown.EverythingAsync(trial, kept);
        var id = await trial.ReserveAsync();
        await trial.CommitAsync(Full(New(id), 3, "ann") with { Record = Completed(id, 0), SentMessages = [] });

        await PurgeAsync(trial);

        trial.Expect(before, await Shown.EverythingAsync(trial, kept), "everything in the store");
        trial.Expect($"{kept}_2", await trial.TasksAsync("ann"), "the tasks");
    }

    private static async Task MessagesAsync(StoreTrial trial)
    {
        var to = await trial.AddAsync();
        var from = await trial.AddAsync(
            commit => commit with { Record = Completed(commit.ProcessInstance, 0), SentMessages = [Message(commit.ProcessInstance, 1, to, 1)] });

        await PurgeAsync(trial);

        trial.Expect($"{from}/1>{to}=01", Shown.Messages(await trial.Store.FindMessagesAsync(new() { Limit = 10 }, CancellationToken.None)), "the messages");
    }

    private static async Task ReceiverAsync(StoreTrial trial)
    {
        var one = await trial.AddAsync();
        var to = await AddAsync(trial, 0);
        var three = await trial.AddAsync();
        await trial.CommitAsync(Next(one, 1) with { SentMessages = [Message(one, 1, to, 1), Message(one, 2, three, 1), Message(one, 3, one, 1)] });
        await trial.CommitAsync(Next(three, 1) with { SentMessages = [Message(three, 1, to, 1)] });

        await PurgeAsync(trial);

        trial.Expect(
            $"{one}/3>{one}=01 {one}/2>{three}=01", Shown.Messages(await trial.Store.FindMessagesAsync(new() { Limit = 10 }, CancellationToken.None)),
            "the messages");
    }

    private static async Task NumbersAsync(StoreTrial trial)
    {
        var id = await AddAsync(trial, 0);
        await PurgeAsync(trial);

        trial.Expect(true, (await trial.ReserveAsync()).CompareTo(id) > 0, "whether the next number is greater");
    }
}
