using Workflow.Core.Persistence;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Tests;

/// <summary>Kind and number of a part are one column, and rows from before there were kinds mean what they meant (statement 13.8).</summary>
[TestFixture]
internal sealed class PartColumnTests
{
    private static readonly (int Activity, int Destination)[] _elements = [(0, 0), (1, 0), (1, 1)];

    [TestCase(0, 0, 0, DetailKind.None, 0)]
    [TestCase(0, 0, 1, DetailKind.Actors, 0)]
    [TestCase(0, 0, 2, DetailKind.ErrorDetails, 0)]
    [TestCase(3, 0, 0, DetailKind.None, 0)]
    [TestCase(3, 0, 1, DetailKind.Planning, 0)]
    [TestCase(3, 4, 0, DetailKind.None, 0)]
    [TestCase(3, 4, 1, DetailKind.People, 0)]
    [TestCase(3, 4, 2, DetailKind.Slot, 1)]
    [TestCase(3, 4, 1_001, DetailKind.Slot, 1_000)]
    public void Rows_from_before_there_were_kinds_are_read_and_written_as_they_were(int activity, int destination, int column, DetailKind kind, int number)
    {
        PartColumn.Key(activity, destination, column).ShouldBe(new PartKey(activity, destination, kind, number));
        PartColumn.Of(new PartKey(activity, destination, kind, number)).ShouldBe(column);
    }

    [Test]
    public void Every_kind_and_number_has_a_column_of_its_own_and_comes_back()
    {
        int[] numbers = [0, 1, 2, 3, 1_000, PartKey.MostNumber - 2, PartKey.MostNumber - 1, PartKey.MostNumber];
        foreach (var (activity, destination) in _elements)
        {
            var details = from kind in Enumerable.Range(1, PartKey.MostKind)
                from number in numbers
                select new PartKey(activity, destination, (DetailKind)kind, number);
            var keys = details.Prepend(new PartKey(activity, destination)).ToList();

            keys.Select(key => PartColumn.Key(activity, destination, PartColumn.Of(key))).ShouldBe(keys);
            keys.Select(key => PartColumn.Of(key)).ShouldBeUnique();
        }
    }

    [TestCase(-1)]
    [TestCase(int.MinValue)]
    [TestCase(int.MinValue + 5)]
    [TestCase(3)]
    [TestCase(int.MaxValue)]
    public void A_column_that_no_store_has_written_is_a_key_all_the_same(int column) =>
        Should.NotThrow(() => _elements.Select(element => PartColumn.Key(element.Activity, element.Destination, column)).ToList());
}
