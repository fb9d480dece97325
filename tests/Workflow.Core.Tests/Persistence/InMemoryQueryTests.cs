using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using static Workflow.Core.Tests.Persistence.Commits;

namespace Workflow.Core.Tests.Persistence;

[TestFixture]
internal sealed class InMemoryQueryTests
{
    private static readonly ServerItemQuery _all = new() { Status = null, Limit = 500 };

    private InMemoryProcessStore _store = null!;

    /// <summary>Each filter, with how many of the items it finds.</summary>
    private static IEnumerable<TestCaseData> Filters =>
    [
        new TestCaseData(_all, 7).SetArgDisplayNames("all"),
        new TestCaseData(new ServerItemQuery(), 5).SetArgDisplayNames("waiting, unless said otherwise"),
        new TestCaseData(_all with { Status = ServerItemStatus.Finished }, 1).SetArgDisplayNames("finished"),
        new TestCaseData(_all with { Status = ServerItemStatus.Expired }, 1).SetArgDisplayNames("expired"),
        new TestCaseData(_all with { Definition = "Ship" }, 2).SetArgDisplayNames("definition"),
        new TestCaseData(_all with { Definition = "ship" }, 0).SetArgDisplayNames("definition, case counts"),
        new TestCaseData(_all with { Activity = "Pack" }, 2).SetArgDisplayNames("activity"),
        new TestCaseData(_all with { Event = "Ask" }, 1).SetArgDisplayNames("event"),
        new TestCaseData(_all with { CorrelationKey = "K-1" }, 2).SetArgDisplayNames("correlation key"),
        new TestCaseData(_all with { CorrelationKey = "" }, 0).SetArgDisplayNames("empty correlation key"),
        new TestCaseData(_all with { ProcessInstance = new ProcessInstanceId(1) }, 4).SetArgDisplayNames("process instance"),
        new TestCaseData(_all with { ProcessInstance = new ProcessInstanceId(99) }, 0).SetArgDisplayNames("missing process instance"),
        new TestCaseData(_all with { ProcessInstance = new ProcessInstanceId(1), CorrelationKey = "K-1", Status = ServerItemStatus.Waiting }, 1)
            .SetArgDisplayNames("several at once"),
    ];

    [SetUp]
    public async Task FillAsync()
    {
        _store = new InMemoryProcessStore();
        var (one, two, ten) = (new ProcessInstanceId(1), new ProcessInstanceId(2), new ProcessInstanceId(10));
        await CommitAsync(New(ten).With(items: [Item(ten, 1)]));
        await CommitAsync(New(two).With(items: [Item(two, 5, "Ship", "Pack", key: "K-1"), Item(two, 4, "Ship", "Pack", "Ask")]));
        await CommitAsync(New(one).With(items:
        [
            Item(one, 10),
            Item(one, 2, key: "K-1"),
            Item(one, 1, key: "K-2", status: ServerItemStatus.Finished),
            Item(one, 3, status: ServerItemStatus.Expired),
        ]));
    }

    [TestCaseSource(nameof(Filters))]
    [Statement("7.2")]
    public async Task A_query_finds_what_fits_all_of_it_in_the_order_of_serial_numbers(ServerItemQuery query, int count)
    {
        var found = await _store.FindServerItemsAsync(query, default);

        found.Count.ShouldBe(count);
        found.ShouldAllBe(item => query.Matches(item));
        found.Select(item => item.Serial).ShouldBe(found.Select(item => item.Serial).Order());
    }

    [TestCaseSource(nameof(Filters))]
    [Statement("7.2")]
    public async Task Pages_of_any_size_add_up_to_the_whole(ServerItemQuery query, int count)
    {
        for (var size = 1; size <= count + 1; size++)
        {
            var found = new List<ServerItemRecord>();
            IReadOnlyList<ServerItemRecord> page;
            do
            {
                page = await _store.FindServerItemsAsync(query with { Limit = size, After = found.Count == 0 ? null : found[^1].Serial }, default);
                found.AddRange(page);
            }
            while (page.Count == size);

            found.ShouldBe(await _store.FindServerItemsAsync(query, default));
        }
    }

