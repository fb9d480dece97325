using System.Diagnostics.CodeAnalysis;
using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Persistence;

/// <summary>The parts of an instance are written where the old ones were; nobody who has read those notices it.</summary>
[TestFixture]
[SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "The same seed has to give the same test.")]
internal sealed class InMemoryPartsTests
{
    [Test]
    public void Every_commit_leaves_the_parts_of_a_plain_table([Range(1, 40)] int seed)
    {
        var random = new Random(seed);
        var parts = default(InMemoryParts);
        var table = new SortedDictionary<PartKey, byte[]>();
        var readBefore = new List<(IReadOnlyList<StoredPart> Read, List<string> Shown)>();
        for (var version = 0; version < 60; version++)
        {
            var commit = Next(random, table, most: seed % 2 == 0 ? 8 : 20);

            parts.Apply(commit);
            Apply(commit, table);

            var read = parts.Read();
            Shown(read).ShouldBe([.. table.Select(part => Shown(part.Key, part.Value))]);
            readBefore.Add((read, Shown(read)));
            readBefore.ShouldAllBe(before => Shown(before.Read).SequenceEqual(before.Shown));
        }
    }

    [Test]
    public void One_destination_is_read_with_its_activity_and_the_header()
    {
        var parts = default(InMemoryParts);
        var keys = new[] { PartKey.Header, new PartKey(1, 0), new PartKey(1, 2), new PartKey(1, 3), new PartKey(4, 0), new PartKey(int.MaxValue, 2) };
        parts.Apply(Commits.New(Commits.One, 0, [.. keys.Select(key => new StoredPart(key, new byte[] { 1 }))]));

        parts.Read(1, 3).Select(part => part.Key).ShouldBe([PartKey.Header, new PartKey(1, 0), new PartKey(1, 3)]);
        parts.Read(int.MaxValue, 2).Select(part => part.Key).ShouldBe([PartKey.Header, new PartKey(int.MaxValue, 2)]);
    }

    private static Commit Next(Random random, SortedDictionary<PartKey, byte[]> table, int most)
    {
        var changed = Enumerable.Range(0, random.Next(1, 4))
            .Select(_ => Key(random, most))
            .Where(key => table.Count < most || table.ContainsKey(key))
            .Append(PartKey.Header)
            .Distinct()
            .Order()
            .Select(key => new StoredPart(key, Bytes(random)));
        var kept = table.Keys.Where(key => key != PartKey.Header).ToList();
        var removed = kept.Where(_ => random.Next(6) == 0).ToList();
        var ended = kept.Select(key => key.ActivityInstance).Where(activity => activity != 0 && random.Next(8) == 0).Distinct().ToList();
        return Commits.New(Commits.One, 1, [.. changed]) with { RemovedParts = removed, EndedActivities = ended };
    }

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[random.Next(4) == 0 ? random.Next(0, 400) : random.Next(0, 12)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static void Apply(Commit commit, SortedDictionary<PartKey, byte[]> table)
    {
        foreach (var key in table.Keys.Where(key => commit.EndedActivities.Contains(key.ActivityInstance) || commit.RemovedParts.Contains(key)).ToList())
        {
            table.Remove(key);
        }

        foreach (var part in commit.Parts)
        {
            table[part.Key] = part.Content.ToArray();
        }
    }

    private static List<string> Shown(IReadOnlyList<StoredPart> parts) => [.. parts.Select(part => Shown(part.Key, part.Content.Span))];

    private static PartKey Key(Random random, int most)
    {
        var kind = (DetailKind)random.Next(0, 3);
        return new PartKey(random.Next(0, most), random.Next(0, 3), kind, kind is DetailKind.None ? 0 : random.Next(0, 3));
    }

    private static string Shown(PartKey key, ReadOnlySpan<byte> content) =>
        $"{key.ActivityInstance}_{key.Destination}_{(int)key.Kind}_{key.Number}: {Convert.ToHexString(content)}";
}
