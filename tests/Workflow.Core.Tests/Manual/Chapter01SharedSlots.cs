using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Everybody has a task of their own, and there are fewer slots than tasks.</summary>
[TestFixture]
public sealed class Chapter01SharedSlots
{
    private static Task<WorkflowTestBed> EachAsync(int people, int slots) => WorkflowTestBed.CreateAsync(
        Worklists.Asking(activity => activity.Each(people, slots).Chooses().SucceedingRule(Answers.AllGiven)));

    [Test]
    [Statement("1.7")]
    [Statement("4.6")]
    public async Task A_user_who_comes_first_takes_the_slots_of_all([Range(1, 4)] int slots)
    {
        await using var bed = await EachAsync(4, slots);
        foreach (var order in Words.Orders(4))
        {
            var id = await bed.BeginAsync();
            for (var taken = 1; taken <= slots; taken++)
            {
                var place = order[taken - 1];
                await bed.OpenAsync(Worklists.Users[place], new SerialNumber(id, place + 1));

                var left = taken < slots ? "Av" : "Al";
                var expected = Enumerable.Range(0, 4).Select(other => order.Take(taken).Contains(other) ? "Op" : left);
                (await bed.StandingAsync(id, Worklists.First(4))).ShouldBe(string.Join(' ', expected));
            }
        }
    }

    [Test]
    [Statement("4.6")]
    [Statement("1.7")]
    public async Task A_completed_slot_keeps_counting_for_the_others()
    {
        await using var bed = await EachAsync(4, 2);
        var id = await bed.BeginAsync();

        await bed.ActAsync("B", "Approve");
        (await bed.StandingAsync(id)).ShouldBe("Av -- Av Av --");
        await bed.OpenAsync("D", new SerialNumber(id, 4));
        (await bed.StandingAsync(id)).ShouldBe("Al -- Al Op --");
        await bed.ReleaseAsync("D", id);
        (await bed.StandingAsync(id)).ShouldBe("Av -- Av Av --");
        await bed.ActAsync("A", "Reject");

        (await bed.PathAsync(id)).ShouldBe("Ask After");
        (await bed.DestinationsOfAsync(id, JournalKind.DestinationExpired)).ShouldBe([3, 4]);
    }

    [Test]
    [Statement("1.10")]
    public async Task A_sleeper_keeps_the_slot_that_they_hold_from_the_others()
    {
        await using var bed = await EachAsync(3, 1);
        var id = await bed.BeginAsync();
        await bed.OpenAsync("B", new SerialNumber(id, 2));

        await bed.SleepAsync("B", id, seconds: 60);
        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("Al Sl Al");
        await bed.ShouldNotFindAsync("A", new SerialNumber(id, 1), WorklistItemEnd.NoSlotLeft);
        await bed.AdvanceAsync(TimeSpan.FromSeconds(60));

        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("Al Op Al");
    }

    [Test]
    [Statement("1.10")]
    public async Task A_sleeper_without_a_slot_wakes_as_the_others_have_left_it([Values] bool isReleased)
    {
        await using var bed = await EachAsync(2, 1);
        var id = await bed.BeginAsync();
        await bed.SleepAsync("A", id, seconds: 60);
        await bed.OpenAsync("B", new SerialNumber(id, 2));
        if (isReleased)
        {
            await bed.ReleaseAsync("B", id);
        }

        await bed.AdvanceAsync(TimeSpan.FromSeconds(60));

        (await bed.StandingAsync(id, "A", "B")).ShouldBe(isReleased ? "Av Av" : "Al Op");
    }

    [Statement("1.11")]
    [TestCase(false, "-- Op Av Av")]
    [TestCase(true, "-- Op Al Op")]
    public async Task The_slot_of_a_redirected_item_is_free_for_all_unless_it_is_kept_open(bool keepOpen, string expected)
    {
        await using var bed = await EachAsync(3, 2);
        var id = await bed.BeginAsync();
        await bed.OpenAsync("A", new SerialNumber(id, 1));
        await bed.OpenAsync("B", new SerialNumber(id, 2));
        (await bed.StandingAsync(id, "A", "B", "C", "D")).ShouldBe("Op Op Al --");

        await bed.Boss().RedirectAsync(new SerialNumber(id, 1), Destination.User("A"), "D", keepOpen);

        (await bed.StandingAsync(id, "A", "B", "C", "D")).ShouldBe(expected);
    }

    [Test]
    [Statement("1.12")]
    public async Task A_delegate_takes_a_slot_from_the_others_for_the_one_for_whom_they_act()
    {
        await using var bed = await EachAsync(3, 1);
        var id = await bed.BeginAsync();
        await bed.DelegateAsync("A", id, "D");
        (await bed.StandingAsync(id)).ShouldBe("Av Av Av Av --");

        await bed.OpenAsync("D", new SerialNumber(id, 1));
        (await bed.StandingAsync(id)).ShouldBe("Al Al Al Op --");
        await bed.ActAsync("D", "Approve");

        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }

    [Test]
    [Statement("1.6")]
    [Statement("4.6")]
    public async Task The_next_task_of_each_begins_with_all_slots_free()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Asking(activity => activity.Each(3, slots: 2).Chooses("First").Chooses("Second").SucceedingRule(Answers.AllGiven)));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve");
        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("Av Av Av", "of the first, one is left for B and C; of the second, two for A");
        await bed.ActAsync("B", "Approve");
        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("Av Av Al");
        await bed.ActAsync("B", "Approve");
        (await bed.PathAsync(id)).ShouldBe("Active: Ask");
        await bed.ActAsync("A", "Approve");

        (await bed.PathAsync(id)).ShouldBe("Ask After");
        (await bed.DestinationsOfAsync(id, JournalKind.DestinationExpired)).ShouldBe([3]);
    }

    [Test]
    [Statement("1.11")]
    [Statement("4.5")]
    public async Task In_turn_a_task_may_go_to_one_whose_turn_comes_later()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.InTurn(2).Chooses()));
        var id = await bed.BeginAsync();

        await bed.RedirectAsync("A", id, "B");
        (await bed.ItemAsync("B", id)).Serial.ShouldBe(new SerialNumber(id, 1));
        await bed.ActAsync("B", "Approve");
        (await bed.ItemAsync("B", id)).Serial.ShouldBe(new SerialNumber(id, 2));
        await bed.ActAsync("B", "Approve");

        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }
}
