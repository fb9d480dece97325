using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Client;

/// <summary>Queries that read page after page find what the pages have, once and in their order.</summary>
[TestFixture]
[Statement("13.10")]
public sealed class AllPagesTests
{
    private const int Many = 7;

    private static readonly int[] _all = [.. Enumerable.Range(1, Many)];

    private static readonly ProcessDefinition _failing = ProcessDefinition.Define("Failing", process =>
    {
        process.OpenToAll().Rights(rights => rights.Admin("boss"));
        process.StartsWith(process.Activity("Fail", activity => activity.Server("Fail it", _ => throw new InvalidOperationException("No."))));
    });

    private static readonly ProcessDefinition _open = ProcessDefinition.Define("Open", process =>
    {
        process.Rights(rights => rights.Start("dora").Admin("boss").ServerEvent("bank"));
        process.StartsWith(process.Activity("Task", activity => activity
            .Destinations(to => to.Users("ann", "bob"))
            .Client("Do it", task => task.Action("Do").Escalation("Remind", TimeSpan.FromDays(1), then => then.ExpireEvent()))));
        process.StartsWith(process.Activity("Payment", activity => activity.Waits("Pay it")));
    });

    private static async Task<WorkflowTestBed> BedAsync(ProcessDefinition definition)
    {
        var bed = await WorkflowTestBed.CreateAsync(definition);
        for (var number = 0; number < Many; number++)
        {
            await bed.StartAsync("dora");
        }

        return bed;
    }

    [Test]
    public async Task All_instances_are_found_in_each_order([Values(1, 2, Many, Many + 1)] int limit, [Values] bool newestFirst)
    {
        await using var bed = await BedAsync(_open);
        var found = await ListAsync(bed.Engine.As("boss").FindAllProcessesAsync(new ProcessQuery { Limit = limit, NewestFirst = newestFirst }));

        found.Select(record => (int)record.Id.Value).ShouldBe(newestFirst ? _all.Reverse() : _all);
    }

    [Test]
    public async Task All_tasks_of_a_user_and_all_entries_of_an_administrator_are_listed([Values(1, 2, Many, Many + 1)] int limit)
    {
        await using var bed = await BedAsync(_open);
        var query = new WorklistQuery { Limit = limit };

        var own = await ListAsync(bed.Engine.As("ann").Worklist.ListAllAsync(query));
        var everybodys = await ListAsync(bed.Engine.As("boss").ManageWorklists().ListAllAsync(query));

        own.Select(item => (int)item.ProcessInstance.Value).ShouldBe(_all);
        everybodys.Select(entry => (int)entry.Serial.ProcessInstance.Value).ShouldBe(_all.SelectMany(number => (int[])[number, number]));
    }

    [Test]
    public async Task A_task_that_a_user_sees_twice_counts_once_on_a_page([Values(1, 2, Many)] int limit)
    {
        await using var bed = await BedAsync(_open);
        await bed.Engine.As("bob").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("ann"));

        var items = await ListAsync(bed.Engine.As("ann").Worklist.ListAllAsync(new WorklistQuery { Limit = limit }));

        items.Select(item => (int)item.ProcessInstance.Value).ShouldBe(_all.SelectMany(number => (int[])[number, number]));
        items.Count(item => item.ActingFor == "bob").ShouldBe(Many);
    }

    [Test]
    public async Task All_server_items_and_all_timers_are_found([Values(1, 2, Many, Many + 1)] int limit)
    {
        await using var bed = await BedAsync(_open);

        var items = await ListAsync(bed.Engine.As("bank").FindAllServerItemsAsync(new ServerItemQuery { Limit = limit }));
        var timers = await ListAsync(bed.Engine.As("boss").FindAllTimersAsync(new TimerQuery { Limit = limit }));

        items.Select(item => (int)item.Serial.ProcessInstance.Value).ShouldBe(_all);
        timers.Select(timer => (int)timer.ProcessInstance.Value).ShouldBe(_all);
    }

    [Test]
    public async Task All_errors_are_found([Values(1, 2, Many, Many + 1)] int limit)
    {
        await using var bed = await BedAsync(_failing);

        var failed = await ListAsync(bed.Engine.As("boss").ManageProcesses().FindAllErrorsAsync(new ErrorQuery { Limit = limit }));

        failed.Select(error => (int)error.ProcessInstance.Value).ShouldBe(_all);
    }

    [Test]
    [Statement("12.6")]
    public async Task The_whole_history_is_read()
    {
        await using var bed = await BedAsync(ProcessDefinition.Define("Long", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Work", activity => activity
                .PlanPerSlot(Slots.Number(300)).PureServer("Do it", _ => { }).SucceedingRule(Answers.AllGiven)));
        }));
        var one = new ProcessInstanceId(1);

        var whole = await ListAsync(bed.Engine.As("dora").ReadAllHistoryAsync(one));

        whole.Count.ShouldBeGreaterThan(1_000);
        whole.Select(entry => entry.Number).ShouldBe(Enumerable.Range(1, whole.Count).Select(number => (long)number));
        whole.ShouldBe(await bed.HistoryAsync(one));
    }

    [Test]
    [Statement("9.1")]
    public async Task A_user_without_the_right_gets_nothing_or_is_refused()
    {
        await using var bed = await BedAsync(_open);
        var zoe = bed.Engine.As("zoe");

        (await ListAsync(zoe.ManageWorklists().ListAllAsync())).ShouldBeEmpty();
        (await ListAsync(zoe.FindAllTimersAsync())).ShouldBeEmpty();
        await Should.ThrowAsync<WorkflowAccessDeniedException>(() => ListAsync(zoe.FindAllTimersAsync(new TimerQuery { Definition = "Open" })));
        Should.Throw<ArgumentOutOfRangeException>(() => zoe.FindAllProcessesAsync(new ProcessQuery { Limit = 0 }));
        Should.Throw<ArgumentOutOfRangeException>(() => zoe.Worklist.ListAllAsync(new WorklistQuery { Limit = 501 }));
    }

    [Test]
    public async Task A_page_is_read_when_it_is_needed()
    {
        await using var bed = await BedAsync(_open);
        await using var found = bed.Engine.As("boss").FindAllProcessesAsync(new ProcessQuery { Limit = Many }).GetAsyncEnumerator();
        for (var number = 0; number < Many; number++)
        {
            (await found.MoveNextAsync()).ShouldBeTrue();
        }

        await bed.StartAsync("dora");

        (await found.MoveNextAsync()).ShouldBeTrue();
        found.Current.Id.Value.ShouldBe(Many + 1);
        (await found.MoveNextAsync()).ShouldBeFalse();
    }

    [Test]
    public async Task It_stops_when_it_is_cancelled()
    {
        await using var bed = await BedAsync(_open);
        using var cancellation = new CancellationTokenSource();
        await using var found = bed.Engine.As("boss").FindAllProcessesAsync(new ProcessQuery { Limit = 1 }).GetAsyncEnumerator(cancellation.Token);
        (await found.MoveNextAsync()).ShouldBeTrue();
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(async () => await found.MoveNextAsync());
    }

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> all)
    {
        var list = new List<T>();
        await foreach (var item in all)
        {
            list.Add(item);
        }

        return list;
    }
}
