using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Shows what slot functions read of people, and what ends a task or an activity that has no rule.</summary>
[TestFixture]
public sealed class Chapter00People
{
    private static readonly DestinationField<int> Score = new("Score", initial: 1);

    private static Task<WorkflowTestBed> CreateAsync(Func<ActivityBuilder, ActivityBuilder> plan, Rule rule) => WorkflowTestBed.CreateAsync(
        Worklists.Deciding(activity => plan(activity.Fields(Score)).Chooses().Outcome("Approve", when: rule)),
        options => options.DestinationResolver = new StaticDestinations { { Destination.Role("R"), "B", "T", "J" } });

    [Test]
    [Statement("0.1")]
    public async Task Planned_once_all_reads_the_initial_value_of_users_without_an_answer_and_not_the_last_answer()
    {
        await using var bed = await CreateAsync(activity => activity.Once(3, 3), Answers.All.Satisfy(Score >= 5));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve", answer => answer.Set(Score, 5));
        (await bed.PathAsync(id)).ShouldBe("Active: Decide", "B and C hold 1, though the destination holds 5");
        await bed.ActAsync("B", "Approve", answer => answer.Set(Score, 6));
        (await bed.PathAsync(id)).ShouldBe("Active: Decide");
        await bed.ActAsync("C", "Approve", answer => answer.Set(Score, 7));

        (await bed.PathAsync(id)).ShouldBe("Decide Done");
    }

    [Test]
    [Statement("0.1")]
    public async Task Planned_once_all_is_true_at_once_when_the_others_begin_with_what_is_wanted()
    {
        await using var bed = await CreateAsync(activity => activity.Once(3, 3), Answers.All.Satisfy(Score >= 1));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve");

        (await bed.PathAsync(id)).ShouldBe("Decide Done");
    }

    [Test]
    [Statement("0.1")]
    public async Task Planned_once_one_bad_answer_is_not_hidden_by_a_later_good_one()
    {
        await using var bed = await CreateAsync(activity => activity.Once(2, 2), Answers.All.Satisfy(Score >= 1));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve", answer => answer.Set(Score, 0));
        (await bed.PathAsync(id)).ShouldBe("Active: Decide");
        await bed.ActAsync("B", "Approve", answer => answer.Set(Score, 9));

        (await bed.PathAsync(id)).ShouldBe("Active: Decide");
        (await bed.CountAsync(id, JournalKind.ActivityStalled)).ShouldBe(1);
    }

    [Test]
    [Statement("0.1")]
    public async Task A_saved_answer_counts_while_its_slot_is_held()
    {
        await using var bed = await CreateAsync(activity => activity.Once(2, 2), Answers.All.Satisfy(Score >= 5));
        var id = await bed.BeginAsync();
        await bed.ActAsync("B", "Save", answer => answer.Set(Score, 5));

        await bed.ActAsync("A", "Approve", answer => answer.Set(Score, 8));

        (await bed.PathAsync(id)).ShouldBe("Decide Done");
    }

    [Test]
    [Statement("0.1")]
    [Statement("1.9")]
    public async Task A_saved_and_released_answer_counts_per_destination_but_not_when_planned_once([Values] bool once)
    {
        await using var bed = await CreateAsync(activity => once ? activity.Once(2, 2) : activity.Each(2), Answers.All.Satisfy(Score >= 5));
        var id = await bed.BeginAsync();
        await bed.ActAsync("B", "Save", answer => answer.Set(Score, 5));
        await bed.ReleaseAsync("B", id);

        await bed.ActAsync("A", "Approve", answer => answer.Set(Score, 8));

        (await bed.PathAsync(id)).ShouldBe(once ? "Active: Decide" : "Decide Done");
    }

    [Test]
    [Statement("0.1")]
    public async Task A_delegate_stands_for_the_one_for_whom_they_act()
    {
        await using var bed = await CreateAsync(activity => activity.Once(2, 2), Answers.All == "Approve");
        var id = await bed.BeginAsync();
        await bed.DelegateAsync("A", id, "D");

        await bed.ActAsync("D", "Approve");
        (await bed.PathAsync(id)).ShouldBe("Active: Decide");
        await bed.ActAsync("B", "Approve");

        (await bed.PathAsync(id)).ShouldBe("Decide Done");
    }

