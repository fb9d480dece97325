using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Scenarios;

[TestFixture]
public sealed class SleepScenarios
{
    private static Task<WorkflowTestBed> OnceAsync(int people, int slots) =>
        WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Once(people, slots).Chooses()));

    [Test]
    [Statement("1.10")]
    public async Task W09_an_open_item_sleeps_with_its_slot_and_wakes_by_itself_still_open()
    {
        await using var bed = await OnceAsync(2, 1);
        var id = await bed.BeginAsync();
        await bed.OpenAsync("A", new SerialNumber(id, 1));

        await bed.SleepAsync("A", id, seconds: 300);
        (await bed.StandingAsync(id, "A", "B")).ShouldBe("Sl Al");
        (await bed.SeenByAsync(id)).ShouldBe("");
        (await bed.ItemAsync("A", id)).SleepsUntil.ShouldBe(WorkflowTestBed.Beginning.AddSeconds(300));
        (await bed.AdvanceAsync(TimeSpan.FromSeconds(299))).ShouldBe(0);
        (await bed.StandingAsync(id, "A", "B")).ShouldBe("Sl Al");
        (await bed.AdvanceAsync(TimeSpan.FromSeconds(1))).ShouldBe(1);

        (await bed.StandingAsync(id, "A", "B")).ShouldBe("Op Al");
        (await bed.SeenByAsync(id)).ShouldBe("A");
        (await bed.ItemAsync("A", id)).SleepsUntil.ShouldBeNull();
    }

    [Statement("1.10")]
    [TestCase(1)]
    [TestCase(60)]
    [TestCase(86_400)]
    public async Task W09_an_available_item_sleeps_for_one_user_only_and_wakes_available(int seconds)
    {
        await using var bed = await OnceAsync(3, 2);
        var id = await bed.BeginAsync();

        await bed.SleepAsync("B", id, seconds);
        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("Av Sl Av");
        (await bed.ItemAsync("A", id)).SlotsFree.ShouldBe(2);
        await bed.AdvanceAsync(TimeSpan.FromSeconds(seconds));

        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("Av Av Av");
    }

    [Test]
    [Statement("1.10")]
    public async Task W09_several_sleepers_wake_each_in_their_own_time()
    {
        await using var bed = await OnceAsync(3, 3);
        var id = await bed.BeginAsync();
        await bed.SleepAsync("A", id, seconds: 30);
        await bed.SleepAsync("B", id, seconds: 10);
        await bed.SleepAsync("C", id, seconds: 20);

        (await bed.AdvanceAsync(TimeSpan.FromSeconds(10))).ShouldBe(1);
        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("Sl Av Sl");
        await bed.AdvanceAsync(TimeSpan.FromSeconds(10));
        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("Sl Av Av");
        await bed.AdvanceAsync(TimeSpan.FromSeconds(10));
        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("Av Av Av");
    }

    [Test]
    [Statement("1.10")]
    public async Task W10_zero_is_for_ever_and_less_than_zero_wakes([Values] bool isOpen)
    {
        await using var bed = await OnceAsync(1, 1);
        var id = await bed.BeginAsync();
        if (isOpen)
        {
            await bed.OpenAsync("A", new SerialNumber(id, 1));
        }

        await bed.SleepAsync("A", id, seconds: 0);
        (await bed.AdvanceAsync(TimeSpan.FromDays(1_000))).ShouldBe(0);
        (await bed.StandingAsync(id, "A")).ShouldBe("Sl");
        (await bed.ItemAsync("A", id)).SleepsUntil.ShouldBeNull();
        await bed.SleepAsync("A", id, seconds: -1);

        (await bed.StandingAsync(id, "A")).ShouldBe(isOpen ? "Op" : "Av");
        (await bed.NamesAsync(id, JournalKind.ItemSlept)).ShouldBe(["Decision"]);
        (await bed.NamesAsync(id, JournalKind.ItemWoken)).ShouldBe(["Decision"]);
    }
}
