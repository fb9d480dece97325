using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using static Workflow.Core.Tests.Persistence.Commits;

namespace Workflow.Core.Tests.Persistence;

/// <summary>How tasks are searched for.</summary>
[TestFixture]
internal sealed class InMemoryTaskQueryTests
{
    private static readonly WorklistQuery _all = new() { Limit = 500 };

    private static readonly ProcessInstanceId _two = new(2);

    private static readonly ProcessInstanceId _ten = new(10);

    private InMemoryProcessStore _store = null!;

    /// <summary>1_2 Expense/Approve/Decide, 1_11 Expense/Able/Decide, 2_1 Leave/Approve/Sign, 10_1 Leave/Approve/Decide; 2_9 is for bob alone.</summary>
    [SetUp]
    public async Task FillAsync()
    {
        _store = new InMemoryProcessStore();
        await CommitAsync(_ten, 0, Opened(Header(_ten, 1, "Leave", folio: "a", originator: "otto", priority: Priority.High, minutes: 1), "ann"));
        await CommitAsync(_two, 0,
            Opened(Header(_two, 1, "Leave", item: "Sign", folio: "B", priority: Priority.Low, minutes: 3), "ann", "bob"),
            Opened(Header(_two, 9, "Leave", folio: "B"), "bob"));
        await CommitAsync(One, 0,
            Opened(Header(One, 11, activity: "Able", folio: "a", minutes: 2), "ann"),
            Opened(Header(One, 2, folio: "a", minutes: 2), "ann", "cy"));
    }

    private static IEnumerable<TestCaseData> Queries =>
    [
        Case("all", _all, "1_2 1_11 2_1 10_1"),
        Case("definition", _all with { Definition = "Leave" }, "2_1 10_1"),
        Case("definition, case counts", _all with { Definition = "leave" }, ""),
        Case("activity", _all with { Activity = "Approve" }, "1_2 2_1 10_1"),
        Case("event", _all with { Event = "Sign" }, "2_1"),
        Case("folio", _all with { Folio = "a" }, "1_2 1_11 10_1"),
        Case("originator", _all with { Originator = "OTTO" }, "10_1"),
        Case("process instance", _all with { ProcessInstance = One }, "1_2 1_11"),
        Case("several at once", _all with { Folio = "a", Activity = "Approve", Definition = "Expense" }, "1_2"),
        Case("oldest", _all with { Order = WorklistOrder.Oldest }, "10_1 1_2 1_11 2_1"),
        Case("newest", _all with { Order = WorklistOrder.Newest }, "2_1 1_2 1_11 10_1"),
        Case("priority", _all with { Order = WorklistOrder.Priority }, "10_1 1_2 1_11 2_1"),
        Case("folio, in its order", _all with { Order = WorklistOrder.Folio }, "2_1 1_2 1_11 10_1"),
        Case("activity, in its order", _all with { Order = WorklistOrder.Activity }, "1_11 1_2 2_1 10_1"),
        Case("statuses are the engine's matter", _all with { Statuses = [WorklistItemStatus.Completed] }, "1_2 1_11 2_1 10_1"),
    ];

    private static TestCaseData Case(string name, WorklistQuery query, string expected) => new TestCaseData(query, expected).SetArgDisplayNames(name);

    private async Task CommitAsync(ProcessInstanceId id, long version, params WorklistChange[] changes) =>
        await _store.CommitAsync(New(id, version, Part(0, 0)).With(worklist: changes) with { Record = RecordOf(changes) }, default);

    /// <summary>What a task shows of its instance is that of the instance.</summary>
    private static ProcessRecord? RecordOf(WorklistChange[] changes) => changes.OfType<WorklistChange.Opened>().FirstOrDefault() is { Header: var header }
        ? Record(header.Serial.ProcessInstance) with { Definition = header.Definition, Folio = header.Folio, Originator = header.Originator }
        : null;

    private async Task<IReadOnlyList<WorklistHeaderRecord>> FindAsync(WorklistQuery query) => await _store.FindTasksAsync([Destination.User("ann")], query, default);

