using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter01Flags
{
    private static readonly TimeSpan Expected = TimeSpan.FromHours(4);

    [Statement("1.16")]
    [TestCase(0, PriorityFlag.Green)]
    [TestCase(4 * 3600 - 1, PriorityFlag.Green)]
    [TestCase(4 * 3600 + 1, PriorityFlag.Yellow)]
    [TestCase(28 * 3600 - 1, PriorityFlag.Yellow)]
    [TestCase(28 * 3600 + 1, PriorityFlag.Red)]
    [TestCase(1000 * 3600, PriorityFlag.Red)]
    public async Task A_task_is_green_then_yellow_for_a_day_then_red(int seconds, PriorityFlag flag)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Once(1, 1).ExpectedDuration(Expected).Chooses()));
        var id = await bed.BeginAsync();
        if (seconds > 0)
        {
            await bed.AdvanceAsync(TimeSpan.FromSeconds(seconds));
        }

        var item = await bed.ItemAsync("A", id);

        item.Flag.ShouldBe(flag);
        (item.ExpectedDuration, item.StartedAt).ShouldBe((Expected, WorkflowTestBed.Beginning));
    }

    [Test]
    [Statement("1.16")]
    public async Task A_task_without_an_expected_duration_stays_green()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Once(1, 1).Chooses()));
        var id = await bed.BeginAsync();
        await bed.AdvanceAsync(TimeSpan.FromDays(1_000));

        var item = await bed.ItemAsync("A", id);

        (item.Flag, item.ExpectedDuration).ShouldBe((PriorityFlag.Green, null));
    }

    [Test]
    [Statement("1.16")]
    public async Task The_flag_is_as_it_was_when_the_item_was_read()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Once(1, 1).ExpectedDuration(Expected).Chooses()));
        var id = await bed.BeginAsync();
        var item = await bed.ItemAsync("A", id);

        await bed.AdvanceAsync(TimeSpan.FromDays(10));

        item.Flag.ShouldBe(PriorityFlag.Green);
        (await item.OpenAsync(allocate: false)).Flag.ShouldBe(PriorityFlag.Red);
    }

    [Test]
    [Statement("1.16")]
    public async Task The_priority_is_shown_and_changes_nothing([Values] Priority priority)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Once(2, 1).Priority(priority).Chooses()));
        var id = await bed.BeginAsync();

        (await bed.ItemAsync("A", id)).Priority.ShouldBe(priority);
        await bed.OpenAsync("B", new SerialNumber(id, 1));
        (await bed.StandingAsync(id, "A", "B")).ShouldBe("Al Op");
    }

    [Test]
    [Statement("1.16")]
    public async Task A_priority_that_is_not_said_is_medium_and_a_worklist_can_be_ordered_by_it()
    {
        var definitions = new[] { Priority.Low, Priority.Medium, Priority.High }.Select(priority => ProcessDefinition.Define($"{priority}", process =>
        {
            process.Managed();
            process.StartsWith(process.Activity("Ask", activity =>
            {
                activity.Once(1, 1).Chooses();
                if (priority is not Priority.Medium)
                {
                    activity.Priority(priority);
                }
            }));
        }));
        await using var bed = await WorkflowTestBed.CreateAsync(definitions);
        foreach (var name in new[] { "Low", "Medium", "High", "Low" })
        {
            await bed.StartAsync(name, "dora");
        }

        var items = await bed.Engine.As("A").Worklist.ListAsync(new WorklistQuery { Order = WorklistOrder.Priority });

        items.Select(item => item.Priority).ShouldBe([Priority.High, Priority.Medium, Priority.Low, Priority.Low]);
        items.Select(item => item.Definition).ShouldBe(["High", "Medium", "Low", "Low"]);
        items[2].ProcessInstance.Value.ShouldBeLessThan(items[3].ProcessInstance.Value);
    }
}
