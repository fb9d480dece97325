using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Client;

/// <summary>Worklists of many tasks, with questions for only a few of them.</summary>
[TestFixture]
public sealed class WorklistPagingTests
{
    private const int Many = 60;

    private static async Task<WorkflowTestBed> BedAsync(Action<Definitions.Building.ActivityBuilder> plan)
    {
        var bed = await WorkflowTestBed.CreateAsync(
            Staff.Deciding(plan), options => options.DestinationResolver = new StaticDestinations { { Destination.Role("R"), "A", "B" } });
        for (var number = 1; number <= Many; number++)
        {
            await bed.StartAsync("dora");
        }

        return bed;
    }

    private static SerialNumber Task(int number) => new ProcessInstanceId(number).Task(1);

    private static string Numbers(IEnumerable<WorklistItem> items) => string.Join(' ', items.Select(item => item.ProcessInstance));

    [Test]
    [Statement("13.10")]
    [Statement("1.5")]
    public async Task A_page_is_full_however_far_apart_the_items_of_its_status_are([Values] WorklistOrder order)
    {
        await using var bed = await BedAsync(activity => activity.Destinations(to => to.Users("A")));
        foreach (var number in (int[])[7, 23, 24, 41, 60])
        {
            await bed.OpenAsync("A", Task(number));
        }

        var worklist = bed.Engine.As("A").Worklist;
        var query = new WorklistQuery { Statuses = [WorklistItemStatus.Open], Limit = 2, Order = order };

        var first = await worklist.ListAsync(query);
        var second = await worklist.ListAsync(query with { After = first[^1].Serial });
        var third = await worklist.ListAsync(query with { After = second[^1].Serial });

        Numbers(first.Concat(second).Concat(third)).ShouldBe("7 23 24 41 60");
        (first.Count, second.Count, third.Count).ShouldBe((2, 2, 1));
        (await worklist.ListAsync(query with { After = third[^1].Serial })).ShouldBeEmpty();
    }

    [Test]
    [Statement("13.10")]
    public async Task A_task_allocated_to_others_takes_no_place_on_a_page()
    {
        await using var bed = await BedAsync(activity => activity.Destinations(to => to.Users("A", "B")));
        for (var number = 1; number < Many; number++)
        {
            await bed.OpenAsync("B", Task(number));
        }

        var page = await bed.Engine.As("A").Worklist.ListAsync(new WorklistQuery { Limit = 1 });

        Numbers(page).ShouldBe($"{Many}");
    }

    /// <summary>A reader pages through all while others complete items before and behind the page, and begin new ones.</summary>
    [Test]
    [Statement("13.10")]
    public async Task Nothing_that_stays_is_left_out_or_listed_twice_while_others_come_and_go([Values(1, 3, 7)] int size)
    {
        await using var bed = await BedAsync(activity => activity.Destinations(to => to.Role("R")));
        var worklist = bed.Engine.As("A").Worklist;
        var found = new List<WorklistItem>();
        var next = 2;
        while (true)
        {
            var page = await worklist.ListAsync(new WorklistQuery { Limit = size, After = found.Count == 0 ? null : found[^1].Serial });
            if (page.Count == 0)
            {
                break;
            }

            found.AddRange(page);
            for (var count = 0; count < 3 && next <= Many; count++, next += 2)
            {
                await bed.ActAsync("B", Task(next), "Approve");
            }
        }

        var odd = found.Select(item => item.ProcessInstance.Value).Where(number => number % 2 == 1);
        odd.ShouldBe(Enumerable.Range(1, Many).Where(number => number % 2 == 1).Select(number => (long)number));
        found.Select(item => item.Serial).ShouldBeUnique();
        found.Select(item => item.Serial).ShouldBe(found.Select(item => item.Serial).Order());
    }

    [Test]
    [Statement("13.10")]
    [Statement("9.4")]
    public async Task A_task_that_is_seen_twice_counts_once_and_shared_tasks_are_paged_with_ones_own()
    {
        await using var bed = await BedAsync(activity => activity.Destinations(to => to.Users("A", "C")).PlanJustOnce(Slots.Number(2)));
        await bed.Engine.As("C").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("A", "D"));

        var page = await bed.Engine.As("A").Worklist.ListAsync(new WorklistQuery { Limit = 2 });
        var next = await bed.Engine.As("A").Worklist.ListAsync(new WorklistQuery { Limit = 2, After = page[^1].Serial });
        var shared = await bed.Engine.As("D").Worklist.ListAsync(new WorklistQuery { Limit = 3, After = Task(5) });

        page.Select(Staff.Text).ShouldBe(["1_1 Available", "1_1 Available for C", "2_1 Available", "2_1 Available for C"], ignoreOrder: true);
        next.Select(item => item.Serial).Distinct().ShouldBe([Task(3), Task(4)]);
        Staff.Text(shared).ShouldBe("6_1 Available for C, 7_1 Available for C, 8_1 Available for C");
    }

    [Test]
    public async Task A_cancelled_call_asks_nothing_and_changes_nothing([Range(0, 10)] int which)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Staff.Deciding(activity => activity.Destinations(to => to.Users("A"))),
            options => options.DestinationResolver = new StaticDestinations().Manages("B", "A"));
        await bed.StartAsync("dora");
        var cancelled = new CancellationToken(canceled: true);
        var connection = bed.Engine.As("A");
        var item = await connection.Worklist.OpenAsync(Task(1), allocate: false);
        var before = await bed.StoredBytesAsync(new ProcessInstanceId(1));

        Func<Task>[] calls =
        [
            () => connection.Worklist.ListAsync(cancellation: cancelled).AsTask(),
            () => bed.Engine.As("B").Worklist.ListManagedAsync("A", cancellation: cancelled).AsTask(),
            () => Management.WorklistManagementExtensions.ManageWorklists(connection).ListAsync(cancellation: cancelled).AsTask(),
            () => connection.Worklist.OpenAsync(Task(1), cancellation: cancelled).AsTask(),
            () => connection.Worklist.ExecuteAsync(Task(1), "Approve", cancellation: cancelled).AsTask(),
            () => connection.Worklist.ExecuteAsync([Task(1)], "Approve", cancellation: cancelled).AsTask(),
            () => item.SleepAsync(TimeSpan.FromHours(1), cancelled).AsTask(),
            () => item.RedirectAsync("D", cancelled).AsTask(),
            () => item.DelegateAsync(Destination.User("D"), cancellation: cancelled).AsTask(),
            () => connection.OutOfOffice.LeaveAsync(absence => absence.ForwardTo("D"), cancelled).AsTask(),
            () => connection.Worklist.SleepAsync([Task(1)], TimeSpan.FromHours(1), cancelled).AsTask(),
        ];

        await Should.ThrowAsync<OperationCanceledException>(calls[which]);

        (await bed.StoredBytesAsync(new ProcessInstanceId(1))).ShouldBe(before);
        (await connection.OutOfOffice.ReadAsync()).ShouldBeNull();
        (await bed.SeesAsync("A")).ShouldBe("1_1 Available");
    }
}
