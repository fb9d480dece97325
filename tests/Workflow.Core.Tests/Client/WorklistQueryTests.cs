using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Client;

/// <summary>The items that a worklist lists, by filter and in order.</summary>
[TestFixture]
public sealed class WorklistQueryTests
{
    private static readonly WorklistQuery _all = new();

    private WorkflowTestBed _bed = null!;

    /// <code>
    /// ► Work [A, B] ──► Done        ▲ Again
    /// </code>
    private static readonly ProcessDefinition _expense = ProcessDefinition.Define("Expense", process =>
    {
        process.OpenToAll();
        var work = process.Activity("Work", activity => activity.Destinations(to => to.Users("A", "B"))
            .Client("Decide", task => task.Action("Approve").Action("Again")).OutcomesFromActions());
        process.StartsWith(work);
        work.On("Again", work);
    });

    /// <code>
    ///     ┌─► Check [role R] ──►
    /// ►───┤
    ///     └─► Sign [A] ──►
    /// </code>
    private static readonly ProcessDefinition _leave = ProcessDefinition.Define("Leave", process =>
    {
        process.OpenToAll();
        process.StartsWith(process.Activity("Check", activity => Task(activity.Priority(Priority.High).Destinations(to => to.Role("R")), "Look")));
        process.StartsWith(process.Activity("Sign", activity => Task(activity.Priority(Priority.Low).Destinations(to => to.Users("A")), "Ink")));
    });

    private static IEnumerable<TestCaseData> Filters =>
    [
        Case("all", _all, "1_2 2_1 2_2 3_1 4_1 4_2"),
        Case("definition", _all with { Definition = "Expense" }, "1_2 3_1"),
        Case("definition, case counts", _all with { Definition = "expense" }, ""),
        Case("activity", _all with { Activity = "Check" }, "2_1 4_1"),
        Case("activity, case counts", _all with { Activity = "check" }, ""),
        Case("event", _all with { Event = "Ink" }, "2_2 4_2"),
        Case("folio", _all with { Folio = "Lisbon" }, "1_2 4_1 4_2"),
        Case("empty folio", _all with { Folio = "" }, "2_1 2_2"),
        Case("originator", _all with { Originator = "otto" }, "2_1 2_2 3_1"),
        Case("originator, case does not count", _all with { Originator = "OTTO" }, "2_1 2_2 3_1"),
        Case("process instance", _all with { ProcessInstance = new ProcessInstanceId(4) }, "4_1 4_2"),
        Case("missing process instance", _all with { ProcessInstance = new ProcessInstanceId(99) }, ""),
        Case("several at once", _all with { Folio = "Lisbon", Definition = "Leave", Activity = "Sign", Originator = "dora" }, "4_2"),
        Case("several that exclude each other", _all with { Definition = "Expense", Activity = "Sign" }, ""),
    ];

    private static IEnumerable<TestCaseData> Orders =>
    [
        Case("Serial", _all with { Order = WorklistOrder.Serial }, "1_2 2_1 2_2 3_1 4_1 4_2"),
        Case("Oldest", _all with { Order = WorklistOrder.Oldest }, "2_1 2_2 3_1 4_1 4_2 1_2"),
        Case("Newest", _all with { Order = WorklistOrder.Newest }, "1_2 4_1 4_2 3_1 2_1 2_2"),
        Case("Priority", _all with { Order = WorklistOrder.Priority }, "2_1 4_1 1_2 3_1 2_2 4_2"),
        Case("Folio", _all with { Order = WorklistOrder.Folio }, "2_1 2_2 1_2 4_1 4_2 3_1"),
        Case("Activity", _all with { Order = WorklistOrder.Activity }, "1_2 3_1 2_1 4_1 2_2 4_2"),
    ];

    private static TestCaseData Case(string name, WorklistQuery query, string expected) => new TestCaseData(query, expected).SetArgDisplayNames(name);

    private static ActivityBuilder Task(ActivityBuilder activity, string name) => activity.Client(name, task => task.Action("Ok"));

    /// <summary>1_2 is the newest task, of the oldest instance.</summary>
    [SetUp]
    public async Task FillAsync()
    {
        _bed = await WorkflowTestBed.CreateAsync(
            [_expense, _leave], options => options.DestinationResolver = new StaticDestinations { { Destination.Role("R"), "A", "C" } });
        (string, string, string)[] starts =
            [("Expense", "dora", "Lisbon"), ("Leave", "otto", ""), ("Expense", "otto", "amsterdam"), ("Leave", "dora", "Lisbon")];
        foreach (var (definition, user, folio) in starts)
        {
            await _bed.StartAsync(definition, user, start => start.Folio(folio));
            await _bed.AdvanceAsync(TimeSpan.FromHours(1));
        }

        await _bed.ActAsync("A", new ProcessInstanceId(1).Task(1), "Again");
    }

    [TearDown]
    public async Task CloseAsync() => await _bed.DisposeAsync();

    private async Task<string> ListAsync(WorklistQuery query, string user = "A") =>
        string.Join(' ', (await _bed.Engine.As(user).Worklist.ListAsync(query)).Select(item => item.Serial));

    [TestCaseSource(nameof(Filters))]
    [Statement("13.10")]
    public async Task A_query_lists_what_fits_all_of_it(WorklistQuery query, string expected) => (await ListAsync(query)).ShouldBe(expected);

    [TestCaseSource(nameof(Orders))]
    [Statement("13.10")]
    public async Task Items_are_listed_in_the_order_asked_for_and_those_that_are_alike_by_serial_number(WorklistQuery query, string expected) =>
        (await ListAsync(query)).ShouldBe(expected);

