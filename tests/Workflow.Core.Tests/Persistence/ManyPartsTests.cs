using Workflow.Core.Persistence;
using static Workflow.Core.Tests.Support.Commits;

namespace Workflow.Core.Tests.Persistence;

/// <summary>A large process instance in memory, compared with a plain sorted table.</summary>
[TestFixture]
internal sealed class ManyPartsTests
{
    private const int Activities = 9;
    private const int Destinations = 150;

    private readonly SortedDictionary<PartKey, byte> _expected = [];
    private ManyParts _parts = null!;

    [SetUp]
    public void Fill()
    {
        _parts = new ManyParts(expected: 0);
        _expected.Clear();
        var keys = Keys().ToList();

        // In an order that is neither rising nor falling, and the same every time.
        for (var step = 0; step < keys.Count; step++)
        {
            Store(keys[(int)(step * 7919L % keys.Count)], (byte)step);
        }
    }

    [Test]
    [Statement("14.6")]
    public void Parts_come_in_order_regardless_of_the_order_of_storing()
    {
        ShouldBeAsExpected();

        Store(new PartKey(3, 77), 1);
        Store(PartKey.Header, 2);

        ShouldBeAsExpected();
    }

    [Test]
    [Statement("14.6")]
    public void An_activity_instance_that_ends_takes_all_its_parts_with_it([Values(1, 2, 5, Activities)] int activity)
    {
        End(activity);

        ShouldBeAsExpected();

        Store(new PartKey(activity, 3), 4);

        ShouldBeAsExpected();
    }

    [Test]
    [Statement("14.6")]
    public void Only_the_header_is_left_when_all_have_ended()
    {
        End([.. Enumerable.Range(1, Activities)]);

        _parts.Read().ShouldHaveSingleItem().Key.ShouldBe(PartKey.Header);
    }

    [Test]
    [Statement("14.6")]
    public void A_part_is_removed_for_itself()
    {
        PartKey[] removed = [new PartKey(4, 10, DetailKind.Actors), new PartKey(4, 11), new PartKey(4, 999)];
        _parts.Apply(New(One, 1) with { RemovedParts = removed });
        removed.ToList().ForEach(key => _expected.Remove(key));

        ShouldBeAsExpected();
    }

    [Test]
    [Statement("14.6")]
    public void One_destination_is_read_with_its_details_its_activity_instance_and_the_header() =>
        _parts.Read(4, 10).Select(part => part.Key).ShouldBe([PartKey.Header, new PartKey(4, 0), new PartKey(4, 10), new PartKey(4, 10, DetailKind.Actors)]);

    private static IEnumerable<PartKey> Keys()
    {
        yield return PartKey.Header;
        for (var activity = 1; activity <= Activities; activity++)
        {
            yield return new PartKey(activity, 0);
            for (var destination = 1; destination <= Destinations; destination++)
            {
                yield return new PartKey(activity, destination);
                yield return new PartKey(activity, destination, DetailKind.Actors);
            }
        }
    }

    private void Store(PartKey key, byte content)
    {
        _parts.Store(new StoredPart(key, new[] { content }));
        _expected[key] = content;
    }

    private void End(params int[] activities)
    {
        _parts.Apply(New(One, 1) with { EndedActivities = activities });
        _expected.Keys.Where(key => activities.Contains(key.ActivityInstance)).ToList().ForEach(key => _expected.Remove(key));
    }

    private void ShouldBeAsExpected() =>
        _parts.Read().Select(part => (part.Key, part.Content.Span[0])).ShouldBe(_expected.Select(part => (part.Key, part.Value)));
}
