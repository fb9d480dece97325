using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Which tasks a worklist shows, in which order, page by page.</summary>
[TestFixture]
public sealed class Chapter01Queries
{
    /// <code>
    ///     ┌──► Ask (A and B; Decision) ──►
    /// ►───┤
    ///     └──► Check (A; Look) ──►
    /// </code>
    private static ProcessDefinition Both(string name) => ProcessDefinition.Define(name, process =>
    {
        process.Rights(rights => rights.Start("dora", "emil").Admin("boss"));
        process.StartsWith(process.Activity("Ask", activity => activity.Once(2, 1).Chooses()));
        process.StartsWith(process.Activity("Check", activity => activity.Once(1, 1).Chooses("Look")));
    });

    private static async Task<ProcessInstanceId[]> FourAsync(WorkflowTestBed bed) =>
    [
        (await bed.StartAsync("First", "dora", start => start.Folio("b"))).Id,
        (await bed.StartAsync("Second", "dora", start => start.Folio("a"))).Id,
        (await bed.StartAsync("First", "emil", start => start.Folio("a"))).Id,
        (await bed.StartAsync("Second", "emil")).Id,
    ];

    private static Task<WorkflowTestBed> CreateAsync() => WorkflowTestBed.CreateAsync([Both("First"), Both("Second")]);

    private static async Task<string> ListAsync(WorkflowTestBed bed, WorklistQuery query, string user = "A")
    {
        var items = await bed.Engine.As(user).Worklist.ListAsync(query);
        return string.Join(' ', items.Select(item => item.Serial.ToString()));
    }

    [Test]
    [Statement("1.5")]
    [Statement("13.10")]
    public async Task Each_part_of_a_query_restricts()
    {
        await using var bed = await CreateAsync();
        var ids = await FourAsync(bed);
        ids.Select(id => id.Value).ShouldBe([1, 2, 3, 4]);

        (await ListAsync(bed, new WorklistQuery())).ShouldBe("1_1 1_2 2_1 2_2 3_1 3_2 4_1 4_2");
        (await ListAsync(bed, new WorklistQuery(), "B")).ShouldBe("1_1 2_1 3_1 4_1");
        (await ListAsync(bed, new WorklistQuery { Definition = "First" })).ShouldBe("1_1 1_2 3_1 3_2");
        (await ListAsync(bed, new WorklistQuery { ProcessInstance = ids[2] })).ShouldBe("3_1 3_2");
        (await ListAsync(bed, new WorklistQuery { Activity = "Check" })).ShouldBe("1_2 2_2 3_2 4_2");
        (await ListAsync(bed, new WorklistQuery { Event = "Decision" })).ShouldBe("1_1 2_1 3_1 4_1");
        (await ListAsync(bed, new WorklistQuery { Folio = "a" })).ShouldBe("2_1 2_2 3_1 3_2");
        (await ListAsync(bed, new WorklistQuery { Originator = "emil" })).ShouldBe("3_1 3_2 4_1 4_2");
        (await ListAsync(bed, new WorklistQuery { Definition = "Second", Activity = "Ask", Originator = "dora" })).ShouldBe("2_1");
        (await ListAsync(bed, new WorklistQuery { Definition = "Third" })).ShouldBe("");
        (await ListAsync(bed, new WorklistQuery { Statuses = [] })).ShouldBe("");
    }

    [Test]
    [Statement("13.10")]
    public async Task Pages_follow_each_other_without_gap_or_repetition([Values] WorklistOrder order, [Values(1, 3, 8, 500)] int limit)
    {
        await using var bed = await CreateAsync();
        await FourAsync(bed);
        var whole = await ListAsync(bed, new WorklistQuery { Order = order });

        var pages = new List<string>();
        SerialNumber? after = null;
        while (true)
        {
            var page = await bed.Engine.As("A").Worklist.ListAsync(new WorklistQuery { Order = order, Limit = limit, After = after });
            pages.AddRange(page.Select(item => item.Serial.ToString()));
            if (page.Count < limit)
            {
                break;
            }

            after = page[^1].Serial;
        }

        string.Join(' ', pages).ShouldBe(whole);
        pages.Count.ShouldBe(8);
    }

