using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Scenarios;

/// <summary>The meaning of the plans for people: who has a task, when, and what their answer does to the others.</summary>
[TestFixture]
public sealed class TaskPlanScenarios
{
    private static readonly StaticDestinations Known = new()
    {
        { Destination.Role("R"), "B", "T", "J" },
        { Destination.Group("G"), "X", "Y", "Z" },
    };

    private static Task<WorkflowTestBed> CreateAsync(ProcessDefinition definition) =>
        WorkflowTestBed.CreateAsync(definition, options => options.DestinationResolver = Known);

    [Statement("4.5")]
    [TestCase(1)]
    [TestCase(3)]
    [TestCase(5)]
    public async Task D01_planned_once_everybody_sees_the_one_task(int people)
    {
        await using var bed = await CreateAsync(Worklists.Asking(activity => activity.Destinations(to => to.Users(Worklists.First(people)))
            .PlanJustOnce(Slots.PerDestination).Chooses()));

        var id = await bed.BeginAsync();

        foreach (var user in Worklists.First(people))
        {
            var item = await bed.ItemAsync(user, id);
            (item.Serial, item.SlotTotal, item.SlotsFree, item.Destination).ShouldBe((new SerialNumber(id, 1), people, people, Destination.User(user)));
        }

        (await bed.NamesAsync(id, JournalKind.EventStarted)).ShouldBe(["Decision"]);
        (await bed.ManagedAsync(id)).ShouldBe(Worklists.First(people).Select(user => $"{user} - Available"));
    }

