using Workflow.Core.Persistence;
using Workflow.Core.Records;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>How the parts of an instance are kept.</summary>
internal static class PartRules
{
    private const string Source = "Commit.Parts";

    private const string Together = "Instances are loaded together as each alone, in the order given, and a missing one as nothing";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("Parts come back in the order of their keys, by number", "StoredProcess.Parts", OrderAsync),
        new("A part takes the place of the one under its key, and the others stay", Source, ReplaceAsync),
        new("Single parts are removed, and that there is none does no harm", "Commit.RemovedParts", RemoveAsync),
        new("A part that is removed and stored in one commit is stored", "Commit.RemovedParts", RemoveFirstAsync),
        new("All parts of an ended activity go, those of others stay", "Commit.EndedActivities", EndAsync),
        new("The parts of an ended activity go before new ones are stored", "Commit.EndedActivities", EndFirstAsync),
        new("A content of 1 MiB comes back byte by byte", "StoredPart", LargeAsync),
        new("An empty content is a part", "StoredPart", EmptyAsync),
        new("Every byte comes back as it was", "StoredPart", BytesAsync),
        new("Instances with hundreds of parts are kept and changed part by part", Source, ManyAsync),
        new("A part can be of any number", "PartKey", LargestAsync),
        new("Details of every kind and number are parts of their own, whoever they belong to", "PartKey.Kind", KindsAsync),
        new("Of an element with details of several kinds the right one is removed", "Commit.RemovedParts", RemoveKindAsync),
        new("The bytes of a part are copied before the commit ends", "Commit", CopyAsync),
        new("The lists of a commit may be used again after it", "Commit", ListsAsync),
        new(
            "Tasks are loaded together as each alone, in the order given, and one of a missing instance as nothing", "IProcessStore.LoadTasksAsync",
            TogetherAsync),
        new(Together, "IProcessStore.LoadProcessesAsync", WholesTogetherAsync),
        new("A loaded instance stays as it was when the instance is committed again", "StoredProcess", LoadedStaysAsync),
    ];

    private static async Task ExpectAsync(StoreTrial trial, ProcessInstanceId id, string parts) =>
        trial.Expect(parts, Shown.Parts(await trial.LoadAsync(id)), "the parts");

    private static Task<ProcessInstanceId> AddAsync(StoreTrial trial, params IReadOnlyList<StoredPart> parts) =>
        trial.AddAsync(commit => commit with { Parts = parts });

    private static async Task OrderAsync(StoreTrial trial)
    {
        var id = await AddAsync(
            trial, Part(10, 0, 1), Part(2, 10, 1), Part(0, 0, 1), Detail(2, 9, 10, 1), Part(2, 0, 1), Detail(2, 9, 2, 1), Part(2, 9, 1), Detail(0, 0, 1, 1));

        await ExpectAsync(trial, id, "0/0/0=01 0/0/1=01 2/0/0=01 2/9/0=01 2/9/2=01 2/9/10=01 2/10/0=01 10/0/0=01");
    }

    private static async Task ReplaceAsync(StoreTrial trial)
    {
        var id = await AddAsync(trial, Part(0, 0, 1), Part(1, 0, 1), Part(1, 1, 1), Detail(1, 1, 1, 1));

        await trial.CommitAsync(Next(id, 1) with { Parts = [Part(1, 1, 2, 2), Part(1, 2, 2)] });

        await ExpectAsync(trial, id, "0/0/0=01 1/0/0=01 1/1/0=0202 1/1/1=01 1/2/0=02");
    }

    private static async Task RemoveAsync(StoreTrial trial)
    {
        var id = await AddAsync(trial, Part(0, 0, 1), Part(1, 0, 1), Part(1, 1, 1), Detail(1, 1, 1, 1), Detail(1, 1, 2, 1));

        await trial.CommitAsync(Next(id, 1) with { RemovedParts = [new PartKey(1, 1, (DetailKind)1), new PartKey(1, 2), new PartKey(7, 7, (DetailKind)7)] });

        await ExpectAsync(trial, id, "0/0/0=01 1/0/0=01 1/1/0=01 1/1/2=01");
    }

    private static async Task RemoveFirstAsync(StoreTrial trial)
    {
        var id = await AddAsync(trial, Part(0, 0, 1), Part(1, 0, 1));

        await trial.CommitAsync(Next(id, 1) with { RemovedParts = [new PartKey(1, 0)], Parts = [Part(1, 0, 2)] });

        await ExpectAsync(trial, id, "0/0/0=01 1/0/0=02");
    }

    private static async Task EndAsync(StoreTrial trial)
    {
        var id = await AddAsync(
            trial, Part(0, 0, 1), Part(1, 0, 1), Part(1, 1, 1), Part(2, 0, 1), Detail(2, 0, 1, 1), Part(2, 5, 1), Detail(2, 5, 3, 1), Part(12, 0, 1),
            Part(12, 2, 1));

        await trial.CommitAsync(Next(id, 1) with { EndedActivities = [2, 7] });

        await ExpectAsync(trial, id, "0/0/0=01 1/0/0=01 1/1/0=01 12/0/0=01 12/2/0=01");
    }

    private static async Task EndFirstAsync(StoreTrial trial)
    {
        var id = await AddAsync(trial, Part(0, 0, 1), Part(1, 0, 1), Part(1, 1, 1));

        await trial.CommitAsync(Next(id, 1) with { EndedActivities = [1], Parts = [Part(1, 0, 2)] });

        await ExpectAsync(trial, id, "0/0/0=01 1/0/0=02");
    }

    private static async Task LargeAsync(StoreTrial trial)
    {
        var content = new byte[1024 * 1024];
        for (var index = 0; index < content.Length; index++)
        {
            content[index] = (byte)((index * 31) ^ (index >> 8));
        }

        var id = await AddAsync(trial, Part(0, 0, content));

        await ExpectAsync(trial, id, $"0/0/0={Shown.Bytes(content)}");
    }

    private static async Task EmptyAsync(StoreTrial trial)
    {
        var id = await AddAsync(trial, Part(0, 0), Part(1, 0, 1));
        await trial.CommitAsync(Next(id, 1) with { Parts = [Part(1, 0)] });

        await ExpectAsync(trial, id, "0/0/0= 1/0/0=");
    }

    private static async Task BytesAsync(StoreTrial trial)
    {
        byte[] content = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        var id = await AddAsync(trial, Part(0, 0, content));

        await ExpectAsync(trial, id, $"0/0/0={Shown.Bytes(content)}");
    }

    private static async Task ManyAsync(StoreTrial trial)
    {
        var id = await AddAsync(trial, [Part(0, 0, 1), .. Enumerable.Range(1, 200).SelectMany(number => new[] { Part(number, 0, 1), Part(number, 1, 1) })]);

        await trial.CommitAsync(Next(id, 1) with
        {
            EndedActivities = [.. Enumerable.Range(3, 198)], RemovedParts = [new PartKey(2, 1)], Parts = [Part(200, 0, 2), Part(1, 1, 2)],
        });

        await ExpectAsync(trial, id, "0/0/0=01 1/0/0=01 1/1/0=02 2/0/0=01 200/0/0=02");
    }

    private static async Task LargestAsync(StoreTrial trial)
    {
        var id = await AddAsync(trial, Numbered(int.MaxValue, int.MaxValue, PartKey.MostKind, PartKey.MostNumber, 1), Part(0, 0, 1));

        await ExpectAsync(trial, id, "0/0/0=01 2147483647/2147483647/127.16777215=01");
        await trial.CommitAsync(Next(id, 1) with { EndedActivities = [int.MaxValue] });
        await ExpectAsync(trial, id, "0/0/0=01");
    }

    /// <summary>Kinds that a newer engine may use, and numbers that take several bytes; of elements of every sort, and in no order.</summary>
    private static async Task KindsAsync(StoreTrial trial)
    {
        (int Activity, int Destination)[] elements = [(0, 0), (1, 0), (1, 1), (1, 2)];
        int[] kinds = [1, 2, 3, 4, 5, 6, 64, PartKey.MostKind];
        int[] numbers = [0, 1, 2, 3, 300, PartKey.MostNumber];
        List<PartKey> parts =
        [
            .. elements.SelectMany(
                element => kinds.SelectMany(kind => numbers.Select(number => new PartKey(element.Activity, element.Destination, (DetailKind)kind, number)))),
        ];
        List<StoredPart> expected = [Part(0, 0, 0), .. parts.Select((key, index) => new StoredPart(key, new[] { (byte)(index + 1) }))];

        var id = await AddAsync(trial, [.. expected.OrderBy(part => part.Content.Span[0] % 7)]);

        await ExpectAsync(trial, id, Shown.Parts(new StoredProcess(1, 0, [.. expected.OrderBy(part => part.Key)])));
        var ofOne = expected.Where(part => part.Key == PartKey.Header || part.Key is { ActivityInstance: 1, Destination: 0 or 1 }).OrderBy(part => part.Key);
        trial.Expect(
            Shown.Parts(new StoredProcess(1, 0, [.. ofOne])), Shown.Parts((await trial.Store.LoadAsync(id, 1, 1, CancellationToken.None))!),
            "destination 1 of activity instance 1");
    }

    private static async Task RemoveKindAsync(StoreTrial trial)
    {
        var id = await AddAsync(
            trial, Part(0, 0, 1), Part(1, 0, 1), Part(1, 1, 1), Detail(1, 1, 4, 1), Numbered(1, 1, 5, 1, 1), Numbered(1, 1, 5, 2, 1), Numbered(1, 1, 6, 1, 1),
            Detail(1, 1, 7, 1));

        await trial.CommitAsync(
            Next(id, 1) with { RemovedParts = [new PartKey(1, 1, (DetailKind)5, 1), new PartKey(1, 1, (DetailKind)7)], Parts = [Numbered(1, 1, 6, 1, 2)] });

        await ExpectAsync(trial, id, "0/0/0=01 1/0/0=01 1/1/0=01 1/1/4=01 1/1/5.2=01 1/1/6.1=02");
    }

    private static async Task CopyAsync(StoreTrial trial)
    {
        byte[] small = [1, 2, 3];
        var many = Enumerable.Range(1, 20).Select(number => new byte[] { (byte)number, 1 }).ToList();
        var id = await AddAsync(trial, Part(0, 0, small));
        var other = await AddAsync(trial, [.. many.Select((content, index) => Part(index, 0, content))]);
        var before = Shown.Parts(await trial.LoadAsync(other));

        Array.Clear(small);
        many.ForEach(content => Array.Clear(content));

        await ExpectAsync(trial, id, "0/0/0=010203");
        await ExpectAsync(trial, other, before);
    }

    private static async Task ListsAsync(StoreTrial trial)
    {
        var id = await trial.ReserveAsync();
        List<StoredPart> parts = [Part(0, 0, 1)];
        List<ServerItemRecord> items = [Item(id, 1)];
        List<Destination> entries = [Destination.User("ann")];
        List<IndexedField> fields = [new("City", "Lisbon")];
        await trial.CommitAsync(New(id) with
        {
            Parts = parts, ServerItems = items, Record = Record(id) with { Fields = fields }, Worklist = [new WorklistChange.Opened(Header(id, 1), entries)],
        });

        parts[0] = Part(5, 5, 5);
        items.Clear();
        entries[0] = Destination.User("bob");
        fields[0] = new("City", "Porto");

        await ExpectAsync(trial, id, "0/0/0=01");
        trial.Expect(Shown.Item(Item(id, 1)), Shown.Item(await trial.Store.FindServerItemAsync(new(id, 1), CancellationToken.None)), "the server item");
        trial.Expect($"{id}_1", await trial.TasksAsync("ann"), "the tasks of ann");
        trial.Expect("user ann", Shown.Entries(await trial.TaskAsync(new(id, 1))), "whom the task is for");
        trial.Expect("Lisbon", (await trial.RecordAsync(id)).Fields.Single().Value, "the value of the field");
    }

    private static async Task TogetherAsync(StoreTrial trial)
    {
        IReadOnlyList<StoredPart> parts =
            [
                Part(0, 0, 1), Detail(0, 0, 1, 1), Part(1, 0, 1), Detail(1, 0, 1, 1), Part(1, 1, 1), Detail(1, 1, 1, 1), Part(1, 2, 2), Detail(1, 2, 5, 2),
                Part(2, 0, 1), Part(2, 3, 3)
            ];
        var first = await AddAsync(trial, parts);
        var second = await AddAsync(trial, [.. parts.Select(part => new StoredPart(part.Key, new byte[] { 9, part.Content.Span[0] }))]);
        await trial.CommitAsync(Next(second, 1) with { Parts = [Part(1, 2, 7)] });
        var missing = new ProcessInstanceId(second.Value + 1_000);
        WorklistHeaderRecord[] tasks =
        [
            Header(second, 2), Header(missing, 1), Header(first, 1), Header(first, 3) with { ActivityInstance = 2 }, Header(second, 1), Header(first, 2),
            Header(first, 99),
        ];

        var loaded = await trial.Store.LoadTasksAsync(tasks, CancellationToken.None);

        trial.Expect(tasks.Length, loaded.Count, "how many came back");
        foreach (var (task, together) in tasks.Zip(loaded))
        {
            var alone = await trial.Store.LoadAsync(task.Serial.ProcessInstance, task.ActivityInstance, task.Serial.Destination, CancellationToken.None);
            trial.Expect(Whole(alone), Whole(together), $"task {task.Serial}");
        }

        trial.Expect(0, (await trial.Store.LoadTasksAsync([], CancellationToken.None)).Count, "how many came back of no tasks");
    }

    private static async Task WholesTogetherAsync(StoreTrial trial)
    {
        var first = await AddAsync(trial, Part(0, 0, 1), Detail(0, 0, 1, 1), Part(1, 0, 1), Part(1, 1, 1), Detail(1, 1, 1, 1));
        var second = await AddAsync(trial, Part(0, 0, 2), Part(2, 0, 2));
        var bare = await AddAsync(trial);
        await trial.CommitAsync(Next(second, 1) with { Parts = [Part(2, 3, 7)] });
        ProcessInstanceId[] instances = [second, new ProcessInstanceId(bare.Value + 1_000), first, bare, second];

        var loaded = await trial.Store.LoadProcessesAsync(instances, CancellationToken.None);

        trial.Expect(instances.Length, loaded.Count, "how many came back");
        foreach (var (instance, together) in instances.Zip(loaded))
        {
            trial.Expect(Whole(await trial.Store.LoadAsync(instance, CancellationToken.None)), Whole(together), $"instance {instance}");
        }

        trial.Expect(0, (await trial.Store.LoadProcessesAsync([], CancellationToken.None)).Count, "how many came back of no instances");
    }

    private static string Whole(StoredProcess? stored) => stored is null
        ? "nothing"
        : $"{stored.Version.Invariant()} {stored.JournalCount.Invariant()} {stored.Epoch.Invariant()} {stored.Owner} {stored.LastCommit} "
            + $"{stored.HasPendingCall} {Shown.Parts(stored)}";

    private static async Task LoadedStaysAsync(StoreTrial trial)
    {
        var id = await AddAsync(trial, Part(0, 0, 1), Part(1, 0, 1));
        var loaded = await trial.LoadAsync(id);

        await trial.CommitAsync(Next(id, 1) with { EndedActivities = [1], Parts = [Part(0, 0, 2)] });

        trial.Expect("1 0/0/0=01 1/0/0=01", $"{loaded.Version.Invariant()} {Shown.Parts(loaded)}", "what was loaded before");
    }
}
