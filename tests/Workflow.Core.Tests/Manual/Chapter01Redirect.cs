using Workflow.Core.Client;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>A user gives their item to another.</summary>
[TestFixture]
public sealed class Chapter01Redirect
{
    private static Task<WorkflowTestBed> OnceAsync(int people, int slots) =>
        WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Once(people, slots).Chooses()));

    [Test]
    [Statement("1.11")]
    public async Task The_other_becomes_a_destination_and_the_user_ceases_to_be_one()
    {
        await using var bed = await OnceAsync(3, 2);
        var id = await bed.BeginAsync();

        await bed.RedirectAsync("A", id, "D");

        (await bed.StandingAsync(id)).ShouldBe("-- Av Av Av --");
        var destination = (await bed.ActiveAsync(id, "Ask")).Destinations.ShouldHaveSingleItem();
        destination.Destinations.Select(one => one.Name).ShouldBe(["B", "C", "D"], ignoreOrder: true);
        destination.SlotCount.ShouldBe(2);
        (await bed.ManagedAsync(id)).ShouldBe(["B - Available", "C - Available", "D - Available"], ignoreOrder: true);
        (await bed.CountAsync(id, JournalKind.EventStarted)).ShouldBe(1);
    }

    [Test]
    [Statement("1.11")]
    public async Task A_user_who_has_redirected_finds_nothing_any_more()
    {
        await using var bed = await OnceAsync(3, 2);
        var id = await bed.BeginAsync();

        await bed.RedirectAsync("A", id, "D");

        await bed.ShouldRefuseAsync<WorklistItemNotFoundException>(id, () => bed.OpenAsync("A", new SerialNumber(id, 1)));
        await bed.ShouldRefuseAsync<WorklistItemNotFoundException>(id, () => bed.ActAsync("A", new SerialNumber(id, 1), "Approve"));
    }

    [Test]
    [Statement("1.11")]
    public async Task The_slot_of_an_open_item_is_free_for_the_new_user_and_for_the_others()
    {
        await using var bed = await OnceAsync(3, 2);
        var id = await bed.BeginAsync();
        await bed.OpenAsync("A", new SerialNumber(id, 1));
        await bed.OpenAsync("B", new SerialNumber(id, 1));
        (await bed.StandingAsync(id)).ShouldBe("Op Op Al -- --");

        await bed.RedirectAsync("A", id, "D");

        (await bed.StandingAsync(id)).ShouldBe("-- Op Av Av --");
        await bed.OpenAsync("C", new SerialNumber(id, 1));
        (await bed.StandingAsync(id)).ShouldBe("-- Op Op Al --");
    }

    [Test]
    [Statement("1.11")]
    public async Task The_history_tells_who_redirected_and_who_acted()
    {
        await using var bed = await OnceAsync(1, 1);
        var id = await bed.BeginAsync();

        await bed.RedirectAsync("A", id, "D");
        await bed.ActAsync("D", "Approve");

        var history = await bed.HistoryAsync(id);
        var redirected = history.Single(fact => fact.Kind is JournalKind.Redirected);
        (redirected.Name, redirected.Detail, redirected.User, redirected.Destination).ShouldBe(("D", "user A", "A", 1));
        var completed = history.Single(fact => fact.Kind is JournalKind.SlotCompleted);
        (completed.Name, completed.User, completed.Detail).ShouldBe(("Approve", "D", null));
        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }

    [Test]
    [Statement("1.11")]
    public async Task A_redirected_task_can_be_redirected_on_and_back()
    {
        await using var bed = await OnceAsync(1, 1);
        var id = await bed.BeginAsync();

        await bed.RedirectAsync("A", id, "D");
        await bed.RedirectAsync("D", id, "E");
        (await bed.StandingAsync(id)).ShouldBe("-- -- -- -- Av");
        await bed.RedirectAsync("E", id, "A");

        (await bed.StandingAsync(id)).ShouldBe("Av -- -- -- --");
        await bed.ActAsync("A", "Approve");
        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }

    [Statement("1.11")]
    [TestCase("")]
    [TestCase(" ")]
    [TestCase("\t\n")]
    public async Task To_nobody_is_a_mistake_of_the_caller(string nobody)
    {
        await using var bed = await OnceAsync(2, 1);
        var id = await bed.BeginAsync();
        var item = await bed.OpenAsync("A", new SerialNumber(id, 1));

        await bed.ShouldRefuseAsync<ArgumentException>(id, async () => await item.RedirectAsync(nobody));
        await bed.ShouldRefuseAsync<ArgumentException>(id, async () => await bed.Boss().RedirectAsync(item.Serial, Destination.User("A"), nobody));
    }

    [Statement("1.11")]
    [TestCase("A")]
    [TestCase("a")]
    [TestCase("B")]
    [TestCase("b")]
    public async Task To_oneself_or_to_one_who_has_it_already_is_refused(string user)
    {
        await using var bed = await OnceAsync(2, 1);
        var id = await bed.BeginAsync();
        var item = await bed.ItemAsync("A", id);

        (await bed.ShouldRefuseAsync<WorklistItemRefusedException>(id, async () => await item.RedirectAsync(user))).Serial.ShouldBe(item.Serial);
        await bed.ShouldRefuseAsync<WorklistItemRefusedException>(id, async () => await bed.Boss().RedirectAsync(item.Serial, Destination.User("A"), user));
    }

    [Test]
    [Statement("1.11")]
    public async Task Once_the_part_is_done_it_cannot_be_given_away()
    {
        await using var bed = await OnceAsync(3, 2);
        var id = await bed.BeginAsync();
        var item = await bed.ItemAsync("A", id);
        await item.ExecuteAsync("Approve");

        var refusal = await bed.ShouldRefuseAsync<WorkflowException>(id, async () => await item.RedirectAsync("D"));
        (refusal is WorklistItemRefusedException or WorklistItemNotFoundException).ShouldBeTrue(refusal.ToString());
        await bed.ShouldRefuseAsync<WorklistItemRefusedException>(id, async () => await bed.Boss().RedirectAsync(item.Serial, Destination.User("A"), "D"));
    }

    [Test]
    [Statement("1.11")]
    public async Task A_member_of_a_role_leaves_it_for_this_task_and_the_others_stay()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Asking(activity => activity.Destinations(to => to.Role("R")).PlanJustOnce().Chooses()),
            options => options.DestinationResolver = new StaticDestinations { { Destination.Role("R"), "B", "T", "J" } });
        var first = await bed.BeginAsync();
        var second = await bed.BeginAsync();

        await bed.RedirectAsync("B", first, "D");

        (await bed.StandingAsync(first, "B", "T", "J", "D")).ShouldBe("-- Av Av Av");
        (await bed.StandingAsync(second, "B", "T", "J", "D")).ShouldBe("Av Av Av --");
        (await bed.ItemAsync("D", first)).Destination.ShouldBe(Destination.User("D"));
        await bed.OpenAsync("D", new SerialNumber(first, 1));
        (await bed.StandingAsync(first, "B", "T", "J", "D")).ShouldBe("-- Al Al Op");
    }

    [Test]
    [Statement("1.11")]
    public async Task Planned_per_destination_only_the_own_task_moves()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Deciding(activity => activity.Each(3).Chooses().OutcomesFromActions()));
        var id = await bed.BeginAsync();

        await bed.RedirectAsync("B", id, "C");

        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("Av -- Av/Av");
        (await bed.ItemsAsync("C", id)).Select(item => item.Serial).ShouldBe([new SerialNumber(id, 2), new SerialNumber(id, 3)]);
        foreach (var (user, number) in new[] { ("A", 1), ("C", 3), ("C", 2) })
        {
            await bed.ActAsync(user, new SerialNumber(id, number), "Approve");
        }

        (await bed.PathAsync(id)).ShouldBe("Decide Done");
    }

    [Test]
    [Statement("1.11")]
    public async Task In_turn_the_task_of_the_moment_moves_and_the_next_comes_as_planned()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Deciding(activity => activity.InTurn(2).Chooses().OutcomesFromActions()));
        var id = await bed.BeginAsync();

        await bed.RedirectAsync("A", id, "D");
        await bed.ActAsync("D", "Approve");

        (await bed.StandingAsync(id, "A", "B", "D")).ShouldBe("-- Av --");
    }

    [Test]
    [Statement("1.11")]
    public async Task A_saved_answer_stays_with_the_task()
    {
        var form = new DestinationField<int>("Form", initial: 0);
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Fields(form).Once(1, 1).Chooses()));
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", "Save", answer => answer.Set(form, 7));

        await bed.RedirectAsync("A", id, "D");

        (await bed.ItemAsync("D", id)).Get(form).ShouldBe(7);
    }
}
