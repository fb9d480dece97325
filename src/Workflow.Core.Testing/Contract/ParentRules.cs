using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>How sub-processes are found by the instance that started them.</summary>
internal static class ParentRules
{
    private const string Source = "ProcessQuery.Parent";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("Sub-processes are found by the instance that started them, with other criteria and in both directions", Source, CriteriaAsync),
        new("Pages of sub-processes add up to the whole, in both directions", Source, PagesAsync),
        new("Sub-processes are found by those who take part in them", Source, ParticipantsAsync),
        new("The parent of an instance is the one that its first commit says, whatever later ones say", "ProcessRecord.Parent", StaysAsync),
        new("A sub-process keeps its parent when that is purged, and is not found by it when it is purged itself", Source, PurgedAsync),
    ];

    private static async Task<string> FindAsync(StoreTrial trial, ProcessQuery query) =>
        Shown.Numbers((await trial.Store.FindProcessesAsync(query, CancellationToken.None)).Select(record => record.Id));

    private static Task<ProcessInstanceId> AddAsync(StoreTrial trial, ProcessInstanceId? parent, Func<ProcessRecord, ProcessRecord>? change = null) =>
        trial.AddAsync(commit => commit with { Record = (change ?? (record => record))(commit.Record! with { Parent = parent }) });

    private static async Task CriteriaAsync(StoreTrial trial)
    {
        var one = await trial.AddAsync();
        var two = await trial.AddAsync();
        ProcessInstanceId[] six =
        [
            await AddAsync(trial, one), await AddAsync(trial, one, record => record with { Definition = "Travel", Folio = "Lisbon" }),
            await AddAsync(trial, two, record => record with { Definition = "Travel", Folio = "Lisbon", Originator = "otto" }),
            await AddAsync(trial, one, record => Completed(record.Id, 1) with { Parent = one, Fields = [new("City", "Lisbon")], DefinitionVersion = 2 }),
            await trial.AddAsync(commit => Pending(commit) with { Record = commit.Record! with { Parent = one, StartedAt = Beginning.AddHours(2) } }),
            await AddAsync(trial, null, record => record with { Definition = "Travel", Folio = "Lisbon" }),
        ];

        foreach (var (query, expected) in ((ProcessQuery, string)[])
        [
            (new() { Parent = one }, "0 1 3 4"),
            (new() { Parent = two }, "2"),
            (new() { Parent = six[0] }, ""),
            (new() { Parent = one, NewestFirst = true }, "4 3 1 0"),
            (new() { Parent = one, Limit = 2 }, "0 1"),
            (new() { Parent = one, Limit = 2, After = six[0] }, "1 3"),
            (new() { Parent = one, NewestFirst = true, After = six[2] }, "1 0"),
            (new() { Parent = one, Definition = "Travel" }, "1"),
            (new() { Parent = one, Definitions = ["Travel", "Expense"], NewestFirst = true }, "4 3 1 0"),
            (new() { Parent = one, Definitions = ["Travel", "Never"] }, "1"),
            (new() { Parent = one, DefinitionVersion = 2 }, "3"),
            (new() { Parent = one, Folio = "Lisbon" }, "1"),
            (new() { Parent = two, Originator = "OTTO" }, "2"),
            (new() { Parent = one, Originator = "otto" }, ""),
            (new() { Parent = one, HasEnded = false }, "0 1 4"),
            (new() { Parent = one, HasEnded = true }, "3"),
            (new() { Parent = one, Status = ProcessInstanceStatus.Active }, "0 1"),
            (new() { Parent = one, Status = ProcessInstanceStatus.Running }, "4"),
            (new() { Parent = one, Status = ProcessInstanceStatus.Completed }, "3"),
            (new() { Parent = one, StartedFrom = Beginning.AddHours(1) }, "4"),
            (new() { Parent = one, Fields = [new("City", "Lisbon")] }, "3"),
            (new() { Parent = two, Fields = [new("City", "Lisbon")] }, ""),
            (new() { Parent = one, IsSetAside = true }, ""),
            (new() { Definition = "Travel" }, "1 2 5"),
        ])
        {
            var numbers = Shown.Joined(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => six[text[0] - '0'].ToString()));
            trial.Expect(numbers, await FindAsync(trial, query), $"what {Shown.Query(query)} finds");
        }

        trial.Expect(one, (await trial.RecordAsync(six[4])).Parent, "the parent of a sub-process");
        trial.Expect(null, (await trial.RecordAsync(six[5])).Parent, "the parent of an instance without one");
    }

    private static async Task PagesAsync(StoreTrial trial)
    {
        var (one, two) = (await trial.AddAsync(), await trial.AddAsync());
        var wanted = new List<ProcessInstanceId>();
        for (var index = 0; index < 14; index++)
        {
            var id = await AddAsync(trial, index % 3 == 0 ? two : index % 5 == 1 ? null : one);
            if (index % 3 != 0 && index % 5 != 1)
            {
                wanted.Add(id);
            }
        }

        foreach (var isNewestFirst in (bool[])[false, true])
        {
            for (var size = 1; size <= 3; size++)
            {
                var query = new ProcessQuery { Parent = one, Limit = size, NewestFirst = isNewestFirst };
                var found = new List<ProcessInstanceId>();
                IReadOnlyList<ProcessRecord> page;
                do
                {
                    page = await trial.Store.FindProcessesAsync(query with { After = found.Count == 0 ? null : found[^1] }, CancellationToken.None);
                    found.AddRange(page.Select(record => record.Id));
                }
                while (page.Count == size && found.Count < 30);

                trial.Expect(
                    Shown.Numbers(isNewestFirst ? Enumerable.Reverse(wanted) : wanted), Shown.Numbers(found), $"all pages of {size.Invariant()}");
            }
        }
    }

    private static async Task ParticipantsAsync(StoreTrial trial)
    {
        var parent = await trial.AddAsync();
        var own = await AddAsync(trial, parent);
        var ofOtto = await AddAsync(trial, parent, record => record with { Originator = "otto" });
        await trial.ChangeTasksAsync(ofOtto, Opened(Header(ofOtto, 1), "dora"));
        await AddAsync(trial, parent, record => record with { Originator = "otto" });

        var found = await trial.Store.FindProcessesOfAsync([Destination.User("dora")], new() { Parent = parent }, CancellationToken.None);

        trial.Expect(Shown.Numbers([own, ofOtto]), Shown.Numbers(found.Select(record => record.Id)), "the sub-processes in which a user takes part");
        trial.Expect($"{parent} {parent}", Shown.Joined(found.Select(record => $"{record.Parent}")), "their parents");
    }

    private static async Task StaysAsync(StoreTrial trial)
    {
        var (one, two) = (await trial.AddAsync(), await trial.AddAsync());
        var child = await AddAsync(trial, one);
        var alone = await trial.AddAsync();

        await trial.CommitAsync(Next(child, 1) with { Record = Record(child) with { Folio = "Lisbon" } });
        await trial.CommitAsync(Next(alone, 1) with { Record = Record(alone) with { Parent = one } });
        trial.Expect($"{child}", await FindAsync(trial, new() { Parent = one }), "the sub-processes after records that say otherwise");
        await trial.CommitAsync(Next(child, 2) with { Record = Completed(child, 1) with { Parent = two } });

        trial.Expect($"{child}", await FindAsync(trial, new() { Parent = one }), "the sub-processes after a record that names another parent");
        trial.Expect("", await FindAsync(trial, new() { Parent = two }), "the sub-processes of the other parent");
        trial.Expect(one, (await trial.RecordAsync(child)).Parent, "the parent of the sub-process");
        trial.Expect(null, (await trial.RecordAsync(alone)).Parent, "the parent of an instance that began without one");
    }

    private static async Task PurgedAsync(StoreTrial trial)
    {
        var parent = await trial.AddAsync(commit => commit with { Record = Completed(commit.ProcessInstance, 0) });
        var live = await AddAsync(trial, parent);
        await AddAsync(trial, parent, record => Completed(record.Id, 0) with { Parent = parent });

        trial.Expect(2, await trial.Store.PurgeAsync(Beginning.AddHours(1), null, 10, CancellationToken.None), "how many were purged");

        trial.Expect($"{live}", await FindAsync(trial, new() { Parent = parent }), "the sub-processes that are left");
        trial.Expect(parent, (await trial.RecordAsync(live)).Parent, "the parent of the one that is left");
    }
}