    [Statement("4.5")]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(5)]
    public async Task D02_planned_per_destination_everybody_has_a_task_and_a_slot_of_their_own(int people)
    {
        await using var bed = await CreateAsync(Worklists.Asking(activity => activity.Each(people).Chooses()));

        var id = await bed.BeginAsync();

        for (var place = 0; place < people; place++)
        {
            var item = await bed.ItemAsync(Worklists.Users[place], id);
            (item.Serial, item.SlotTotal, item.SlotsFree).ShouldBe((new SerialNumber(id, place + 1), 1, 1));
        }

        (await bed.CountAsync(id, JournalKind.EventStarted)).ShouldBe(people);
        (await bed.ManagedAsync(id)).ShouldBe(Worklists.First(people).Select(user => $"{user} - Available"));
    }

    [Test]
    [Statement("4.4")]
    public async Task D04_the_members_of_a_group_that_is_resolved_have_a_task_each()
    {
        await using var bed = await CreateAsync(Worklists.Asking(activity => activity
            .Destinations(to => to.Users("A").Group("G").ResolvedToUsers())
            .PlanPerDestination(Slots.PerDestination).Chooses().SucceedingRule(Answers.AllGiven)));

        var id = await bed.BeginAsync();

        (await bed.StandingAsync(id, "A", "X", "Y", "Z")).ShouldBe("Av Av Av Av");
        foreach (var (user, number) in new[] { ("A", 1), ("X", 2), ("Y", 3), ("Z", 4) })
        {
            var item = await bed.ItemAsync(user, id);
            (item.Serial, item.Destination).ShouldBe((new SerialNumber(id, number), Destination.User(user)));
            await bed.ActAsync(user, "Approve");
        }

        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }

    [Statement("2.7")]
    [TestCase("B")]
    [TestCase("T")]
    [TestCase("J")]
    public async Task D07_a_member_answers_for_the_role_and_its_task_is_gone(string member)
    {
        await using var bed = await CreateAsync(Worklists.Deciding(activity => activity
            .Destinations(to => to.Role("R")).PlanPerDestination(Slots.Number(1)).Chooses().OutcomesFromActions()));
        var id = await bed.BeginAsync();
        (await bed.SeenByAsync(id, "B", "T", "J")).ShouldBe("BTJ");

        await bed.ActAsync(member, "Approve");

        (await bed.SeenByAsync(id, "B", "T", "J")).ShouldBe("");
        (await bed.OutcomesAsync(id)).ShouldBe(["Approve"]);
        (await bed.PathAsync(id)).ShouldBe("Decide Done");
        await bed.ShouldNotFindAsync(member, new SerialNumber(id, 1), WorklistItemEnd.Completed);
    }

    [Test]
    [Statement("2.7")]
    public async Task D08_two_of_two_slots_end_the_task_and_the_third_finds_it_gone()
    {
        await using var bed = await CreateAsync(Worklists.Deciding(activity => activity.Once(3, 2).Chooses().OutcomesFromActions()));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve");
        (await bed.PathAsync(id)).ShouldBe("Active: Decide");
        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("-- Av Av");
        await bed.ActAsync("C", "Approve");

        (await bed.OutcomesAsync(id)).ShouldBe(["Approve"]);
        (await bed.PathAsync(id)).ShouldBe("Decide Done");
        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("-- -- --");
        await bed.ShouldNotFindAsync("B", new SerialNumber(id, 1), WorklistItemEnd.Completed);
    }

    [Statement("2.5")]
    [TestCase("Approve", "Decide Done")]
    [TestCase("Reject", "Decide Refused")]
    public async Task D09_a_slot_for_everybody_waits_for_everybody_in_any_order(string action, string path)
    {
        await using var bed = await CreateAsync(Worklists.Deciding(activity => activity.Destinations(to => to.Users("A", "B", "C"))
            .PlanJustOnce(Slots.PerDestination).Chooses().OutcomesFromActions()));
        foreach (var order in Words.Orders(3))
        {
            var id = await bed.BeginAsync();
            var serial = new SerialNumber(id, 1);

            await bed.ActAsync(Worklists.Users[order[0]], serial, action);
            await bed.ActAsync(Worklists.Users[order[1]], serial, action);
            (await bed.PathAsync(id)).ShouldBe("Active: Decide");
            await bed.ActAsync(Worklists.Users[order[2]], serial, action);

            (await bed.PathAsync(id)).ShouldBe(path);
            (await bed.OutcomesAsync(id)).ShouldBe([action]);
        }
    }

    [Test]
    [Statement("3.2")]
    [Statement("4.5")]
    public async Task D13_in_turn_one_after_the_other_has_the_task_and_the_outcome_comes_after_the_last()
    {
        await using var bed = await CreateAsync(Worklists.Deciding(activity => activity.InTurn(3).Chooses().OutcomesFromActions()));
        var id = await bed.BeginAsync();

        (await bed.SeenByAsync(id)).ShouldBe("A");
        await bed.ActAsync("A", "Approve");
        (await bed.SeenByAsync(id)).ShouldBe("B");
        await bed.ActAsync("B", "Approve");
        (await bed.SeenByAsync(id)).ShouldBe("C");
        (await bed.OutcomesAsync(id)).ShouldBeEmpty();
        await bed.ActAsync("C", "Approve");

        (await bed.OutcomesAsync(id)).ShouldBe(["Approve"]);
        (await bed.PathAsync(id)).ShouldBe("Decide Done");
        (await bed.DestinationsOfAsync(id, JournalKind.DestinationCompleted)).ShouldBe([1, 2, 3]);
    }

    [Test]
    [Statement("3.2")]
    public async Task D13_in_turn_the_rule_is_asked_once_after_the_last([Range(1, 5)] int people)
    {
        var asked = 0;
        var rule = Rule.Named("Count", _ => ++asked > 0);
        await using var bed = await CreateAsync(Worklists.Asking(activity => activity.InTurn(people).Chooses().SucceedingRule(rule)));
        var id = await bed.BeginAsync();

        foreach (var user in Worklists.First(people))
        {
            asked.ShouldBe(0);
            (await bed.SeenByAsync(id)).ShouldBe(user);
            await bed.ActAsync(user, "Approve");
        }

        asked.ShouldBe(1);
        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }

    [Test]
    [Statement("1.14")]
    [Statement("4.11")]
    public async Task D15_in_turn_the_same_user_may_have_two_turns()
    {
        await using var bed = await CreateAsync(Worklists.Deciding(activity => activity
            .Destinations(to => to.Users("A", "B", "A")).PlanPerDestinationInTurn().Chooses().OutcomesFromActions()));
        var id = await bed.BeginAsync();

        foreach (var (user, number) in new[] { ("A", 1), ("B", 2), ("A", 3) })
        {
            (await bed.SeenByAsync(id)).ShouldBe(user);
            (await bed.ItemAsync(user, id)).Serial.ShouldBe(new SerialNumber(id, number));
            await bed.ActAsync(user, "Approve");
        }

        (await bed.PathAsync(id)).ShouldBe("Decide Done");
        var acted = (await bed.HistoryAsync(id)).Where(fact => fact.Kind is JournalKind.SlotCompleted).Select(fact => $"{fact.User} {fact.Destination}");
        acted.ShouldBe(["A 1", "B 2", "A 3"]);
    }

    [Test]
    [Statement("4.5")]
    [Statement("3.9")]
    public async Task D20_events_around_the_task_run_for_each_as_they_come_and_go()
    {
        var mails = new List<string>();
        await using var bed = await CreateAsync(Worklists.Asking(activity => activity
            .Each(2).Logs("Before", mails).Chooses().Logs("After", mails).SucceedingRule(Answers.AllGiven)));
        var id = await bed.BeginAsync();
        mails.ShouldBe([$"Ask/Before {id}_1", $"Ask/Before {id}_2"]);

        await bed.ActAsync("B", "Approve");

        mails.Skip(2).ShouldBe([$"Ask/After {id}_2"]);
        (await bed.StandingAsync(id, "A", "B")).ShouldBe("Av --");
        (await bed.PathAsync(id)).ShouldBe("Active: Ask");
        await bed.ActAsync("A", "Approve");
        mails.Skip(3).ShouldBe([$"Ask/After {id}_1"]);
        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }

    [Statement("4.5")]
    [TestCase(1, 1)]
    [TestCase(3, 3)]
    public async Task D20_planned_once_the_events_around_the_task_run_once(int people, int slots)
    {
        var mails = new List<string>();
        await using var bed = await CreateAsync(Worklists.Asking(activity => activity
            .Once(people, slots).Logs("Before", mails).Chooses().Logs("After", mails)));
        var id = await bed.BeginAsync();
        mails.ShouldBe([$"Ask/Before {id}_1"]);

        foreach (var user in Worklists.First(slots))
        {
            mails.Count.ShouldBe(1);
            await bed.ActAsync(user, "Approve");
        }

        mails.ShouldBe([$"Ask/Before {id}_1", $"Ask/After {id}_1"]);
    }

    [Statement("4.6")]
    [TestCase(3, 1)]
    [TestCase(3, 2)]
    [TestCase(5, 4)]
    public async Task D13_in_turn_with_fewer_slots_the_turns_end_with_the_slots(int people, int slots)
    {
        await using var bed = await CreateAsync(Worklists.Deciding(activity => activity.InTurn(people, slots).Chooses().OutcomesFromActions()));
        var id = await bed.BeginAsync();

        foreach (var user in Worklists.First(slots))
        {
            await bed.ActAsync(user, "Approve");
        }

        (await bed.PathAsync(id)).ShouldBe("Decide Done");
        (await bed.DestinationsOfAsync(id, JournalKind.DestinationCreated)).Length.ShouldBe(slots);
    }
}
