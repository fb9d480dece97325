using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Scenarios;

/// <summary>Slots: who takes them, who gives them back, and what the others see of it.</summary>
[TestFixture]
public sealed class WorklistScenarios
{
    private static Task<WorkflowTestBed> OnceAsync(int people, int slots) =>
        WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Once(people, slots).Chooses()));

    [Test]
    [Statement("1.7")]
    public async Task W01_the_third_of_three_slots_leaves_none_for_the_others()
    {
        await using var bed = await OnceAsync(5, 3);
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);

        await bed.OpenAsync("A", serial);
        (await bed.StandingAsync(id)).ShouldBe("Op Av Av Av Av");
        await bed.OpenAsync("C", serial);
        (await bed.StandingAsync(id)).ShouldBe("Op Av Op Av Av");
        await bed.OpenAsync("B", serial);
        (await bed.StandingAsync(id)).ShouldBe("Op Op Op Al Al");

        await bed.ShouldNotFindAsync("D", serial, WorklistItemEnd.NoSlotLeft);
    }

    [Test]
    [Statement("1.6")]
    [Statement("1.7")]
    public async Task W01_the_first_users_take_the_slots([Range(1, 4)] int slots)
    {
        await using var bed = await OnceAsync(4, slots);
        foreach (var order in Words.Orders(4))
        {
            var id = await bed.BeginAsync();
            for (var taken = 1; taken <= slots; taken++)
            {
                await bed.OpenAsync(Worklists.Users[order[taken - 1]], new SerialNumber(id, 1));

                var left = taken < slots ? "Av" : "Al";
                var expected = Enumerable.Range(0, 4).Select(place => order.Take(taken).Contains(place) ? "Op" : left);
                (await bed.StandingAsync(id, Worklists.First(4))).ShouldBe(string.Join(' ', expected));
            }
        }
    }

    [Test]
    [Statement("4.6")]
    public async Task W01_slots_run_out_too_when_everybody_has_a_task_of_their_own()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Each(5, slots: 3).Chooses()));
        var id = await bed.BeginAsync();

        await bed.OpenAsync("A", new SerialNumber(id, 1));
        (await bed.StandingAsync(id)).ShouldBe("Op Av Av Av Av");
        await bed.OpenAsync("C", new SerialNumber(id, 3));
        await bed.OpenAsync("B", new SerialNumber(id, 2));

        (await bed.StandingAsync(id)).ShouldBe("Op Op Op Al Al");
        await bed.ShouldNotFindAsync("E", new SerialNumber(id, 5), WorklistItemEnd.NoSlotLeft);
    }

    [Statement("1.5")]
    [TestCase("A", "Open Allocated Allocated Allocated Allocated")]
    [TestCase("C", "Allocated Allocated Open Allocated Allocated")]
    [TestCase("E", "Allocated Allocated Allocated Allocated Open")]
    public async Task W02_one_slot_is_for_the_first_and_only_the_administrator_sees_the_others(string first, string statuses)
    {
        await using var bed = await OnceAsync(5, 1);
        var id = await bed.BeginAsync();
        (await bed.SeenByAsync(id)).ShouldBe("ABCDE");

        await bed.OpenAsync(first, new SerialNumber(id, 1));

        (await bed.SeenByAsync(id)).ShouldBe(first);
        var expected = Worklists.Users.Zip(statuses.Split(' ')).Select(one => $"{one.First} {(one.First == first ? first : "-")} {one.Second}");
        (await bed.ManagedAsync(id)).ShouldBe(expected);
    }

    [Test]
    [Statement("1.9")]
    public async Task W03_a_released_slot_is_there_for_everybody_and_cannot_be_released_again()
    {
        await using var bed = await OnceAsync(5, 1);
        var id = await bed.BeginAsync();
        var opened = await bed.OpenAsync("A", new SerialNumber(id, 1));
        opened.SlotsFree.ShouldBe(0);

        await opened.ReleaseAsync();

        (await bed.StandingAsync(id)).ShouldBe("Av Av Av Av Av");
        (await bed.ItemAsync("A", id)).SlotsFree.ShouldBe(1);
        (await bed.ItemAsync("A", id)).SlotTotal.ShouldBe(1);
        (await bed.ShouldRefuseAsync<WorklistItemRefusedException>(id, async () => await opened.ReleaseAsync())).Serial.ShouldBe(opened.Serial);
    }

    [Statement("1.9")]
    [TestCase(3, 2, "Av Op Av")]
    [TestCase(3, 3, "Av Op Op")]
    [TestCase(2, 1, "Av Av")]
    public async Task W03_a_user_who_releases_gives_back_their_own_slot_only(int people, int slots, string expected)
    {
        await using var bed = await OnceAsync(people, slots);
        var id = await bed.BeginAsync();
        foreach (var user in Worklists.First(slots))
        {
            await bed.OpenAsync(user, new SerialNumber(id, 1));
        }

        await bed.ReleaseAsync("A", id);

        (await bed.StandingAsync(id, Worklists.First(people))).ShouldBe(expected);
    }

    [Test]
    [Statement("1.9")]
    public async Task W03_a_shared_slot_is_given_back_when_everybody_has_a_task_of_their_own()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Each(3, slots: 1).Chooses()));
        var id = await bed.BeginAsync();
        await bed.OpenAsync("B", new SerialNumber(id, 2));
        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("Al Op Al");

        await bed.ReleaseAsync("B", id);

        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("Av Av Av");
    }

    [Test]
    [Statement("1.9")]
    [Statement("2.7")]
    public async Task W05_the_second_approval_may_come_from_either_of_the_others()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Deciding(activity => activity.Once(3, 2).Chooses().Outcome("Approve", when: Answers.AtLeast(2) == "Approve")));
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);

        await bed.OpenAsync("A", serial);
        await bed.ActAsync("A", serial, "Approve");
        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("-- Av Av");
        await bed.OpenAsync("B", serial);
        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("-- Op Al");
        await bed.ReleaseAsync("B", id);
        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("-- Av Av");
        await bed.OpenAsync("C", serial);
        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("-- Al Op");
        await bed.ActAsync("C", serial, "Approve");

        (await bed.OutcomesAsync(id)).ShouldBe(["Approve"]);
        (await bed.PathAsync(id)).ShouldBe("Decide Done");
        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("-- -- --");
    }

    [Test]
    [Statement("1.11")]
    public async Task W07_an_administrator_can_redirect_an_open_item_and_keep_it_open()
    {
        await using var bed = await OnceAsync(1, 1);
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);
        await bed.OpenAsync("A", serial);

        await bed.Boss().RedirectAsync(serial, Destination.User("A"), "D", keepOpen: true);

        (await bed.StandingAsync(id, "A", "D")).ShouldBe("-- Op");
        (await bed.ManagedAsync(id)).ShouldBe(["D D Open"]);
        (await bed.ItemAsync("D", id)).SlotTotal.ShouldBe(1);
        await bed.ActAsync("D", "Approve");
        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }

    [Statement("1.11")]
    [TestCase(true, "-- Op Al Op")]
    [TestCase(false, "-- Op Av Av")]
    public async Task W07_beside_others_the_slot_goes_with_the_item_only_when_it_is_kept_open(bool keepOpen, string expected)
    {
        await using var bed = await OnceAsync(3, 2);
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);
        await bed.OpenAsync("A", serial);
        await bed.OpenAsync("B", serial);

        await bed.Boss().RedirectAsync(serial, Destination.User("A"), "D", keepOpen);

        (await bed.StandingAsync(id, "A", "B", "C", "D")).ShouldBe(expected);
        (await bed.ItemAsync("D", id)).SlotTotal.ShouldBe(2);
    }

    [Test]
    [Statement("1.8")]
    public async Task W11_a_stranger_has_no_access_and_takes_nothing_from_the_destinations()
    {
        await using var bed = await OnceAsync(1, 1);
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);

        var denial = await bed.ShouldRefuseAsync<WorklistAccessDeniedException>(id, () => bed.OpenAsync("Z", serial));
        await bed.ShouldRefuseAsync<WorklistAccessDeniedException>(id, () => bed.ActAsync("Z", serial, "Approve"));

        (denial.User, denial.Serial).ShouldBe(("Z", serial));
        denial.Message.ShouldContain("24411");
        (await bed.StandingAsync(id, "A", "Z")).ShouldBe("Av --");
    }
}
