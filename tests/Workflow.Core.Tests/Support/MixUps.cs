using Workflow.Core.Client;
using Workflow.Core.Formats;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Tests.Support;

/// <summary>Mixes up what is stored, on any store, and checks that it is found and harms nobody else (statement 14.7b).</summary>
internal static class MixUps
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    /// <summary>The parts of <see cref="EveryKind.Definition"/> when two have voted.</summary>
    private static readonly PartKey[] _parts =
    [
        PartKey.Header, new(0, 0, DetailKind.Actors), new(2, 0), new(2, 0, DetailKind.Planning), new(2, 2), new(2, 2, DetailKind.People),
        new(2, 2, DetailKind.Slot, 1), new(2, 2, DetailKind.Slot, 2), new(3, 0), new(3, 3), new(3, 4),
    ];

    private static readonly PartKey _details = new(0, 0, DetailKind.ErrorDetails);

    /// <summary>A possible mix-up: its name, and how many of two instances cannot be read afterwards.</summary>
    private static readonly (string Name, int Bad, Func<Pair, Task> MixAsync)[] _all =
    [
        .. _parts.Select(key => ($"part {key} of two instances is swapped", 2, (Func<Pair, Task>)(pair => pair.SwapAsync(key, key)))),
        .. _parts.Select(key => ($"part {key} of another instance is in its place", 1, (Func<Pair, Task>)(pair => pair.CopyOfOtherAsync(key)))),
        .. _parts.Select(key => ($"part {key} is left out", 1, (Func<Pair, Task>)(pair => pair.LeaveOutAsync(key)))),
        ("an activity instance that has ended is back", 1, pair => pair.BringBackAsync(new PartKey(1, 0))),
        ("an activity instance that has ended is back with its destination", 1, pair => pair.BringBackAsync(new PartKey(1, 0), new PartKey(1, 1))),
        ("a slot that was released is back", 1, pair => pair.BringBackAsync(new PartKey(2, 2, DetailKind.Slot, 3))),
        ("a slot is as it was before its answer", 1, pair => pair.BringBackAsync(new PartKey(2, 2, DetailKind.Slot, 1))),
        ("a destination is as it was before it had slots", 1, pair => pair.BringBackAsync(new PartKey(2, 2))),
        ("two destinations are swapped", 1, pair => pair.SwapInOneAsync(new(3, 3), new(3, 4))),
        ("two activity instances are swapped", 1, pair => pair.SwapInOneAsync(new(2, 0), new(3, 0))),
        ("two slots are swapped", 1, pair => pair.SwapInOneAsync(new(2, 2, DetailKind.Slot, 1), new(2, 2, DetailKind.Slot, 2))),
        ("a destination is there twice", 1, pair => pair.DoubleAsync(new(3, 4), new(3, 5))),
        ("an activity instance is there twice", 1, pair => pair.DoubleAsync(new(3, 0), new(4, 0))),
        ("a slot is there twice", 1, pair => pair.DoubleAsync(new(2, 2, DetailKind.Slot, 2), new(2, 2, DetailKind.Slot, 3))),
        ("the people of a destination are those of another, too", 1, pair => pair.DoubleAsync(new(2, 2, DetailKind.People), new(3, 3, DetailKind.People))),
        ("an activity instance has the planning of another", 1, pair => pair.DoubleAsync(new(2, 0, DetailKind.Planning), new(3, 0, DetailKind.Planning))),
    ];

    public static IEnumerable<string> Names => _all.Select(item => item.Name);

    /// <summary>Mixes up the parts of two instances of three, in a store with no instances.</summary>
    public static async Task CheckAsync(IProcessStore store, string name)
    {
        var (_, bad, mixAsync) = _all.Single(item => item.Name == name);
        Pair pair;
        ProcessInstanceId sound;
        await using (var first = await EveryKind.OpenAsync(store))
        {
            var earlier = new Dictionary<PartKey, byte[]>();
            var one = await EveryKind.StartAsync(first, async id =>
            {
                foreach (var part in await EveryKind.PartsAsync(store, id))
                {
                    earlier.TryAdd(part.Key, part.Content.ToArray());
                }
            });
            pair = new Pair(store, one, await EveryKind.StartAsync(first)) { Earlier = earlier };
            sound = await EveryKind.StartAsync(first);
            (await EveryKind.PartsAsync(store, pair.One)).Select(part => part.Key).ShouldBe(_parts);
        }

        await mixAsync(pair).WaitAsync(_limit);
        await using var engine = await EveryKind.OpenAsync(store);
        foreach (var id in pair.Both.Take(bad))
        {
            // An answer checks what it reads, which is not all; see PartOfAnInstanceTests.
            await Should.ThrowAsync<StoredFormatException>(() => engine.AsSystem().ReadAsync(id).AsTask().WaitAsync(_limit), $"instance {id}");
        }

        await CheckOthersAsync(engine, pair, bad, sound);
    }

    /// <summary>The details of the error are in the place of those of another, or left out.</summary>
    public static async Task CheckErrorsAsync(IProcessStore store, bool areSwapped)
    {
        Pair pair;
        await using (var first = await EveryKind.OpenAsync(store))
        {
            pair = new Pair(store, (await first.As("ann").StartAsync("Failing")).Id, (await first.As("ann").StartAsync("Failing")).Id);
        }

        await (areSwapped ? pair.SwapAsync(_details, _details) : pair.LeaveOutAsync(_details)).WaitAsync(_limit);
        await using var engine = await EveryKind.OpenAsync(store);
        var bad = pair.Both.Take(areSwapped ? 2 : 1).ToList();
        foreach (var id in bad)
        {
            await Should.ThrowAsync<StoredFormatException>(() => engine.AsSystem().ReadAsync(id).AsTask().WaitAsync(_limit), $"instance {id}");
        }

        (await SetAsideAsync(engine)).Select(record => record.Id).ShouldBe(bad);
    }

    private static async Task CheckOthersAsync(WorkflowEngine engine, Pair pair, int bad, ProcessInstanceId sound)
    {
        var setAside = await SetAsideAsync(engine);
        setAside.Select(record => record.Id).ShouldBe(pair.Both.Take(bad));
        setAside.ShouldAllBe(record => record.SetAside!.Contains("cannot be read"));
        foreach (var id in pair.Both.Skip(bad).Append(sound))
        {
            await EveryKind.VoteAsync(engine, id, "v5").WaitAsync(_limit);
            (await engine.As("v6").Worklist.ListAsync()).ShouldContain(item => item.Serial.ProcessInstance == id);
            (await engine.As("quin").Worklist.ListAsync()).ShouldContain(item => item.Serial.ProcessInstance == id);
        }
    }

    private static async Task<IReadOnlyList<ProcessRecord>> SetAsideAsync(WorkflowEngine engine) =>
        await engine.AsSystem().FindProcessesAsync(new ProcessQuery { IsSetAside = true }).AsTask().WaitAsync(_limit);

    private sealed record Pair(IProcessStore Store, ProcessInstanceId One, ProcessInstanceId Other)
    {
        /// <summary>The parts of the first instance, each as it was when it was stored first.</summary>
        public Dictionary<PartKey, byte[]> Earlier { get; init; } = [];

        public IReadOnlyList<ProcessInstanceId> Both => [One, Other];

        public Task LeaveOutAsync(PartKey key) => EveryKind.ChangeAsync(Store, One, [], key);

        public Task BringBackAsync(params IReadOnlyList<PartKey> keys) =>
            EveryKind.ChangeAsync(Store, One, [.. keys.Select(key => new StoredPart(key, Earlier[key]))]);

        public async Task SwapAsync(PartKey ofOne, PartKey ofOther)
        {
            var (one, other) = (await ReadAsync(One, ofOne), await ReadAsync(Other, ofOther));
            await EveryKind.ChangeAsync(Store, One, [new StoredPart(ofOne, other)]);
            await EveryKind.ChangeAsync(Store, Other, [new StoredPart(ofOther, one)]);
        }

        public async Task CopyOfOtherAsync(PartKey key) => await EveryKind.ChangeAsync(Store, One, [new StoredPart(key, await ReadAsync(Other, key))]);

        public async Task SwapInOneAsync(PartKey key, PartKey another)
        {
            var (one, two) = (await ReadAsync(One, key), await ReadAsync(One, another));
            await EveryKind.ChangeAsync(Store, One, [new StoredPart(key, two), new StoredPart(another, one)]);
        }

        public async Task DoubleAsync(PartKey key, PartKey copy) =>
            await EveryKind.ChangeAsync(Store, One, [new StoredPart(copy, await ReadAsync(One, key))]);

        private async Task<byte[]> ReadAsync(ProcessInstanceId id, PartKey key) =>
            (await EveryKind.PartsAsync(Store, id)).Single(part => part.Key == key).Content.ToArray();
    }
}
