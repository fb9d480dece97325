using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>The destination rule as people meet it.</summary>
[TestFixture]
public sealed class Chapter04People
{
    private static readonly ProcessInstanceId _id = new(1);
    private static readonly ProcessField<int> _amount = new("Amount", initial: 0);
    private static readonly ProcessField<int> _count = new("Count");

    private static StaticDestinations Directory => new() { { Destination.Role("R"), "A", "B", "C" }, { Destination.Group("G"), "b", "D" } };

    private static Task<WorkflowTestBed> BedAsync(Action<ActivityBuilder> plan, Action<ProcessStart>? begin = null) => BedAsync(
        ProcessDefinition.Define("Expense", process =>
        {
            process.OpenToAll().Fields(_amount, _count);
            var work = process.Activity("Work", activity =>
            {
                plan(activity);
                activity.ApprovesOrRejects();
            });
            process.StartsWith(work);
            work.To(process.Activity("After", activity => activity.Waits()));
        }),
        begin);

    private static async Task<WorkflowTestBed> BedAsync(ProcessDefinition definition, Action<ProcessStart>? begin = null)
    {
        var bed = await WorkflowTestBed.CreateAsync(definition, options => options.DestinationResolver = Directory);
        await bed.StartAsync("dora", begin);
        return bed;
    }

    /// <summary>The users of A to E who can open or have open the task.</summary>
    private static async Task<string> WhoAsync(WorkflowTestBed bed)
    {
        var who = "";
        foreach (var user in (string[])["A", "B", "C", "D", "E"])
        {
            who += (await bed.WorklistAsync(user)).Count > 0 ? user : "";
        }

        return who;
    }

    [Statement("4.1")]
    [TestCase(5, "A")]
    [TestCase(10, "AB")]
    [TestCase(20, "BC")]
    [TestCase(30, "BCD")]
    public async Task All_sets_whose_rule_is_true_are_united(int amount, string who)
    {
        await using var bed = await BedAsync(
            activity => activity.Destinations(to => to
                .Set("Small", when: _amount <= 10).Users("A")
                .Set("Medium", when: _amount >= 10).Users("B")
                .Set("Large", when: _amount >= 20).Users("B", "C")
                .Set("Huge", when: _amount >= 30).Group("G")),
            start => start.Set(_amount, amount));

        (await WhoAsync(bed)).ShouldBe(who);
    }

    [Test]
    [Statement("4.1")]
    [Statement("4.12")]
    public async Task When_no_set_is_true_there_is_nobody_and_the_instance_is_in_error([Values] bool perDestination)
    {
        await using var bed = await BedAsync(activity => (perDestination ? activity.PlanPerDestination() : activity.PlanJustOnce())
            .Destinations(to => to.Set("Never", when: _amount > 10).Users("A")));

        await bed.ShouldHaveFailedToPlanAsync(_id);
        (await WhoAsync(bed)).ShouldBe("");
        (await bed.EverybodyAsync()).ShouldBe("");
    }

    [Test]
    [Statement("4.11")]
    public async Task A_user_who_comes_by_several_ways_has_one_task_and_in_turn_one_turn_for_each([Values] PlanOption plan)
    {
        if (plan is PlanOption.PerSlot)
        {
            return;
        }

        await using var bed = await BedAsync(activity => Planned(activity, plan).Destinations(to => to.Users("B").Role("R").Group("G").ResolvedToUsers()));

        (await bed.WorklistAsync("B")).Count.ShouldBe(1);
        (await bed.ActiveAsync(_id)).SlotTotal.ShouldBe(plan is PlanOption.PerDestinationInTurn ? 6 : 4);
        if (plan is PlanOption.PerDestinationInTurn)
        {
            foreach (var user in (string[])["b", "A", "B", "C", "B", "D"])
            {
                await bed.ActAsync(user, "Approve");
            }

            (await bed.OutcomeAsync(_id)).ShouldBe("Approve");
        }
    }

