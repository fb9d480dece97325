using Workflow.Core.Persistence;
using Workflow.Core.Records;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>How server items are kept and searched for.</summary>
internal static class ServerItemRules
{
    private const string Source = "IProcessStore.FindServerItemsAsync";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("A server item is found by its serial number as it was stored", "IProcessStore.FindServerItemAsync", FindAsync),
        new("The latest record of a server item takes the place of the earlier ones", "Commit.ServerItems", ReplaceAsync),
        new("Of several records of a server item in one commit the last one counts", "Commit.ServerItems", LastAsync),
        new("Server items are found by each criterion, those that wait unless said otherwise", "ServerItemQuery", CriteriaAsync),
        new("Server items are found by several criteria at once", "ServerItemQuery", CombinationsAsync),
        new("Server items come in the order of their serial numbers, not of their texts", Source, OrderAsync),
        new("Pages of server items of any size add up to the whole", "ServerItemQuery.After", PagesAsync),
        new("A page of server items is not moved by those that come and end in front of it", "ServerItemQuery.After", StableAsync),
    ];

    private static async Task<string> FindAsync(StoreTrial trial, ServerItemQuery query) =>
        Shown.Serials((await trial.Store.FindServerItemsAsync(query, CancellationToken.None)).Select(item => item.Serial));

    private static Task<ProcessInstanceId> AddAsync(StoreTrial trial, Func<ProcessInstanceId, IReadOnlyList<ServerItemRecord>> items) =>
        trial.AddAsync(commit => commit with { ServerItems = items(commit.ProcessInstance) });

    private static async Task<string> ItemAsync(StoreTrial trial, SerialNumber serial) =>
        Shown.Item(await trial.Store.FindServerItemAsync(serial, CancellationToken.None));

    private static async Task FindAsync(StoreTrial trial)
    {
        var id = await trial.ReserveAsync();
        var ended = Item(id, 2) with
        {
            CorrelationKey = "K-1", Status = ServerItemStatus.Finished, StartedAt = Beginning.AddTicks(1), EndedAt = Beginning.AddTicks(12_345_678),
            EndedBy = "eve",
        };
        await trial.CommitAsync(New(id) with { ServerItems = [Item(id, 1), ended] });

        trial.Expect(Shown.Item(Item(id, 1)), await ItemAsync(trial, new(id, 1)), "an item that waits");
        trial.Expect(Shown.Item(ended), await ItemAsync(trial, new(id, 2)), "an item that has ended");
        trial.Expect("none", await ItemAsync(trial, new(id, 3)), "an item that never was");
        trial.Expect("none", await ItemAsync(trial, new(await trial.ReserveAsync(), 1)), "an item of an instance that is not there");
    }

    private static async Task ReplaceAsync(StoreTrial trial)
    {
        var id = await AddAsync(trial, id => [Item(id, 1) with { CorrelationKey = "K-1" }, Item(id, 2)]);
        var later = Item(id, 1) with { Event = "Next", Status = ServerItemStatus.Expired, EndedAt = Beginning };

        await trial.CommitAsync(Next(id, 1) with { ServerItems = [later] });

        trial.Expect(Shown.Item(later), await ItemAsync(trial, new(id, 1)), "the item");
        trial.Expect($"{id}_2", await FindAsync(trial, new()), "the items that wait");
        trial.Expect("", await FindAsync(trial, AllItems with { CorrelationKey = "K-1" }), "the items under the earlier key");
    }

    private static async Task LastAsync(StoreTrial trial)
    {
        var id = await AddAsync(trial, id => [Item(id, 1) with { Event = "One" }, Item(id, 1) with { Event = "Two" }, Item(id, 1) with { Event = "Three" }]);

        trial.Expect(Shown.Item(Item(id, 1) with { Event = "Three" }), await ItemAsync(trial, new(id, 1)), "the item");
        trial.Expect($"{id}_1", await FindAsync(trial, AllItems), "the items");
    }

    /// <summary>Items 2 and 10 of the first instance, 1 and 3 of the second; only 1_2 and 2_3 wait.</summary>
    private static async Task<(ProcessInstanceId One, ProcessInstanceId Two)> AddSeveralAsync(StoreTrial trial)
    {
        var one = await AddAsync(trial, id =>
        [
            Item(id, 10) with { Status = ServerItemStatus.Finished, Event = "Ask", CorrelationKey = "K-1", EndedAt = Beginning, EndedBy = "eve" },
            Item(id, 2) with { CorrelationKey = "K-1" },
        ]);
        var two = await AddAsync(trial, id =>
        [
            Item(id, 1) with { Status = ServerItemStatus.Expired, Definition = "Ship", EndedAt = Beginning },
            Item(id, 3) with { Definition = "Ship", Activity = "Pack", CorrelationKey = "k-1" },
        ]);
        return (one, two);
    }

    private static async Task CriteriaAsync(StoreTrial trial)
    {
        var (one, two) = await AddSeveralAsync(trial);

        foreach (var (query, expected) in ((ServerItemQuery, string)[])
        [
            (new(), $"{one}_2 {two}_3"),
            (AllItems, $"{one}_2 {one}_10 {two}_1 {two}_3"),
            (AllItems with { Status = ServerItemStatus.Finished }, $"{one}_10"),
            (AllItems with { Status = ServerItemStatus.Expired }, $"{two}_1"),
            (AllItems with { Definition = "Ship" }, $"{two}_1 {two}_3"),
            (AllItems with { Definition = "ship" }, ""),
            (AllItems with { Definitions = ["Ship", "ship"] }, $"{two}_1 {two}_3"),
            (AllItems with { Definitions = ["Ship", "Expense", "Ship"] }, $"{one}_2 {one}_10 {two}_1 {two}_3"),
            (AllItems with { Definitions = ["Ship", "Expense"], Status = ServerItemStatus.Waiting }, $"{one}_2 {two}_3"),
            (AllItems with { Definitions = ["Ship", "Expense"], Definition = "Ship" }, $"{two}_1 {two}_3"),
            (AllItems with { Definitions = ["Expense", "Never"], Definition = "Ship" }, ""),
            (AllItems with { Definitions = [] }, ""),
            (AllItems with { Activity = "Pack" }, $"{two}_3"),
            (AllItems with { Activity = "pack" }, ""),
            (AllItems with { Event = "Ask" }, $"{one}_10"),
            (AllItems with { CorrelationKey = "K-1" }, $"{one}_2 {one}_10"),
            (AllItems with { CorrelationKey = "" }, ""),
            (AllItems with { ProcessInstance = one }, $"{one}_2 {one}_10"),
            (AllItems with { ProcessInstance = await trial.ReserveAsync() }, ""),
        ])
        {
            trial.Expect(expected, await FindAsync(trial, query), $"what {Shown.Query(query)} finds");
        }
    }

    private static async Task CombinationsAsync(StoreTrial trial)
    {
        var (one, two) = await AddSeveralAsync(trial);

        trial.Expect($"{one}_2", await FindAsync(trial, new() { CorrelationKey = "K-1", ProcessInstance = one }), "items that wait, of a key and an instance");
        trial.Expect("", await FindAsync(trial, AllItems with { CorrelationKey = "K-1", ProcessInstance = two }), "items of a key and another instance");
        trial.Expect($"{two}_3", await FindAsync(trial, AllItems with { Definition = "Ship", Activity = "Pack", Event = "Order" }), "items of an event");
        trial.Expect("", await FindAsync(trial, AllItems with { Definition = "Ship", Event = "Ask" }), "items of an event of another definition");
    }

    private static async Task OrderAsync(StoreTrial trial)
    {
        var numbers = await trial.ReserveAsync(12);
        foreach (var id in numbers.Reverse())
        {
            await trial.CommitAsync(New(id) with { ServerItems = [Item(id, 10), Item(id, 9)] });
        }

        trial.Expect(Shown.Serials(numbers.SelectMany(id => new SerialNumber[] { new(id, 9), new(id, 10) })), await FindAsync(trial, AllItems), "all items");
    }

    private static async Task PagesAsync(StoreTrial trial)
    {
        await AddSeveralAsync(trial);
        ServerItemQuery[] queries =
        [
            AllItems, new(), AllItems with { CorrelationKey = "K-1" }, AllItems with { Definitions = ["Ship", "Expense"] },
            new() { Definitions = ["Expense", "Ship"] },
        ];
        foreach (var query in queries)
        {
            var whole = await FindAsync(trial, query);
            for (var size = 1; size <= 5; size++)
            {
                var found = new List<SerialNumber>();
                IReadOnlyList<ServerItemRecord> page;
                do
                {
                    page = await trial.Store.FindServerItemsAsync(
                        query with { Limit = size, After = found.Count == 0 ? null : found[^1] }, CancellationToken.None);
                    found.AddRange(page.Select(item => item.Serial));
                }
                while (page.Count == size && found.Count < 10);

                trial.Expect(whole, Shown.Serials(found), $"all pages of {size.Invariant()}");
            }
        }
    }

    private static async Task StableAsync(StoreTrial trial)
    {
        var (one, two) = await AddSeveralAsync(trial);
        trial.Expect($"{one}_2", await FindAsync(trial, new() { Limit = 1 }), "the first page");

        await trial.CommitAsync(
            Next(one, 1) with { ServerItems = [Item(one, 1), Item(one, 2) with { Status = ServerItemStatus.Finished, EndedAt = Beginning }] });

        trial.Expect($"{two}_3", await FindAsync(trial, new() { After = new(one, 2) }), "the next page behind an item that has ended");
        trial.Expect($"{one}_10 {two}_1 {two}_3", await FindAsync(trial, AllItems with { After = new(one, 5) }), "the page behind an item that never was");
    }
}