    [Test]
    [Statement("7.2")]
    public async Task A_page_is_not_moved_by_items_that_come_and_end_in_front_of_it()
    {
        var first = await _store.FindServerItemsAsync(_all with { Limit = 3 }, default);
        var one = new ProcessInstanceId(1);
        await CommitAsync(New(one, 1).With(items: [Item(one, 1), Item(one, 2, status: ServerItemStatus.Finished)]));

        var second = await _store.FindServerItemsAsync(_all with { After = first[^1].Serial }, default);

        second.Select(item => $"{item.Serial}").ShouldBe(["1_10", "2_4", "2_5", "10_1"]);
    }

    [Test]
    [Statement("7.2")]
    public async Task A_page_may_begin_behind_an_item_that_is_not_there()
    {
        var found = await _store.FindServerItemsAsync(_all with { After = new SerialNumber(new ProcessInstanceId(1), 5) }, default);

        found.Select(item => $"{item.Serial}").ShouldBe(["1_10", "2_4", "2_5", "10_1"]);
    }

    [Test]
    [Statement("7.2")]
    public async Task A_serial_number_has_one_record_and_the_last_one_counts()
    {
        var one = new ProcessInstanceId(1);
        await CommitAsync(New(one, 1).With(items: [Item(one, 2, item: "Next", status: ServerItemStatus.Waiting), Item(one, 2, item: "Last", status: ServerItemStatus.Finished)]));

        var found = await _store.FindServerItemAsync(new SerialNumber(one, 2), default);

        found.ShouldNotBeNull().Event.ShouldBe("Last");
        (await _store.FindServerItemsAsync(_all, default)).Count.ShouldBe(7);
    }

    [Test]
    public async Task The_history_is_read_in_pages_of_pieces()
    {
        for (var piece = 0; piece < 5; piece++)
        {
            await CommitAsync(New(new ProcessInstanceId(3), piece).With(journal: new StoredJournal(1 + (piece * 3), 3, new[] { (byte)piece })));
        }

        (await PiecesAsync(after: 0, limit: 2)).ShouldBe([1, 4]);
        (await PiecesAsync(after: 6, limit: 2)).ShouldBe([7, 10]);
        (await PiecesAsync(after: 7, limit: 100)).ShouldBe([7, 10, 13]);
        (await PiecesAsync(after: 14, limit: 100)).ShouldBe([13]);
        (await PiecesAsync(after: 15, limit: 100)).ShouldBeEmpty();
        (await PiecesAsync(after: long.MaxValue, limit: 100)).ShouldBeEmpty();
    }

    [Test]
    [Statement("14.4")]
    public async Task Instances_with_a_pending_call_are_found_in_pages_as_long_as_they_have_one()
    {
        for (var id = 20; id > 10; id--)
        {
            await CommitAsync(New(new ProcessInstanceId(id)).With(isPending: id % 2 == 0));
        }

        (await PendingAsync(after: 0, limit: 3)).ShouldBe([12, 14, 16]);
        (await PendingAsync(after: 16, limit: 3)).ShouldBe([18, 20]);
        (await PendingAsync(after: 13, limit: 1)).ShouldBe([14]);
        await CommitAsync(New(new ProcessInstanceId(14), 1).With(isPending: false));
        await CommitAsync(New(new ProcessInstanceId(15), 1).With(isPending: true));
        (await PendingAsync(after: 0, limit: 100)).ShouldBe([12, 15, 16, 18, 20]);
        (await PendingAsync(after: 20, limit: 100)).ShouldBeEmpty();
    }

    [Test]
    public void A_page_without_a_size_is_refused([Values(0, -1)] int limit)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => _store.FindServerItemsAsync(_all with { Limit = limit }, default).AsTask());
        Should.Throw<ArgumentOutOfRangeException>(() => _store.FindProcessesAsync(new() { Limit = limit }, default).AsTask());
        Should.Throw<ArgumentOutOfRangeException>(() => _store.ReadJournalAsync(new ProcessInstanceId(1), 0, limit, default).AsTask());
    }

    private async Task CommitAsync(Commit commit) => await _store.CommitAsync(commit, CancellationToken.None);

    private async Task<IEnumerable<long>> PiecesAsync(long after, int limit) =>
        (await _store.ReadJournalAsync(new ProcessInstanceId(3), after, limit, default)).Select(piece => piece.FirstNumber);

    private async Task<IEnumerable<long>> PendingAsync(long after, int limit) =>
        (await _store.FindProcessesAsync(new() { Status = ProcessInstanceStatus.Running, After = new ProcessInstanceId(after), Limit = limit }, default))
            .Select(record => record.Id.Value);
}