    [Test]
    [Statement("4.10")]
    public async Task The_originator_and_named_users_are_left_out()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Staff.Deciding(activity => activity.Destinations(to => to.Role("R").Users("E").ResolvedToUsers().ExceptOriginator().Except("b"))),
            options => options.DestinationResolver = Directory);

        await bed.StartAsync("a");

        (await WhoAsync(bed)).ShouldBe("CE");
        await bed.ShouldHaveNoAccessAsync("B", _id.Task(1));
    }

    /// <code>
    /// ► First [R] ──► Second [R, except who acted in First] ──► Done
    ///     ▲                 │
    ///     └──── Rework ─────┘
    /// </code>
    [Test]
    [Statement("4.10")]
    public async Task A_user_who_has_acted_in_another_activity_is_left_out_by_its_latest_run()
    {
        await using var bed = await BedAsync(ProcessDefinition.Define("Four eyes", process =>
        {
            process.OpenToAll();
            var first = process.Activity("First", activity => activity
                .Destinations(to => to.Role("R")).Client("Check", task => task.Action("Send")));
            var second = process.Activity("Second", activity => activity
                .Destinations(to => to.Role("R").ResolvedToUsers().ExceptActorsOf("First"))
                .Client("Check", task => task.Action("Rework").Action("Approve")).OutcomesFromActions());
            process.StartsWith(first);
            first.To(second);
            second.On("Rework", first).On("Approve", process.Activity("Done"));
        }));
        (await WhoAsync(bed)).ShouldBe("ABC");

        await bed.ActAsync("A", "Send");
        (await WhoAsync(bed)).ShouldBe("BC");
        await bed.ActAsync("B", "Rework");
        (await WhoAsync(bed)).ShouldBe("ABC");
        await bed.ActAsync("C", "Send");
        (await WhoAsync(bed)).ShouldBe("AB", "A acted in an earlier run only");
        await bed.ActAsync("A", "Approve");

        (await bed.CompletedAsync(_id)).ShouldBe(["First", "Second", "First", "Second", "Done"]);
    }

    /// <summary>The second run of First is skipped, since its field names nobody.</summary>
    [Test]
    [Statement("4.10")]
    public async Task A_run_in_which_nobody_acted_does_not_count()
    {
        var checker = new ProcessField<string>("Checker", initial: "A");
        await using var bed = await BedAsync(ProcessDefinition.Define("Four eyes", process =>
        {
            process.OpenToAll().Fields(checker);
            var first = process.Activity("First", activity => activity
                .Destinations(to => to.Users(checker)).WhenNobody(NoDestinations.SkipActivity).Client("Check", task => task.Action("Send")));
            var second = process.Activity("Second", activity => activity
                .Destinations(to => to.Role("R").ResolvedToUsers().ExceptActorsOf("First"))
                .Client("Check", task => task.Action("Rework", action => action.Sets(checker, ""))).OutcomesFromActions());
            process.StartsWith(first);
            first.To(second);
            second.On("Rework", first);
        }));
        await bed.ActAsync("A", "Send");
        (await WhoAsync(bed)).ShouldBe("BC");

        await bed.ActAsync("B", "Rework");

        (await bed.CompletedAsync(_id)).ShouldBe(["First", "Second", "First"]);
        (await WhoAsync(bed)).ShouldBe("BC");
    }

    [Test]
    [Statement("4.10")]
    public async Task All_who_have_acted_in_the_other_activity_are_left_out_and_who_only_could_is_not()
    {
        await using var bed = await BedAsync(ProcessDefinition.Define("Four eyes", process =>
        {
            process.OpenToAll();
            var first = process.Activity("First", activity => activity.PlanJustOnce(Slots.Number(2))
                .Destinations(to => to.Users("a", "B", "C")).Client("Check", task => task.Action("Send")));
            process.StartsWith(first);
            first.To(process.Activity("Second", activity => activity
                .Destinations(to => to.Role("R").ResolvedToUsers().ExceptActorsOf("First").Users("D", "E")).ApprovesOrRejects()));
        }));
        await bed.OpenAsync("C", _id.Task(1));
        await (await bed.OpenAsync("C", _id.Task(1))).ReleaseAsync();

        await bed.ActAsync("A", "Send");
        await bed.ActAsync("B", "Send");

        (await WhoAsync(bed)).ShouldBe("CDE");
    }

    [Test]
    [Statement("4.6")]
    public async Task At_once_only_as_many_slots_as_planned_are_taken_and_the_others_are_allocated()
    {
        await using var bed = await BedAsync(activity => activity.PlanPerDestination(Slots.Number(2)).Destinations(to => to.Users("A", "B", "C", "D")));
        (await bed.ActiveAsync(_id)).Names().ShouldBe(["A", "B", "C", "D"]);

        await bed.OpenAsync("A", _id.Task(1));
        (await WhoAsync(bed)).ShouldBe("ABCD");
        var item = await bed.OpenAsync("C", _id.Task(3));
        (await WhoAsync(bed)).ShouldBe("AC");
        (await bed.EverybodyAsync()).ShouldBe("1_1 user A Open, 1_2 user B Allocated, 1_3 user C Open, 1_4 user D Allocated");
        await bed.ShouldNotFindAsync("B", _id.Task(2), WorklistItemEnd.NoSlotLeft);
        await item.ReleaseAsync();
        (await WhoAsync(bed)).ShouldBe("ABCD");

        await bed.ActAsync("A", "Approve");
        await bed.ActAsync("B", "Approve");
        (await bed.OutcomeAsync(_id)).ShouldBe("Approve");
        await bed.ShouldNotFindAsync("D", _id.Task(4), WorklistItemEnd.Expired);
    }

    [Test]
    [Statement("4.6")]
    public async Task In_turn_nobody_is_planned_beyond_the_slots_and_the_rule_is_asked()
    {
        await using var bed = await BedAsync(activity => activity.PlanPerDestinationInTurn(Slots.Number(2)).Destinations(to => to.Users("A", "B", "C")));

        await bed.ActAsync("A", "Approve");
        (await WhoAsync(bed)).ShouldBe("B");
        await bed.ActAsync("B", "Approve");

        (await bed.OutcomeAsync(_id)).ShouldBe("Approve");
        (await WhoAsync(bed)).ShouldBe("");
        (await bed.DestinationsOfAsync(_id, JournalKind.DestinationCreated)).ShouldBe([1, 2]);
    }

    [Test]
    [Statement("4.13")]
    public async Task A_task_without_a_slot_is_an_error_in_front_of_the_destination_rule([Values(0, -3, null)] int? count, [Values] PlanOption plan)
    {
        Assume.That(plan is not PlanOption.PerSlot, "plan per slot has no tasks");

        await using var bed = await WithoutSlotAsync(NoDestinations.Error, count, plan);

        (await bed.ShouldHaveFailedToPlanAsync(_id)).Message.ShouldContain("'Count', is null or below 1");
        (await bed.ReadAsync(_id)).Suspended.ShouldHaveSingleItem().Verb.ShouldBe("PlanDestinations");
        (await WhoAsync(bed)).ShouldBe("");
        (await bed.OpenActivitiesAsync(_id)).ShouldBe(["Work"]);
    }

    [Test]
    [Statement("4.12")]
    [Statement("4.13")]
    public async Task A_task_without_a_slot_waits_where_the_policy_says_so()
    {
        var (answers, plans) = (0, 0);
        var named = Rule.Named("is set", _ => ++plans > 2);
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Expense", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Work", activity => activity
                .Destinations(to => to.Role("R").ResolvedToUsers(keepSynchronized: true))
                .PlanJustOnce(Slots.Number(Rule.Choose(named, 1, 0)))
                .WhenNobody(NoDestinations.WaitForRole)
                .Client("Decide", task => task.Action("Approve"))
                .Server("Count", _ => answers++)));
        }), options => options.DestinationResolver = new StaticDestinations { { Destination.Role("R"), "A" } });
        var id = await bed.BeginAsync();
        (await WhoAsync(bed)).ShouldBe("");
        await bed.AdvanceAsync(TimeSpan.FromMinutes(10));
        (await WhoAsync(bed)).ShouldBe("");

        await bed.AdvanceAsync(TimeSpan.FromMinutes(10));
        await bed.ActAsync("A", "Approve");

        answers.ShouldBe(1);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    private static Task<WorkflowTestBed> WithoutSlotAsync(NoDestinations policy, int? count, PlanOption plan) => BedAsync(
        activity => Counted(activity, plan).WhenNobody(policy).Destinations(to => to.Users("A")),
        start => _ = count is { } number ? start.Set(_count, number) : start);

    private static ActivityBuilder Counted(ActivityBuilder activity, PlanOption plan) => plan switch
    {
        PlanOption.JustOnce => activity.PlanJustOnce(Slots.Number(_count)),
        PlanOption.PerDestination => activity.PlanPerDestination(Slots.Number(_count)),
        _ => activity.PlanPerDestinationInTurn(Slots.Number(_count)),
    };

    [Test]
    [Statement("4.13")]
    public async Task A_task_without_a_slot_is_skipped_where_the_policy_says_so([Values(0, -3, null)] int? count, [Values] PlanOption plan)
    {
        Assume.That(plan is not PlanOption.PerSlot, "plan per slot has no tasks");

        await using var bed = await WithoutSlotAsync(NoDestinations.SkipActivity, count, plan);

        (await WhoAsync(bed)).ShouldBe("");
        (await bed.OutcomeAsync(_id)).ShouldBe("");
        (await bed.CompletedAsync(_id)).ShouldBe(["Work"]);
        (await bed.OpenActivitiesAsync(_id)).ShouldBe(["After"]);
        (await bed.CountAsync(_id, JournalKind.EventStarted)).ShouldBe(1, "only the one of After");
    }

    [Test]
    [Statement("4.14")]
    public async Task With_more_slots_than_people_a_task_that_is_planned_once_stalls_and_one_per_destination_ends_without_an_outcome(
        [Values] bool perDestination)
    {
        await using var bed = await BedAsync(activity =>
            (perDestination ? activity.PlanPerDestination(Slots.Number(3)) : activity.PlanJustOnce(Slots.Number(3))).Destinations(to => to.Users("A", "B")));

        await bed.ActAsync("A", "Approve");
        (await bed.CountAsync(_id, JournalKind.ActivityStalled)).ShouldBe(0);
        await bed.ActAsync("B", "Approve");

        (await bed.OutcomeAsync(_id)).ShouldBe("");
        (await bed.OpenActivitiesAsync(_id)).ShouldBe([perDestination ? "After" : "Work"]);
        (await bed.CountAsync(_id, JournalKind.ActivityStalled)).ShouldBe(perDestination ? 0 : 1);
    }

    private static ActivityBuilder Planned(ActivityBuilder activity, PlanOption plan) => plan switch
    {
        PlanOption.JustOnce => activity.PlanJustOnce(Slots.PerDestination),
        PlanOption.PerDestination => activity.PlanPerDestination(),
        _ => activity.PlanPerDestinationInTurn(),
    };
}
