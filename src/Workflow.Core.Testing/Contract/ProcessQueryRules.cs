using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>How instances are searched for.</summary>
internal static class ProcessQueryRules
{
    private const string Source = "ProcessQuery";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("An instance is found with everything that its record says", "ProcessRecord", RecordAsync),
        new("A later record takes the place of the earlier as a whole", "Commit.Record", ReplaceAsync),
        new("Instances are found by each criterion", Source, CriteriaAsync),
        new("Instances are found by several criteria at once", Source, CombinationsAsync),
        new("Of those that would be Active, the ones with a pending call are Running and the others Active", "ProcessQuery.Status", StatusAsync),
        new("Instances are found by the values of their fields, null being one", "ProcessQuery.Fields", FieldsAsync),
        new("Instances are found by the latest values of their fields only", "ProcessQuery.Fields", ChangedFieldsAsync),
        new("An instance that begins at another instant than was said first is found by that", "ProcessQuery.StartedFrom", MovedStartAsync),
        new("Pages of instances add up to the whole, in both directions", "ProcessQuery.After", PagesAsync),
        new("Pages of the instances of several definitions add up to theirs, in both directions", "ProcessQuery.Definitions", SeveralAsync),
        new("A page of instances is not moved by those that come, and may begin behind one that never was", "ProcessQuery.After", StableAsync),
    ];

    private static async Task<string> FindAsync(StoreTrial trial, ProcessQuery query) =>
        Shown.Numbers((await trial.Store.FindProcessesAsync(query, CancellationToken.None)).Select(record => record.Id));

    private static Task<ProcessInstanceId> AddAsync(StoreTrial trial, Func<ProcessRecord, ProcessRecord> change) =>
        trial.AddAsync(commit => commit with { Record = change(commit.Record!) });

    private static async Task RecordAsync(StoreTrial trial)
    {
        var id = await trial.ReserveAsync();
        var record = new ProcessRecord
        {
            Id = id,
            Definition = "Travel",
            DefinitionVersion = 12,
            Folio = "Lisbon",
            Originator = "Dora",
            Status = ProcessInstanceStatus.Error,
            StartedAt = Beginning.AddTicks(1),
            EndedAt = Beginning.AddTicks(3),
            Error = "The rule 'Enough' failed.",
            Fields = [new("Zone", "b"), new("City", null), new("Amount", "")],
            Parent = new ProcessInstanceId(long.MaxValue),
        };

        await trial.CommitAsync(New(id) with { Record = record });

        trial.Expect(Shown.Record(record), Shown.Record(await trial.RecordAsync(id)), "the record");
    }

    private static async Task ReplaceAsync(StoreTrial trial)
    {
        var id = await AddAsync(trial, record =>
            record with { Folio = "Lisbon", Status = ProcessInstanceStatus.Error, Error = "why", Fields = [new("City", "Lisbon"), new("Zone", "b")] });
        var later = Record(id) with { Definition = "Travel", DefinitionVersion = 2, Originator = "otto", Fields = [new("City", "Porto")] };

        await trial.CommitAsync(Next(id, 1) with { Record = later });

        trial.Expect(Shown.Record(later), Shown.Record(await trial.RecordAsync(id)), "the record");
    }

    /// <summary>Four instances: one that stands at the beginning, one in Error, one completed, one with a pending call.</summary>
    private static async Task<ProcessInstanceId[]> AddFourAsync(StoreTrial trial) =>
    [
        await trial.AddAsync(),
        await AddAsync(
            trial, record => record with
            {
                DefinitionVersion = 2, Folio = "Lisbon", Status = ProcessInstanceStatus.Error, Error = "why", StartedAt = Beginning.AddMinutes(1),
            }),
        await AddAsync(trial, record => Completed(record.Id, 5) with { Folio = "Lisbon", Originator = "Otto", StartedAt = Beginning.AddMinutes(2) }),
        await trial.AddAsync(
            commit => Pending(commit) with { Record = Record(commit.ProcessInstance) with { Definition = "Travel", StartedAt = Beginning.AddMinutes(3) } }),
    ];

    private static async Task MovedStartAsync(StoreTrial trial)
    {
        var id = await AddAsync(trial, record => record with { StartedAt = Beginning.AddDays(2) });
        trial.Expect($"{id}", await FindAsync(trial, new() { StartedFrom = Beginning.AddDays(2) }), "what has begun from the first instant");

        await trial.CommitAsync(Next(id, 1) with { Record = Record(id) with { StartedAt = Beginning.AddDays(4) } });
        trial.Expect($"{id}", await FindAsync(trial, new() { StartedFrom = Beginning.AddDays(4) }), "what has begun from a later instant");

        await trial.CommitAsync(Next(id, 2) with { Record = Record(id) with { StartedAt = Beginning.AddDays(-4) } });
        trial.Expect($"{id}", await FindAsync(trial, new() { StartedBefore = Beginning.AddDays(-3) }), "what has begun before an earlier instant");
        trial.Expect("", await FindAsync(trial, new() { StartedFrom = Beginning.AddDays(2) }), "what has begun from the first instant now");
    }

    private static async Task CriteriaAsync(StoreTrial trial)
    {
        var four = await AddFourAsync(trial);

        foreach (var (query, expected) in ((ProcessQuery, string)[])
        [
            (new(), "0 1 2 3"),
            (new() { Definition = "Travel" }, "3"),
            (new() { Definition = "travel" }, ""),
            (new() { Definitions = ["Travel", "Expense", "Travel"] }, "0 1 2 3"),
            (new() { Definitions = ["Travel", "expense", "Never"] }, "3"),
            (new() { Definitions = ["Expense"], Status = ProcessInstanceStatus.Active }, "0"),
            (new() { Definitions = ["Travel", "Expense"], Folio = "Lisbon" }, "1 2"),
            (new() { Definitions = ["Travel", "Expense"], Status = ProcessInstanceStatus.Completed, Definition = "Expense" }, "2"),
            (new() { Definitions = ["Travel", "Never"], Definition = "Expense" }, ""),
            (new() { Definitions = [] }, ""),
            (new() { Definitions = ["Travel", "Expense"], Limit = 2, NewestFirst = true }, "3 2"),
            (new() { DefinitionVersion = 2 }, "1"),
            (new() { Definition = "Expense", DefinitionVersion = 1 }, "0 2"),
            (new() { Definition = "Travel", DefinitionVersion = 2 }, ""),
            (new() { Definition = "Expense", DefinitionVersion = 1, HasEnded = false }, "0"),
            (new() { HasEnded = true }, "2"),
            (new() { HasEnded = false, NewestFirst = true }, "3 1 0"),
            (new() { HasEnded = false, Status = ProcessInstanceStatus.Completed }, ""),
            (new() { Status = ProcessInstanceStatus.Error }, "1"),
            (new() { Status = ProcessInstanceStatus.Completed }, "2"),
            (new() { Status = ProcessInstanceStatus.Active }, "0"),
            (new() { Status = ProcessInstanceStatus.Running }, "3"),
            (new() { Folio = "Lisbon" }, "1 2"),
            (new() { Folio = "lisbon" }, ""),
            (new() { Folio = "" }, "0 3"),
            (new() { FolioStart = "Lis" }, "1 2"),
            (new() { FolioStart = "Lisbon" }, "1 2"),
            (new() { FolioStart = "Lisbon 2" }, ""),
            (new() { FolioStart = "lis" }, ""),
            (new() { FolioStart = "" }, "0 1 2 3"),
            (new() { FolioStart = "L", NewestFirst = true, Limit = 1 }, "2"),
            (new() { FolioStart = "L", Definitions = ["Travel", "Never"] }, ""),
            (new() { FolioStart = "L", Definitions = ["Travel", "Expense"], Status = ProcessInstanceStatus.Completed }, "2"),
            (new() { Originator = "OTTO" }, "2"),
            (new() { Originator = "Otto" }, "2"),
            (new() { StartedFrom = Beginning.AddMinutes(2) }, "2 3"),
            (new() { StartedBefore = Beginning.AddMinutes(2) }, "0 1"),
            (new() { StartedFrom = Beginning.AddMinutes(1), StartedBefore = Beginning.AddMinutes(3) }, "1 2"),
            (new() { NewestFirst = true }, "3 2 1 0"),
            (new() { Limit = 2 }, "0 1"),
            (new() { Limit = 2, NewestFirst = true }, "3 2"),
        ])
        {
            var numbers = Shown.Joined(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => four[text[0] - '0'].ToString()));
            trial.Expect(numbers, await FindAsync(trial, query), $"what {Shown.Query(query)} finds");
        }
    }

    private static async Task CombinationsAsync(StoreTrial trial)
    {
        var four = await AddFourAsync(trial);

        trial.Expect(
            $"{four[2]}", await FindAsync(trial, new() { Folio = "Lisbon", Status = ProcessInstanceStatus.Completed, Originator = "otto" }),
            "folio, status and originator");
        trial.Expect("", await FindAsync(trial, new() { Folio = "Lisbon", Definition = "Travel" }), "a folio and the definition of another instance");
        trial.Expect(
            $"{four[2]} {four[1]}",
            await FindAsync(trial, new() { Definition = "Expense", StartedFrom = Beginning.AddTicks(1), NewestFirst = true, IsSetAside = false }),
            "definition and start, the newest first");
    }

    private static async Task StatusAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(Pending);
        trial.Expect(ProcessInstanceStatus.Running, (await trial.RecordAsync(id)).Status, "the status with a pending call");
        trial.Expect("", await FindAsync(trial, new() { Status = ProcessInstanceStatus.Active }), "the active instances");

        await trial.CommitAsync(Next(id, 1));

        trial.Expect(ProcessInstanceStatus.Active, (await trial.RecordAsync(id)).Status, "the status without one");
        trial.Expect($"{id}", await FindAsync(trial, new() { Status = ProcessInstanceStatus.Active }), "the active instances");
        await trial.CommitAsync(Next(id, 2) with { HasPendingCall = true });
        trial.Expect($"{id}", await FindAsync(trial, new() { Status = ProcessInstanceStatus.Running }), "the running instances");
    }

    private static async Task FieldsAsync(StoreTrial trial)
    {
        var one = await AddAsync(trial, record => record with { Fields = [new("City", "Lisbon"), new("Zone", null)] });
        var two = await AddAsync(trial, record => record with { Fields = [new("City", "Lisbon"), new("Zone", "b")] });
        var three = await AddAsync(trial, record => record with { Fields = [new("City", ""), new("Area", "b")] });

        foreach (var (fields, expected) in ((IReadOnlyList<IndexedField>, string)[])
        [
            ([new("City", "Lisbon")], $"{one} {two}"),
            ([new("City", "lisbon")], ""),
            ([new("city", "Lisbon")], ""),
            ([new("Zone", null)], $"{one}"),
            ([new("City", "")], $"{three}"),
            ([new("City", null)], ""),
            ([new("City", "Lisbon"), new("Zone", "b")], $"{two}"),
            ([new("City", "Lisbon"), new("City", "Porto")], ""),
            ([new("Never", null)], ""),
        ])
        {
            trial.Expect(
                expected, await FindAsync(trial, new() { Fields = fields }),
                $"what {Shown.Joined(fields.Select(field => $"{field.Name}={field.Value ?? "null"}"))} finds");
        }

        trial.Expect($"{two}", await FindAsync(trial, new() { Fields = [new("City", "Lisbon")], NewestFirst = true, Limit = 1 }), "the newest of them");
    }

    private static async Task ChangedFieldsAsync(StoreTrial trial)
    {
        var id = await AddAsync(trial, record => record with { Fields = [new("City", "Lisbon"), new("Zone", "b")] });

        await trial.CommitAsync(Next(id, 1) with { Record = Record(id) with { Fields = [new("City", "Porto")] } });

        trial.Expect($"{id}", await FindAsync(trial, new() { Fields = [new("City", "Porto")] }), "the later value");
        trial.Expect("", await FindAsync(trial, new() { Fields = [new("City", "Lisbon")] }), "the earlier value");
        trial.Expect("", await FindAsync(trial, new() { Fields = [new("Zone", "b")] }), "a field that is searchable no more");
        await trial.CommitAsync(Next(id, 2) with { Record = Record(id) });
        trial.Expect("", await FindAsync(trial, new() { Fields = [new("City", "Porto")] }), "the value of a record without fields");
    }

    private static async Task PagesAsync(StoreTrial trial)
    {
        var numbers = new List<ProcessInstanceId>();
        for (var index = 0; index < 12; index++)
        {
            numbers.Add(await AddAsync(trial, record => record with { Folio = index % 3 == 0 ? "x" : "y" }));
        }

        foreach (var isNewestFirst in (bool[])[false, true])
        {
            var query = new ProcessQuery { Folio = "y", Limit = 3, NewestFirst = isNewestFirst };
            var expected = numbers.Where((_, index) => index % 3 != 0);
            var found = new List<ProcessInstanceId>();
            IReadOnlyList<ProcessRecord> page;
            do
            {
                page = await trial.Store.FindProcessesAsync(query with { After = found.Count == 0 ? null : found[^1] }, CancellationToken.None);
                found.AddRange(page.Select(record => record.Id));
            }
            while (page.Count == 3 && found.Count < 30);

            trial.Expect(
                Shown.Numbers(isNewestFirst ? expected.Reverse() : expected), Shown.Numbers(found),
                $"all pages of three, the {(isNewestFirst ? "newest" : "oldest")} first");
        }
    }

    /// <summary>One definition has many instances, one few, one a single one in the middle, and one is not asked for.</summary>
    private static async Task SeveralAsync(StoreTrial trial)
    {
        var wanted = new List<ProcessInstanceId>();
        for (var index = 0; index < 14; index++)
        {
            var definition = index == 7 ? "Leave" : index % 5 == 1 ? "Travel" : index % 3 == 2 ? "Hidden" : "Expense";
            var id = await AddAsync(trial, record => record with { Definition = definition, Originator = "dora" });
            if (definition != "Hidden")
            {
                wanted.Add(id);
            }
        }

        foreach (var isNewestFirst in (bool[])[false, true])
        {
            var expected = Shown.Numbers(isNewestFirst ? Enumerable.Reverse(wanted) : wanted);
            for (var size = 1; size <= 4; size++)
            {
                var query = new ProcessQuery { Definitions = ["Travel", "Never", "Expense", "Leave"], Limit = size, NewestFirst = isNewestFirst };
                var all = await PagesAsync(query, trial.Store.FindProcessesAsync);
                var own = await PagesAsync(query, (page, cancellation) => trial.Store.FindProcessesOfAsync([Destination.User("dora")], page, cancellation));
                trial.Expect(expected, all, $"all pages of {size.Invariant()}");
                trial.Expect(expected, own, $"all pages of {size.Invariant()} of the originator");
            }
        }
    }

    private static async Task<string> PagesAsync(ProcessQuery query, Func<ProcessQuery, CancellationToken, ValueTask<IReadOnlyList<ProcessRecord>>> find)
    {
        var found = new List<ProcessInstanceId>();
        IReadOnlyList<ProcessRecord> page;
        do
        {
            page = await find(query with { After = found.Count == 0 ? null : found[^1] }, CancellationToken.None);
            found.AddRange(page.Select(record => record.Id));
        }
        while (page.Count == query.Limit && found.Count < 30);
        return Shown.Numbers(found);
    }

    private static async Task StableAsync(StoreTrial trial)
    {
        var numbers = await trial.ReserveAsync(6);
        foreach (var id in (ProcessInstanceId[])[numbers[1], numbers[2], numbers[4]])
        {
            await trial.CommitAsync(New(id));
        }

        trial.Expect($"{numbers[4]}", await FindAsync(trial, new() { After = numbers[3] }), "the page behind a number that never was an instance");
        trial.Expect($"{numbers[2]} {numbers[1]}", await FindAsync(trial, new() { After = numbers[3], NewestFirst = true }), "the same, the newest first");
        await trial.CommitAsync(New(numbers[0]));
        await trial.CommitAsync(New(numbers[5]));
        trial.Expect($"{numbers[4]} {numbers[5]}", await FindAsync(trial, new() { After = numbers[2] }), "the page after others came");
        trial.Expect($"{numbers[1]} {numbers[0]}", await FindAsync(trial, new() { After = numbers[2], NewestFirst = true }), "the same, the newest first");
    }
}
