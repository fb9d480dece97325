using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter04Destinations
{
    private static readonly ProcessField<int> Copies = new("Copies", initial: 2);

    /// <code>
    /// ► Work (planned and staffed as told) ──► After ──►
    /// </code>
    private static ProcessDefinition Working(Action<ActivityBuilder> plan) => ProcessDefinition.Define("Working", process =>
    {
        process.OpenToAll().Fields(Copies);
        var work = process.Activity("Work", plan);
        process.StartsWith(work);
        work.To(process.Activity("After"));
    });

    private static ProcessDefinition AllAtOnce(int people, Action<ActivityBuilder> more, SlotAllocation? slots = null) => Working(activity =>
        more(activity.PlanPerDestination(slots).Destinations(to => to.Users(People.First(people)))));

    private static ProcessDefinition InTurn(int people, Action<ActivityBuilder> more, SlotAllocation? slots = null) => Working(activity =>
        more(activity.PlanPerDestinationInTurn(slots).Destinations(to => to.Users(People.First(people)))));

    [Test]
    [Statement("4.3")]
    public async Task Without_a_slot_setting_plan_just_once_has_one_slot_whomever_it_is_for([Range(1, 5)] int people)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Working(activity => activity
            .Destinations(to => to.Users(People.First(people))).Waits()));

        var work = await bed.ActiveAsync(await bed.BeginAsync());

        work.SlotTotal.ShouldBe(1);
        var only = work.Destinations.ShouldHaveSingleItem();
        only.SlotCount.ShouldBe(1);
        only.Destinations.Select(one => one.Name).ShouldBe(People.First(people));
    }

    [Test]
    [Statement("4.3")]
    public async Task Without_a_slot_setting_the_plans_per_destination_have_a_slot_for_each([Range(1, 5)] int people, [Values] bool inTurn)
    {
        var definition = inTurn ? InTurn(people, work => work.Waits()) : AllAtOnce(people, work => work.Waits());
        await using var bed = await WorkflowTestBed.CreateAsync(definition);

        var work = await bed.ActiveAsync(await bed.BeginAsync());

        work.SlotTotal.ShouldBe(people);
        work.Destinations.ShouldAllBe(destination => destination.SlotCount == 1);
        work.Names().ShouldBe(People.First(inTurn ? 1 : people));
    }

    [Test]
    [Statement("4.4")]
    public async Task A_destination_of_its_own_has_one_slot_and_the_total_is_the_number_of_slots(
        [Range(1, 4)] int people, [Values(1, 2, 3, 7)] int slots, [Values] bool isCounted)
    {
        var allocation = isCounted ? Slots.Number(Copies) : Slots.Number(slots);
        await using var bed = await WorkflowTestBed.CreateAsync(AllAtOnce(people, work => work.Waits(), allocation));

        var work = await bed.ActiveAsync(await bed.BeginAsync(start => start.Set(Copies, slots)));

        work.SlotTotal.ShouldBe(slots);
        work.Names().ShouldBe(People.First(people), "all are planned, whether there is a slot for them or not");
        work.Destinations.ShouldAllBe(destination => destination.SlotCount == 1);
        (await bed.ServerItemsAsync(new(1))).Count.ShouldBe(people);
    }

    [Test]
    [Statement("4.6")]
    public async Task In_turn_nobody_is_planned_any_more_once_the_slots_are_completed([Range(1, 5)] int people, [Range(1, 6)] int slots)
    {
        var turns = Math.Min(people, slots);
        var asked = 0;
        var rule = Rule.Named("counted", _ => ++asked > 0);
        await using var bed = await WorkflowTestBed.CreateAsync(InTurn(people, work => work.Waits().SucceedingRule(rule), Slots.Number(slots)));
        var id = await bed.BeginAsync();

        for (var turn = 1; turn <= turns; turn++)
        {
            asked.ShouldBe(0);
            (await bed.ActiveAsync(id)).SlotTotal.ShouldBe(slots);
            await bed.FinishAsync(new SerialNumber(id, turn));
        }

        asked.ShouldBe(1, "as if the last had completed");
        (await bed.DestinationsOfAsync(id, JournalKind.DestinationCreated)).ShouldBe(Enumerable.Range(1, turns));
        (await bed.CompletedAsync(id)).ShouldBe(["Work", "After"]);
    }

    [Statement("0.2")]
    [Statement("3.12")]
    [TestCase(2, 1)]
    [TestCase(2, 2)]
    [TestCase(3, 2)]
    [TestCase(5, 1)]
    [TestCase(5, 5)]
    public async Task All_at_once_without_a_rule_ends_at_the_first_and_the_others_expire(int people, int first)
    {
        var called = new List<string>();
        await using var bed = await WorkflowTestBed.CreateAsync(AllAtOnce(people, work => work.Waits().Logs("Afterwards", called)));
        var id = await bed.BeginAsync();

        await bed.FinishAsync(new SerialNumber(id, first));

        var others = Enumerable.Range(1, people).Where(number => number != first).ToArray();
        called.ShouldBe([$"Work/Afterwards {id}_{first}"], "no further event of the others runs");
        (await bed.DestinationsOfAsync(id, JournalKind.DestinationCompleted)).ShouldBe([first]);
        (await bed.DestinationsOfAsync(id, JournalKind.DestinationExpired)).ShouldBe(others);
        (await bed.DestinationsOfAsync(id, JournalKind.EventExpired)).ShouldBe(others);
        (await bed.CompletedAsync(id)).ShouldBe(["Work", "After"]);
        await Should.ThrowAsync<ServerItemExpiredException>(() => bed.FinishAsync(new SerialNumber(id, others[0])));
    }

    [Test]
    [Statement("0.2")]
    public async Task In_turn_without_a_rule_the_last_ends_it([Range(1, 5)] int people)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(InTurn(people, work => work.Waits()));
        var id = await bed.BeginAsync();

        for (var turn = 1; turn <= people; turn++)
        {
            (await bed.CompletedAsync(id)).ShouldBeEmpty();
            await bed.FinishAsync(new SerialNumber(id, turn));
        }

        (await bed.DestinationsOfAsync(id, JournalKind.DestinationCompleted)).ShouldBe(Enumerable.Range(1, people));
        (await bed.CountAsync(id, JournalKind.DestinationExpired)).ShouldBe(0);
        (await bed.CompletedAsync(id)).ShouldBe(["Work", "After"]);
    }

    [Test]
    [Statement("4.5")]
    public async Task Events_before_and_after_the_waiting_one_run_for_each_destination()
    {
        var called = new List<string>();
        await using var bed = await WorkflowTestBed.CreateAsync(AllAtOnce(3, work => work
            .Logs("Before", called).Waits().Logs("Behind", called).SucceedingRule(Answers.AllGiven)));
        var id = await bed.BeginAsync();
        called.ShouldBe([$"Work/Before {id}_1", $"Work/Before {id}_2", $"Work/Before {id}_3"]);

        foreach (var destination in new[] { 2, 3, 1 })
        {
            called.Clear();
            await bed.FinishAsync(new SerialNumber(id, destination));
            called.ShouldBe([$"Work/Behind {id}_{destination}"]);
        }

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("4.5")]
    public async Task In_turn_all_events_of_one_come_before_the_first_of_the_next()
    {
        var called = new List<string>();
        await using var bed = await WorkflowTestBed.CreateAsync(InTurn(2, work => work.Logs("Before", called).Waits().Logs("Behind", called)));
        var id = await bed.BeginAsync();
        called.ShouldBe([$"Work/Before {id}_1"]);

        await bed.FinishAsync(new SerialNumber(id, 1));
        called.ShouldBe([$"Work/Before {id}_1", $"Work/Behind {id}_1", $"Work/Before {id}_2"]);

        await bed.FinishAsync(new SerialNumber(id, 2));
        called[3..].ShouldBe([$"Work/Behind {id}_2"]);
    }

    [Statement("3.12")]
    [TestCase(false, "1")]
    [TestCase(true, "1 2 3")]
    public async Task An_event_that_does_not_wait_runs_once_without_a_rule_and_for_everybody_when_all_slots_are_asked_for(bool allGiven, string expected)
    {
        var called = new List<string>();
        await using var bed = await WorkflowTestBed.CreateAsync(AllAtOnce(3, work =>
        {
            work.Server("Call", context => called.Add($"{context.Serial.Destination}"));
            if (allGiven)
            {
                work.SucceedingRule(Answers.AllGiven);
            }
        }));

        var id = await bed.BeginAsync();

        string.Join(' ', called).ShouldBe(expected);
        (await bed.DestinationsOfAsync(id, JournalKind.DestinationCreated)).ShouldBe([1, 2, 3], "all exist before the first event");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("4.5")]
    public async Task In_turn_what_does_not_wait_runs_for_one_after_the_other()
    {
        var called = new List<string?>();
        await using var bed = await WorkflowTestBed.CreateAsync(InTurn(5, work => work.Server("Call", context => called.Add(context.User))));

        var id = await bed.BeginAsync();

        called.ShouldBe(People.All);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("4.13")]
    public async Task Without_slots_the_plans_for_people_without_a_task_complete_at_once_too([Values] bool inTurn)
    {
        var definition = inTurn
            ? InTurn(2, work => work.Waits().WhenUnresolved(WhenUnresolved.Fail), Slots.Number(Copies))
            : AllAtOnce(2, work => work.Waits().WhenUnresolved(WhenUnresolved.Fail), Slots.Number(Copies));
        await using var bed = await WorkflowTestBed.CreateAsync(definition);

        var id = await bed.BeginAsync(start => start.Set(Copies, 0));

        (await bed.CompletedAsync(id)).ShouldBe(["Work", "After"]);
        (await bed.DestinationsOfAsync(id, JournalKind.DestinationCreated)).ShouldBeEmpty();
    }
}