    [TestCaseSource(nameof(Orders))]
    [Statement("13.10")]
    public async Task Pages_of_any_size_add_up_to_the_whole_in_every_order(WorklistQuery query, string expected)
    {
        for (var size = 1; size <= 7; size++)
        {
            var found = new List<WorklistItem>();
            IReadOnlyList<WorklistItem> page;
            do
            {
                page = await _bed.Engine.As("A").Worklist.ListAsync(query with { Limit = size, After = found.Count == 0 ? null : found[^1].Serial });
                page.Count.ShouldBeLessThanOrEqualTo(size);
                found.AddRange(page);
            }
            while (page.Count == size);

            string.Join(' ', found.Select(item => item.Serial)).ShouldBe(expected, $"pages of {size}");
        }
    }

    [TestCaseSource(nameof(Orders))]
    [Statement("13.10")]
    public async Task A_page_is_not_moved_by_items_that_come_and_go_the_last_of_the_page_before_included(WorklistQuery query, string expected)
    {
        var first = await _bed.Engine.As("A").Worklist.ListAsync(query with { Limit = 3 });
        foreach (var gone in (WorklistItem[])[first[0], first[2]])
        {
            await _bed.ActAsync("A", gone.Serial, gone.Definition == "Expense" ? "Approve" : "Ok");
        }

        await _bed.StartAsync("Expense", "dora", start => start.Folio("Lisbon"));
        var rest = await _bed.Engine.As("A").Worklist.ListAsync(query with { After = first[2].Serial });

        var old = rest.Select(item => $"{item.Serial}").Where(serial => !serial.StartsWith("5_", StringComparison.Ordinal));
        string.Join(' ', old).ShouldBe(string.Join(' ', expected.Split(' ')[3..]));
    }

    [Test]
    [Statement("1.5")]
    public async Task Statuses_are_those_of_the_user_who_asks()
    {
        var worklist = _bed.Engine.As("A").Worklist;
        await worklist.OpenAsync(new ProcessInstanceId(2).Task(1));
        await (await worklist.OpenAsync(new ProcessInstanceId(2).Task(2))).SleepAsync(TimeSpan.FromHours(1));
        await _bed.OpenAsync("B", new ProcessInstanceId(3).Task(1));

        (await ListAsync(_all)).ShouldBe("1_2 2_1 4_1 4_2", "available and open ones unless said otherwise");
        (await ListAsync(_all with { Statuses = [WorklistItemStatus.Available] })).ShouldBe("1_2 4_1 4_2");
        (await ListAsync(_all with { Statuses = [WorklistItemStatus.Open] })).ShouldBe("2_1");
        (await ListAsync(_all with { Statuses = [WorklistItemStatus.Allocated] })).ShouldBe("3_1");
        (await ListAsync(_all with { Statuses = [WorklistItemStatus.Sleep] })).ShouldBe("2_2");
        (await ListAsync(_all with { Statuses = [WorklistItemStatus.Sleep, WorklistItemStatus.Allocated] })).ShouldBe("2_2 3_1");
        (await ListAsync(_all with { Statuses = [WorklistItemStatus.Completed] })).ShouldBe("");
        (await ListAsync(_all with { Statuses = [WorklistItemStatus.Open] }, "B")).ShouldBe("3_1");
        (await ListAsync(_all with { Statuses = [WorklistItemStatus.Allocated] }, "C")).ShouldBe("2_1");
    }

    [Test]
    [Statement("1.15")]
    public async Task The_items_of_a_role_are_filtered_and_paged_as_ones_own()
    {
        (await ListAsync(_all, "C")).ShouldBe("2_1 4_1");
        (await ListAsync(_all with { Order = WorklistOrder.Newest }, "C")).ShouldBe("4_1 2_1");
        (await ListAsync(_all with { Limit = 1, After = new ProcessInstanceId(2).Task(1) }, "C")).ShouldBe("4_1");
        (await ListAsync(_all with { Originator = "dora" }, "C")).ShouldBe("4_1");
        (await ListAsync(_all with { Activity = "Sign" }, "C")).ShouldBe("");
    }

    [Test]
    [Statement("14.8")]
    public async Task A_page_of_another_size_than_1_to_500_is_refused([Values(0, -1, 501, int.MinValue, int.MaxValue)] int limit)
    {
        var query = _all with { Limit = limit };
        var connection = _bed.Engine.AsSystem();

        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => _bed.Engine.As("A").Worklist.ListAsync(query).AsTask());
        await Should.ThrowAsync<ArgumentOutOfRangeException>(
            () => Management.WorklistManagementExtensions.ManageWorklists(connection).ListAsync(query).AsTask());
        (await ListAsync(_all with { Limit = 500 })).ShouldNotBe("");
        (await ListAsync(_all with { Limit = 1 })).ShouldBe("1_2");
    }

    [Test]
    public async Task A_single_task_is_found_by_instance_and_activity()
    {
        var worklist = _bed.Engine.As("A").Worklist;

        (await worklist.SingleAsync(new ProcessInstanceId(3))).Serial.ShouldBe(new ProcessInstanceId(3).Task(1));
        (await worklist.SingleAsync(new ProcessInstanceId(4), "Sign")).Serial.ShouldBe(new ProcessInstanceId(4).Task(2));
        await Should.ThrowAsync<NoSingleTaskException>(() => worklist.SingleAsync(new ProcessInstanceId(4)).AsTask());
        await Should.ThrowAsync<NoSingleTaskException>(() => worklist.SingleAsync(new ProcessInstanceId(4), "Work").AsTask());
        await Should.ThrowAsync<NoSingleTaskException>(() => worklist.SingleAsync(new ProcessInstanceId(99)).AsTask());
    }
}