    [Statement("13.10")]
    [TestCase(WorklistOrder.Serial, "1_1 1_2 2_1 2_2 3_1 3_2 4_1 4_2")]
    [TestCase(WorklistOrder.Folio, "4_1 4_2 2_1 2_2 3_1 3_2 1_1 1_2")]
    [TestCase(WorklistOrder.Activity, "1_1 3_1 1_2 3_2 2_1 4_1 2_2 4_2")]
    public async Task An_order_sorts_and_what_is_alike_follows_by_serial_number(WorklistOrder order, string expected)
    {
        await using var bed = await CreateAsync();
        await FourAsync(bed);

        (await ListAsync(bed, new WorklistQuery { Order = order })).ShouldBe(expected);
    }

    [Test]
    [Statement("13.10")]
    public async Task The_oldest_or_the_newest_task_comes_first()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Asking(activity => activity.Once(1, 1).Chooses("First").Chooses("Second")));
        var ids = new List<ProcessInstanceId>();
        for (var count = 0; count < 3; count++)
        {
            ids.Add(await bed.BeginAsync());
            await bed.AdvanceAsync(TimeSpan.FromMinutes(1));
        }

        await bed.ActAsync("A", new SerialNumber(ids[0], 1), "Approve");

        (await ListAsync(bed, new WorklistQuery { Order = WorklistOrder.Oldest })).ShouldBe("2_1 3_1 1_1");
        (await ListAsync(bed, new WorklistQuery { Order = WorklistOrder.Newest })).ShouldBe("1_1 3_1 2_1");
    }

    [Test]
    [Statement("13.10")]
    public async Task A_worklist_shows_a_hundred_tasks_unless_asked_for_more()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Once(2, 1).Chooses()));
        for (var count = 0; count < 130; count++)
        {
            await bed.BeginAsync();
        }

        await bed.OpenAsync("B", new SerialNumber(new ProcessInstanceId(7), 1));

        var first = await bed.Engine.As("A").Worklist.ListAsync();
        var second = await bed.Engine.As("A").Worklist.ListAsync(new WorklistQuery { After = first[^1].Serial });
        (first.Count, second.Count).ShouldBe((100, 29));
        first.Concat(second).Select(item => item.ProcessInstance.Value).ShouldBe(
            Enumerable.Range(1, 130).Where(number => number != 7).Select(number => (long)number));
        (await bed.WorklistAsync("A")).Count.ShouldBe(129);
    }

    [Test]
    [Statement("13.10")]
    public async Task The_last_of_the_page_before_need_not_be_there_any_more()
    {
        await using var bed = await CreateAsync();
        await FourAsync(bed);
        var serial = new SerialNumber(new ProcessInstanceId(2), 1);

        await bed.ActAsync("A", serial, "Approve");

        (await ListAsync(bed, new WorklistQuery { After = serial })).ShouldBe("2_2 3_1 3_2 4_1 4_2");
    }

    [Test]
    [Statement("1.5")]
    public async Task The_only_task_can_be_asked_for()
    {
        await using var bed = await CreateAsync();
        var ids = await FourAsync(bed);
        var worklist = bed.Engine.As("A").Worklist;

        (await worklist.SingleAsync(ids[1], "Check")).Serial.ShouldBe(new SerialNumber(ids[1], 2));
        await Should.ThrowAsync<NoSingleTaskException>(async () => await worklist.SingleAsync(ids[1]));
        await Should.ThrowAsync<NoSingleTaskException>(async () => await worklist.SingleAsync(ids[1], "Burn"));
        (await bed.Engine.As("B").Worklist.SingleAsync(ids[1])).Serial.ShouldBe(new SerialNumber(ids[1], 1));
    }
}