    private static string Text(IEnumerable<WorklistHeaderRecord> headers) => string.Join(' ', headers.Select(header => header.Serial));

    [TestCaseSource(nameof(Queries))]
    [Statement("13.10")]
    public async Task A_query_finds_what_fits_all_of_it_in_its_order(WorklistQuery query, string expected) => Text(await FindAsync(query)).ShouldBe(expected);

    [TestCaseSource(nameof(Queries))]
    [Statement("13.10")]
    public async Task Pages_of_any_size_add_up_to_the_whole(WorklistQuery query, string expected)
    {
        for (var size = 1; size <= 5; size++)
        {
            var found = new List<WorklistHeaderRecord>();
            IReadOnlyList<WorklistHeaderRecord> page;
            do
            {
                page = await FindAsync(query with { Limit = size, After = found.Count == 0 ? null : found[^1].Serial });
                found.AddRange(page);
            }
            while (page.Count == size);

            Text(found).ShouldBe(expected);
        }
    }

    [Test]
    [Statement("13.10")]
    public async Task A_page_begins_behind_a_task_that_has_ended_or_is_for_others_now_in_every_order([Values] WorklistOrder order, [Values] bool ends)
    {
        var query = _all with { Order = order };
        var whole = await FindAsync(query);
        var last = whole[1].Serial;
        var id = last.ProcessInstance;
        await CommitAsync(id, 1, ends ? new WorklistChange.Closed(last, WorklistItemEnd.Completed) : new WorklistChange.EntryRemoved(last, Destination.User("ann")));

        var rest = await FindAsync(query with { After = last });

        Text(rest).ShouldBe(Text(whole.Skip(2)));
    }

    [Test]
    [Statement("13.10")]
    public async Task A_page_by_serial_number_may_begin_behind_one_that_never_was()
    {
        Text(await FindAsync(_all with { After = new SerialNumber(One, 5) })).ShouldBe("1_11 2_1 10_1");
        Text(await FindAsync(_all with { After = new SerialNumber(_ten, 1) })).ShouldBe("");
    }

    [Test]
    [Statement("13.10")]
    public async Task Tasks_of_everybody_are_filtered_and_paged_likewise()
    {
        Text(await _store.FindTasksAsync(null, _all, default)).ShouldBe("1_2 1_11 2_1 2_9 10_1");
        Text(await _store.FindTasksAsync(null, _all with { Limit = 2, After = new SerialNumber(One, 11) }, default)).ShouldBe("2_1 2_9");
        Text(await _store.FindTasksAsync(null, _all with { ProcessInstance = _two }, default)).ShouldBe("2_1 2_9");
    }

    [Test]
    public void A_page_without_a_size_is_refused([Values(0, -1)] int limit)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => FindAsync(_all with { Limit = limit }));
        Should.Throw<ArgumentOutOfRangeException>(() => _store.FindTimersAsync(new() { Limit = limit }, default).AsTask());
    }

    [Test]
    public async Task A_cancelled_search_finds_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);
        IReadOnlyList<Destination> entries = [Destination.User("ann")];

        foreach (var search in (Func<Task>[])
        [
            () => _store.FindTasksAsync(entries, _all, cancelled).AsTask(),
            () => _store.FindTaskAsync(new SerialNumber(One, 2), cancelled).AsTask(),
            () => _store.HasTakenPartAsync(One, entries, cancelled).AsTask(),
            () => _store.FindTimersAsync(new(), cancelled).AsTask(),
            () => _store.NextDueAsync(after: null, cancelled).AsTask(),
            () => _store.LoadAsync(One, 1, 1, cancelled).AsTask(),
            () => _store.SaveAsync("ann", absence: null, cancelled).AsTask(),
            () => _store.FindAbsenceAsync("ann", cancelled).AsTask(),
            () => _store.FindAbsencesSharedWithAsync("ann", cancelled).AsTask(),
        ])
        {
            await Should.ThrowAsync<OperationCanceledException>(search);
        }
    }
}
