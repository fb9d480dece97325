using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter01Sleep
{
    private static Task<WorkflowTestBed> OnceAsync(int people, int slots) =>
        WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Once(people, slots).Chooses()));

    [Test]
    [Statement("1.10")]
    public async Task An_item_can_sleep_until_an_instant_and_is_woken_by_its_user()
    {
        await using var bed = await OnceAsync(1, 1);
        var id = await bed.BeginAsync();
        var item = await bed.ItemAsync("A", id);
        var until = WorkflowTestBed.Beginning.AddHours(3);

        await item.SleepUntilAsync(until);
        (await bed.ItemAsync("A", id)).SleepsUntil.ShouldBe(until);
        await item.WakeAsync();

        (await bed.StandingAsync(id, "A")).ShouldBe("Av");
        (await bed.AdvanceAsync(TimeSpan.FromDays(1))).ShouldBe(0, "the timer is gone");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
    }

    [Test]
    [Statement("1.10")]
    public async Task It_wakes_at_the_instant_and_not_before()
    {
        await using var bed = await OnceAsync(1, 1);
        var id = await bed.BeginAsync();
        await (await bed.ItemAsync("A", id)).SleepUntilAsync(WorkflowTestBed.Beginning.AddHours(3));

        (await bed.AdvanceAsync(TimeSpan.FromHours(3) - TimeSpan.FromTicks(1))).ShouldBe(0);
        (await bed.StandingAsync(id, "A")).ShouldBe("Sl");
        (await bed.AdvanceAsync(TimeSpan.FromTicks(1))).ShouldBe(1);

        (await bed.StandingAsync(id, "A")).ShouldBe("Av");
    }

    [Test]
    [Statement("1.10")]
    public async Task An_available_item_whose_slots_are_gone_wakes_allocated()
    {
        await using var bed = await OnceAsync(2, 1);
        var id = await bed.BeginAsync();
        await bed.SleepAsync("A", id, seconds: 60);
        await bed.OpenAsync("B", new SerialNumber(id, 1));
        (await bed.StandingAsync(id, "A", "B")).ShouldBe("Sl Op");

        await bed.AdvanceAsync(TimeSpan.FromSeconds(60));

        (await bed.StandingAsync(id, "A", "B")).ShouldBe("Al Op");
    }

    [Statement("1.10")]
    [TestCase(60, 300, 300)]
    [TestCase(300, 60, 60)]
    [TestCase(0, 60, 60)]
    public async Task A_new_time_replaces_the_old(int first, int second, int wakes)
    {
        await using var bed = await OnceAsync(1, 1);
        var id = await bed.BeginAsync();

        await bed.SleepAsync("A", id, first);
        await bed.SleepAsync("A", id, second);

        (await bed.AdvanceAsync(TimeSpan.FromSeconds(wakes - 1))).ShouldBe(0);
        (await bed.StandingAsync(id, "A")).ShouldBe("Sl");
        (await bed.AdvanceAsync(TimeSpan.FromSeconds(1))).ShouldBe(1);
        (await bed.StandingAsync(id, "A")).ShouldBe("Av");
        (await bed.AdvanceAsync(TimeSpan.FromDays(1))).ShouldBe(0);
    }

    [Test]
    [Statement("1.10")]
    public async Task For_ever_replaces_a_time()
    {
        await using var bed = await OnceAsync(1, 1);
        var id = await bed.BeginAsync();

        await bed.SleepAsync("A", id, seconds: 60);
        await bed.SleepAsync("A", id, seconds: 0);

        (await bed.AdvanceAsync(TimeSpan.FromDays(1))).ShouldBe(0);
        (await bed.StandingAsync(id, "A")).ShouldBe("Sl");
    }

    [Test]
    [Statement("1.10")]
    public async Task The_past_is_refused([Values(-1, -3600)] int seconds, [Values] bool isAsleep)
    {
        await using var bed = await OnceAsync(1, 1);
        var id = await bed.BeginAsync();
        await bed.AdvanceAsync(TimeSpan.FromDays(1));
        if (isAsleep)
        {
            await bed.SleepAsync("A", id, seconds: 60);
        }

        var item = await bed.ItemAsync("A", id);
        await bed.ShouldRefuseAsync<WorklistItemRefusedException>(id, async () => await item.SleepUntilAsync(bed.Clock.GetUtcNow().AddSeconds(seconds)));
    }

    [Test]
    [Statement("1.10")]
    public async Task An_item_that_does_not_sleep_cannot_be_woken([Values] bool isOpen)
    {
        await using var bed = await OnceAsync(2, 2);
        var id = await bed.BeginAsync();
        await bed.SleepAsync("B", id, seconds: 60);
        var item = isOpen ? await bed.OpenAsync("A", new SerialNumber(id, 1)) : await bed.ItemAsync("A", id);

        await bed.ShouldRefuseAsync<WorklistItemRefusedException>(id, async () => await item.WakeAsync());
        await bed.ShouldRefuseAsync<WorklistItemRefusedException>(id, async () => await item.SleepAsync(TimeSpan.FromSeconds(-1)));
    }

    [Test]
    [Statement("1.10")]
    public async Task An_allocated_or_completed_item_cannot_be_put_to_sleep()
    {
        await using var bed = await OnceAsync(3, 2);
        var id = await bed.BeginAsync();
        var done = await bed.ItemAsync("A", id);
        var allocated = await bed.ItemAsync("C", id);
        await done.ExecuteAsync("Approve");
        await bed.OpenAsync("B", new SerialNumber(id, 1));
        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("-- Op Al");

        foreach (var item in new[] { done, allocated })
        {
            var refusal = await bed.ShouldRefuseAsync<WorkflowException>(id, async () => await item.SleepAsync(TimeSpan.FromSeconds(60)));
            (refusal is WorklistItemRefusedException or WorklistItemNotFoundException).ShouldBeTrue(refusal.ToString());
            refusal = await bed.ShouldRefuseAsync<WorkflowException>(id, async () => await item.SleepUntilAsync(WorkflowTestBed.Beginning.AddDays(1)));
            (refusal is WorklistItemRefusedException or WorklistItemNotFoundException).ShouldBeTrue(refusal.ToString());
        }
    }

    [Test]
    [Statement("1.10")]
    public async Task To_open_a_sleeping_item_wakes_it_first()
    {
        await using var bed = await OnceAsync(2, 1);
        var id = await bed.BeginAsync();
        await bed.SleepAsync("A", id, seconds: 60);

        await bed.OpenAsync("A", new SerialNumber(id, 1));

        (await bed.StandingAsync(id, "A", "B")).ShouldBe("Op Al");
        (await bed.HistoryAsync(id)).TakeLast(3).Select(fact => fact.Kind).ShouldBe([JournalKind.ItemSlept, JournalKind.ItemWoken, JournalKind.SlotOpened]);
        (await bed.AdvanceAsync(TimeSpan.FromSeconds(60))).ShouldBe(0);
        (await bed.StandingAsync(id, "A", "B")).ShouldBe("Op Al");
    }

    [Test]
    [Statement("1.10")]
    public async Task To_act_on_a_sleeping_item_wakes_it_first([Values] bool isOpen)
    {
        await using var bed = await OnceAsync(1, 1);
        var id = await bed.BeginAsync();
        if (isOpen)
        {
            await bed.OpenAsync("A", new SerialNumber(id, 1));
        }

        await bed.SleepAsync("A", id, seconds: 0);
        await bed.ActAsync("A", new SerialNumber(id, 1), "Approve");

        (await bed.PathAsync(id)).ShouldBe("Ask After");
        (await bed.CountAsync(id, JournalKind.ItemWoken)).ShouldBe(1);
    }

    [Test]
    [Statement("1.10")]
    public async Task Only_the_item_sleeps_and_not_the_process([Values] bool isOpen)
    {
        await using var bed = await OnceAsync(2, 2);
        var id = await bed.BeginAsync();
        if (isOpen)
        {
            await bed.OpenAsync("A", new SerialNumber(id, 1));
        }

        await bed.SleepAsync("A", id, seconds: 60);
        await bed.ActAsync("B", "Approve");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        await bed.AdvanceAsync(TimeSpan.FromSeconds(60));

        (await bed.StandingAsync(id, "A", "B")).ShouldBe(isOpen ? "Op --" : "Av --");
    }

    [Test]
    [Statement("1.10")]
    public async Task A_task_that_ends_while_somebody_sleeps_takes_the_timer_along()
    {
        await using var bed = await OnceAsync(2, 1);
        var id = await bed.BeginAsync();
        await bed.SleepAsync("A", id, seconds: 60);

        await bed.ActAsync("B", "Approve");

        (await bed.PathAsync(id)).ShouldBe("Ask After");
        (await bed.AdvanceAsync(TimeSpan.FromDays(1))).ShouldBe(0);
        (await bed.StandingAsync(id, "A", "B")).ShouldBe("-- --");
    }

    [Test]
    [Statement("1.10")]
    public async Task A_sleeper_wakes_under_a_new_engine_too()
    {
        await using var bed = await OnceAsync(1, 1);
        var id = await bed.BeginAsync();
        await bed.SleepAsync("A", id, seconds: 60);

        await bed.RestartAsync();
        (await bed.StandingAsync(id, "A")).ShouldBe("Sl");
        (await bed.AdvanceAsync(TimeSpan.FromSeconds(60))).ShouldBe(1);

        (await bed.StandingAsync(id, "A")).ShouldBe("Av");
        var woken = (await bed.HistoryAsync(id)).Single(fact => fact.Kind is JournalKind.ItemWoken);
        (woken.Name, woken.User, woken.Time).ShouldBe(("Decision", "A", WorkflowTestBed.Beginning.AddSeconds(60)));
    }
}
