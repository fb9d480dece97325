using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter04Plans
{
    private static readonly ProcessField<int> Copies = new("Copies");
    private static readonly ProcessField<IReadOnlyList<string>> Orders = new("Orders");
    private static readonly DestinationField<int> Score = new("Score", initial: 0);

    /// <code>
    /// ► Work (planned as told) ──► After ──►
    /// </code>
    private static ProcessDefinition Working(Action<Workflow.Core.Definitions.Building.ActivityBuilder> define) =>
        ProcessDefinition.Define("Working", process =>
        {
            process.OpenToAll().Fields(Copies, Orders);
            var work = process.Activity("Work", define);
            process.StartsWith(work);
            work.To(process.Activity("After"));
        });

    [Test]
    [Statement("4.3")]
    public async Task An_activity_that_says_nothing_has_one_destination_with_one_slot()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Working(activity => activity.Waits()));

        var work = (await bed.ReadAsync(await bed.BeginAsync())).Activities.ShouldHaveSingleItem();

        work.SlotTotal.ShouldBe(1);
        work.Destinations.ShouldHaveSingleItem().SlotCount.ShouldBe(1);
        Working(activity => activity.Waits()).Activities[0].DestinationRule.Plan.ShouldBe(PlanOption.JustOnce);
    }

    [Test]
    [Statement("4.3")]
    public async Task An_activity_without_an_event_completes_at_once()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Working(_ => { }));

        var id = await bed.BeginAsync();

        (await bed.CompletedAsync(id)).ShouldBe(["Work", "After"]);
        (await bed.CountAsync(id, JournalKind.DestinationCompleted)).ShouldBe(2);
    }

    [Test]
    [Statement("4.15")]
    public async Task Plan_just_once_runs_its_events_once_with_any_number_of_slots([Values(1, 2, 7)] int slots)
    {
        var called = new List<string>();
        await using var bed = await WorkflowTestBed.CreateAsync(
            Working(activity => activity.PlanJustOnce(Slots.Number(slots)).Logs("Call", called).Waits()));

        var id = await bed.BeginAsync();

        called.ShouldBe([$"Work/Call {id}_1"]);
        var work = (await bed.ReadAsync(id)).Activities.ShouldHaveSingleItem();
        work.SlotTotal.ShouldBe(slots);
        work.Destinations.ShouldHaveSingleItem().SlotCount.ShouldBe(slots);
        (await bed.ServerItemsAsync(id)).ShouldHaveSingleItem();
    }

    [Test]
    [Statement("3.7")]
    public async Task A_destination_without_a_task_completes_all_its_slots_with_its_own_values([Values(1, 2, 7)] int slots)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Working(activity => activity
            .Fields(Score)
            .PlanJustOnce(Slots.Number(slots))
            .Waits()
            .SucceedingRule(Answers.AllSlots.Satisfy(Score >= 5) & Answers.AtLeast(slots).Satisfy(Score >= 5))
            .WhenUnresolved(WhenUnresolved.Fail)));
        var id = await bed.BeginAsync();

        await bed.FinishAsync(id, "Work", finish => finish.Set(Score, 5));

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("4.5")]
    public async Task Plan_per_slot_runs_the_events_in_each_slot_one_slot_after_the_other()
    {
        var called = new List<string>();
        await using var bed = await WorkflowTestBed.CreateAsync(Working(activity => activity
            .PlanPerSlot(Slots.Number(3)).Logs("Before", called).Waits().Logs("After", called)
            .SucceedingRule(Answers.AllSlots.Satisfy(Status.OfSlot == SlotStatus.Completed))));
        var id = await bed.BeginAsync();
        called.ShouldBe([$"Work/Before {id}_1", $"Work/Before {id}_2", $"Work/Before {id}_3"]);

        called.Clear();
        foreach (var place in new[] { 2, 0, 1 })
        {
            await bed.FinishAsync(new SerialNumber(id, place + 1));
        }

        called.ShouldBe([$"Work/After {id}_3", $"Work/After {id}_1", $"Work/After {id}_2"]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("4.5")]
    public void A_task_for_people_in_plan_per_slot_is_refused_when_the_definition_is_built()
    {
        var refusal = Should.Throw<ProcessDefinitionException>(() => Working(activity => activity
            .PlanPerSlot(Slots.Number(2)).Destinations(to => to.Users("ann")).Client("Decide", task => task.Action("Approve"))));

        refusal.Problems.ShouldContain(problem => problem.Statement == "4.5" && problem.Element.Contains("Work", StringComparison.Ordinal));
    }

    [Statement("4.4")]
    [TestCase(1)]
    [TestCase(4)]
    public async Task The_number_of_slots_may_be_worked_out_when_the_activity_is_planned(int copies)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Working(activity => activity.PlanPerSlot(Slots.Number(Copies)).Waits()));

        var id = await bed.BeginAsync(start => start.Set(Copies, copies));

        (await bed.ServerItemsAsync(id)).Count.ShouldBe(copies);
    }

    [Test]
    [Statement("4.7")]
    public async Task The_data_of_a_slot_can_be_read_by_its_code_and_by_who_finishes_it()
    {
        var read = new List<FieldValue>();
        await using var bed = await WorkflowTestBed.CreateAsync(Working(activity => activity
            .PlanPerSlot(Slots.Number(3, Orders))
            .Server("Order", context =>
            {
                read.Add(context.InstanceData);
                context.WaitUntilFinished();
            })));

        var id = await bed.BeginAsync(start => start.Set(Orders, ["ink", "paper"]));

        FieldValue[] expected = [FieldValue.From("ink"), FieldValue.From("paper"), FieldValue.Null];
        read.ShouldBe(expected);
        foreach (var place in Enumerable.Range(0, 3))
        {
            var item = await bed.Engine.As("bank").OpenServerItemAsync(new SerialNumber(id, place + 1));
            item.InstanceData.ShouldBe(expected[place]);
        }
    }

    [Test]
    [Statement("4.7")]
    public async Task The_data_of_a_slot_stays_when_the_list_changes()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Working(activity => activity
            .PlanPerSlot(Slots.ForEach(Orders))
            .Server("Change", context => context.Set(Orders, ["other"]))
            .Waits()
            .SucceedingRule(Answers.AllSlots.Satisfy(Status.OfSlot == SlotStatus.Completed))));

        var id = await bed.BeginAsync(start => start.Set(Orders, ["ink", "paper"]));

        (await bed.ReadAsync(id)).Activities[0].Destinations.Select(destination => destination.InstanceData)
            .ShouldBe([FieldValue.From("ink"), FieldValue.From("paper")]);
    }

    public enum Nothing
    {
        EmptyList,
        NoList,
        Zero,
        NoNumber,
    }

    [Test]
    [Statement("4.13")]
    public async Task Without_slots_the_activity_completes_at_once_its_rule_is_not_asked_and_its_lines_are([Values] Nothing nothing)
    {
        var called = new List<string>();
        var slots = nothing is Nothing.EmptyList or Nothing.NoList ? Slots.ForEach(Orders) : Slots.Number(Copies);
        await using var bed = await WorkflowTestBed.CreateAsync(Working(activity => activity
            .PlanPerSlot(slots)
            .Logs("Call", called)
            .SucceedingRule(Rule.Named("never asked", _ => throw new InvalidOperationException("asked")))
            .WhenUnresolved(WhenUnresolved.Fail)));

        var id = await bed.BeginAsync(start => Fill(start, nothing));

        called.ShouldBeEmpty();
        (await bed.CompletedAsync(id)).ShouldBe(["Work", "After"]);
        (await bed.ExpiredAsync(id)).ShouldBeEmpty();
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    private static void Fill(ProcessStart start, Nothing nothing)
    {
        if (nothing is Nothing.EmptyList)
        {
            start.Set(Orders, []);
        }
        else if (nothing is Nothing.Zero)
        {
            start.Set(Copies, 0);
        }
    }

    [Test]
    [Statement("4.13")]
    public async Task A_number_of_slots_below_zero_is_an_error_in_front_of_the_destination_rule([Values] bool perSlot)
    {
        var called = new List<string>();
        await using var bed = await WorkflowTestBed.CreateAsync(Working(activity =>
            (perSlot ? activity.PlanPerSlot(Slots.Number(Copies)) : activity.PlanJustOnce(Slots.Number(Copies))).Logs("Call", called)));

        var id = await bed.BeginAsync(start => start.Set(Copies, -3));

        called.ShouldBeEmpty();
        var process = await bed.ReadAsync(id);
        process.Error!.Element.ShouldBe("destination rule of 'Work'");
        process.Error.Message.ShouldContain("'Copies', is below zero");
        process.Suspended.ShouldHaveSingleItem().Verb.ShouldBe("PlanDestinations");
    }
}