    [Test]
    [Statement("0.1")]
    public async Task A_role_satisfies_all_when_a_member_answered_and_all_members_who_hold_slots_did()
    {
        await using var bed = await CreateAsync(
            activity => activity.Destinations(to => to.Users("A").Role("R")).PlanJustOnce(Slots.Number(4)), Answers.All == "Approve");
        var (one, two) = (await bed.BeginAsync(), await bed.BeginAsync());

        await bed.ActAsync("A", new SerialNumber(one, 1), "Approve");
        (await bed.PathAsync(one)).ShouldBe("Active: Decide");
        await bed.ActAsync("B", new SerialNumber(one, 1), "Approve");
        (await bed.PathAsync(one)).ShouldBe("Decide Done");

        await bed.OpenAsync("T", new SerialNumber(two, 1));
        await bed.ActAsync("B", new SerialNumber(two, 1), "Approve");
        await bed.ActAsync("A", new SerialNumber(two, 1), "Approve");
        (await bed.PathAsync(two)).ShouldBe("Active: Decide", "T holds a slot and has not approved");
        await bed.ActAsync("T", new SerialNumber(two, 1), "Approve");
        (await bed.PathAsync(two)).ShouldBe("Decide Done");
    }

    [Test]
    [Statement("0.1")]
    public async Task All_slots_asks_every_planned_slot_and_all_completed_the_completed_ones([Values] bool once)
    {
        await using var slots = await CreateAsync(activity => once ? activity.Once(3, 2) : activity.Each(3, 2), Answers.AllSlots.Satisfy(Score >= 5));
        await using var completed = await CreateAsync(activity => once ? activity.Once(3, 2) : activity.Each(3, 2), Answers.AllCompleted.Satisfy(Score >= 5));
        var (first, second) = (await slots.BeginAsync(), await completed.BeginAsync());

        await slots.ActAsync("B", "Approve", answer => answer.Set(Score, 5));
        await completed.ActAsync("B", "Approve", answer => answer.Set(Score, 5));

        (await slots.PathAsync(first)).ShouldBe("Active: Decide");
        (await completed.PathAsync(second)).ShouldBe("Decide Done");
        await slots.ActAsync("C", "Approve", answer => answer.Set(Score, 5));
        (await slots.PathAsync(first)).ShouldBe("Decide Done");
    }

    [Test]
    [Statement("0.2")]
    public async Task Without_a_rule_a_task_planned_once_needs_as_many_answers_as_slots([Range(1, 4)] int slots)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Once(5, slots).Chooses()));
        var id = await bed.BeginAsync();

        for (var place = 0; place < slots; place++)
        {
            (await bed.PathAsync(id)).ShouldBe("Active: Ask");
            await bed.ActAsync(Worklists.Users[place], place % 2 == 0 ? "Approve" : "Reject");
        }

        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }

    [Test]
    [Statement("0.2")]
    public async Task Without_a_rule_all_at_once_ends_at_the_first_and_in_turn_at_the_last([Range(1, 4)] int people)
    {
        await using var atOnce = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Each(people).Chooses()));
        await using var inTurn = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.InTurn(people).Chooses()));
        var (first, second) = (await atOnce.BeginAsync(), await inTurn.BeginAsync());

        await atOnce.ActAsync(Worklists.Users[people - 1], "Approve");
        (await atOnce.PathAsync(first)).ShouldBe("Ask After");
        foreach (var user in Worklists.First(people))
        {
            (await inTurn.PathAsync(second)).ShouldBe("Active: Ask");
            await inTurn.ActAsync(user, "Approve");
        }

        (await inTurn.PathAsync(second)).ShouldBe("Ask After");
    }

    [Test]
    [Statement("0.2")]
    public async Task Planned_once_an_activity_rule_is_asked_only_when_the_task_has_completed()
    {
        var asked = 0;
        var rule = Rule.Named("Count", _ => ++asked > 0);
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Once(3, 3).Chooses().SucceedingRule(rule)));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve");
        await bed.ActAsync("B", "Approve");
        (asked, await bed.PathAsync(id)).ShouldBe((0, "Active: Ask"));
        await bed.ActAsync("C", "Approve");

        (asked, await bed.PathAsync(id)).ShouldBe((1, "Ask After"));
    }

    [Test]
    [Statement("0.2")]
    public async Task Planned_once_an_event_rule_can_end_it_earlier()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Asking(activity => activity.Once(3, 3).Chooses(more: task => task.SucceedingRule(Answers.AtLeast(1) == "Reject"))));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve");
        (await bed.PathAsync(id)).ShouldBe("Active: Ask");
        await bed.ActAsync("B", "Reject");

        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }
}
