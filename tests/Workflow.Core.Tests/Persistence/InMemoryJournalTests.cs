using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Persistence;

/// <summary>However the history of an instance is laid out in memory, its pieces come back as they were added.</summary>
[TestFixture]
internal sealed class InMemoryJournalTests
{
    private const int Facts = 7;

    [Test]
    public void Every_page_is_that_of_a_plain_list([Values(0, 1, 2, 3, 4, 5, 16, 17, 64, 65, 200)] int count)
    {
        var (journal, pieces) = Made(count, first: 1);

        journal.LastNumber.ShouldBe(pieces.Sum(piece => piece.Count));
        for (var after = 0L; after <= journal.LastNumber; after += 3)
        {
            foreach (var limit in new[] { 1, 2, 5, int.MaxValue })
            {
                Shown(journal.Read(after, limit)).ShouldBe(Shown(pieces.Where(piece => piece.FirstNumber + piece.Count - 1 > after).Take(limit)));
            }
        }
    }

    /// <summary>Numbers of a store that was restored may begin anywhere, and leave some out.</summary>
    [Test]
    public void Numbers_with_gaps_stay_as_they_are()
    {
        var (journal, pieces) = Made(8, first: 1_000_000_000_000);
        var behind = new StoredJournal(journal.LastNumber + 10, 1, new byte[] { 1, 2, 3 });
        var last = new StoredJournal(behind.FirstNumber + 1, 1, new byte[] { 4 });
        journal.Add(behind);
        journal.Add(last);

        Shown(journal.Read(0, int.MaxValue)).ShouldBe(Shown([.. pieces, behind, last]));
        journal.LastNumber.ShouldBe(last.FirstNumber);
    }

    [Test]
    public void A_history_that_was_read_does_not_change()
    {
        var (journal, pieces) = Made(4, first: 1);
        var read = journal.Read(0, int.MaxValue);
        for (var number = 0; number < 30; number++)
        {
            journal.Add(new StoredJournal(journal.LastNumber + 1, 1, new byte[] { 99 }));
        }

        Shown(read).ShouldBe(Shown(pieces));
    }

    private static (InMemoryJournal Journal, List<StoredJournal> Pieces) Made(int count, long first)
    {
        var journal = default(InMemoryJournal);
        var pieces = new List<StoredJournal>();
        for (var number = 0; number < count; number++)
        {
            var piece = new StoredJournal(first, 1 + (number % Facts), Enumerable.Range(0, number * 5).Select(value => (byte)value).ToArray());
            journal.Add(piece);
            pieces.Add(piece);
            first += piece.Count;
        }

        return (journal, pieces);
    }

    private static List<string> Shown(IEnumerable<StoredJournal> pieces) =>
        [.. pieces.Select(piece => $"{piece.FirstNumber}+{piece.Count}: {Convert.ToHexString(piece.Content.Span)}")];
}
